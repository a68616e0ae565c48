import TensorFiles

/// How a program names and lays out the tensors of networks of one kind.
///
/// A further convention is a further file with one value, and a line in ``Conventions/all``.
protocol Convention: Sendable {
  /// What `--convention` takes.
  var name: String { get }
  /// Whose files are laid out so.
  var programs: String { get }

  /// Finds the networks that are named so; where a person says that they are, names need prove nothing.
  ///
  /// - Throws: What reading biases throws.
  func networks(in arrays: NamedArrays, isSaid: Bool) throws(ReadError) -> [any FoundNetwork]
}

/// The conventions that there are, a line each.
enum Conventions {
  /// Every convention, the more particular before the more general.
  static let all: [any Convention] = [
    HighwayConvention.allenNLP, HighwayConvention.fairseq, HighwayConvention.bilm,
    HighwayConvention.keras, HighwayConvention.headsHT, HighwayConvention.tacotron,
    HighwayConvention.waveRNN, HighwayConvention.chainer, HighwayConvention.cs224n,
    HighwayConvention.jojonki, HighwayConvention.espnet, HighwayConvention.transformGate,
    HighwayConvention.charLM, HighwayConvention.lasagne,
    ResidualConvention.akamaster, ResidualConvention.torchvision,
    RecurrentConvention.torchLSTM, RecurrentConvention.lstmCell, RecurrentConvention.kerasLSTM,
    RecurrentConvention.torchGRU, RecurrentConvention.gruCell, RecurrentConvention.kerasGRU,
    UnreadConvention.learnedCarry, UnreadConvention.highwayLSTM, UnreadConvention.elmoLSTM,
    UnreadConvention.bilmLSTM, UnreadConvention.keras1LSTM, UnreadConvention.augmentedLSTM,
  ]

  /// Those whose networks are opened.
  static var read: [any Convention] { all.filter { !($0 is UnreadConvention) } }

  /// The convention of a name.
  ///
  /// - Throws: ``ConventionError/unknownConvention(name:known:)``.
  static func named(_ name: String) throws(ConventionError) -> any Convention {
    guard let found = read.first(where: { $0.name == name }) else {
      throw .unknownConvention(name: name, known: StackChoice.conventions)
    }
    return found
  }

  /// Finds all networks in a file, or those of one convention; a tensor belongs to the first convention that knows
  /// its name.
  ///
  /// - Throws: What reading biases throws.
  static func networks(
    in arrays: NamedArrays, of convention: (any Convention)? = nil
  ) throws(ReadError) -> [any FoundNetwork] {
    var claimed: Set<String> = []
    var networks: [any FoundNetwork] = []
    for candidate in convention.map({ [$0] }) ?? all {
      for network in try candidate.networks(in: arrays, isSaid: convention != nil)
      where network.used.isDisjoint(with: claimed) {
        claimed.formUnion(network.used)
        networks.append(network)
      }
    }
    return networks
  }
}
