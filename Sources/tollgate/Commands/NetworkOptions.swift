import ArgumentParser
import HighwayNetworks
import TensorFiles

/// What the network is made of: one plain layer, then layers of one kind, then the softmax output; or what a
/// preset or a description says.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A paper's network and recipe: \(Preset.all.map(\.name).joined(separator: ", ")). Other options \
      of training change the recipe.
      """, valueName: "name"))
  var preset: String?

  @Option(
    help: ArgumentHelp(
      """
      A file with the description of a network of any layers, as a checkpoint's metadata hold it.
      """, valueName: "file"), transform: typedPath)
  var architecture: String?

  @Option(
    parsing: .unconditional,
    help: """
      The number of layers: one plain layer and depth − 1 highway layers. (default: \
      \(NetworkSettings.standard.depth))
      """)
  var depth: Int?

  @Option(
    parsing: .unconditional,
    help: "The number of units of each layer. (default: \(NetworkSettings.standard.units))")
  var units: Int?

  @Option(
    help: ArgumentHelp(
      """
      coupled, full, transform-only, carry-only, residual, plain, or frozen=P with a constant P \
      in [0, 1]. (default: \(NetworkSettings.standard.gating.argument))
      """, valueName: "gating"))
  var gating: String?

  @Option(
    help: """
      relu, tanh, sigmoid or linear. (default: \(NetworkSettings.standard.activation.rawValue))
      """)
  var activation: String?

  @Option(
    parsing: .unconditional,
    help: """
      The transform gates' initial bias; negative carries. Carry gates of their own start at its \
      negative. (default: \(NetworkSettings.standard.gateBias))
      """)
  var gateBias: Float?

  /// The preset that is asked for.
  func chosenPreset() throws -> Preset? { try preset.map { try Setting.preset.read($0) } }

  /// A data set as the network that is asked for reads it: of a text, its words by their characters or by their ids.
  func encoded(_ set: DataSet) throws -> DataSet {
    if let preset = try chosenPreset(), let words = preset.words {
      return set.encoded(
        words: words, byCharacters: preset.readsCharacters, byLines: preset.readsLines)
    }
    guard set.text != nil, let architecture else { return set }
    return set.encoded(for: try Architecture(file: architecture), nil)
  }

  /// The network that is asked for.
  ///
  /// - Throws: ``Failure`` where options contradict each other, or the network does not go with the images.
  func architecture(for set: DataSet) throws -> Architecture {
    if set.text != nil, preset == nil, architecture == nil {
      let presets = Preset.all.filter { $0.words != nil }.map(\.name).joined(separator: ", ")
      throw Failure.usage(
        "\(set.name.excerpt) is a text; choose what reads it with --preset (\(presets)) or --architecture"
      )
    }
    let own = [
      ("depth", depth != nil), ("units", units != nil), ("gating", gating != nil),
      ("activation", activation != nil), ("gate-bias", gateBias != nil),
    ].filter(\.1).map { "--\($0.0)" }
    if let option = preset != nil ? "preset" : architecture != nil ? "architecture" : nil {
      guard own.isEmpty, preset == nil || architecture == nil else {
        throw Failure.usage(
          "--\(option) says what the network is made of; leave out "
            + (own.first ?? "--architecture"))
      }
    }
    if let preset = try chosenPreset() {
      do {
        return try preset.architecture(
          input: set.shape, classes: set.outputs, text: set.text?.encoding)
      } catch {
        throw Failure("--preset: \(preset.name) does not fit \(set.name.excerpt): \(error)")
      }
    }
    if let architecture { return try Architecture(file: architecture).fitted(to: set.shape) }
    let standard = NetworkSettings.standard
    return try NetworkSettings(
      gating: gating.map { try Setting.gating.read($0) } ?? standard.gating,
      depth: Setting.depth.checked(depth ?? standard.depth),
      units: Setting.units.checked(units ?? standard.units),
      activation: activation.map { try Setting.activation.read($0) } ?? standard.activation,
      gateBias: Setting.gateBias.checked(gateBias ?? standard.gateBias)
    ).architecture(inputs: set.shape.count, classes: set.classNames.count)
  }
}
