package import HighwayNetworks

/// What is asked about the model that is open or about a run beside it; it carries all that its answer
/// depends on.
package enum Question: Hashable, Sendable {
  /// What the gates do over the samples of a split.
  case statistics(StatisticsRequest)
  /// What every layer does with one sample.
  case sample(SampleRequest)
  /// The lines that a network with a code writes between two samples.
  case walk(WalkRequest)
  /// T of one unit by class.
  case unit(UnitRequest)
  /// Which samples are classified wrongly.
  case verdicts(VerdictsRequest)
  /// How well the network does with layers lesioned.
  case lesions(LesionRequest)
  /// The gate biases alone, where there are no samples for statistics.
  case gateBiases(EpochID)
  /// What the gates of a run do that is compared with others.
  case runGates(RunGatesRequest)

  /// A question without what it asks about.
  enum Kind: Hashable, Sendable {
    case statistics, sample, walk, unit, verdicts, lesions, gateBiases, runGates
  }

  var kind: Kind {
    switch self {
    case .statistics: .statistics
    case .sample: .sample
    case .walk: .walk
    case .unit: .unit
    case .verdicts: .verdicts
    case .lesions: .lesions
    case .gateBiases: .gateBiases
    case .runGates: .runGates
    }
  }

  /// The same question about another epoch; about what a run's gates do, itself.
  func asked(of epoch: EpochID) -> Question {
    switch self {
    case .statistics(var request):
      request.epoch = epoch
      return .statistics(request)
    case .sample(var request):
      request.epoch = epoch
      return .sample(request)
    case .walk(var request):
      request.epoch = epoch
      return .walk(request)
    case .unit(var request):
      request.epoch = epoch
      return .unit(request)
    case .verdicts(var request):
      request.epoch = epoch
      return .verdicts(request)
    case .lesions(var request):
      request.epoch = epoch
      return .lesions(request)
    case .gateBiases: return .gateBiases(epoch)
    case .runGates: return self
    }
  }

  /// The same question about the network with nothing held; lesions of it are another thing than an outcome
  /// with gates held.
  var askedIntact: Question {
    switch self {
    case .statistics(var request):
      request.clamps = GateClamps()
      return .statistics(request)
    case .sample(var request):
      request.clamps = GateClamps()
      return .sample(request)
    case .walk(var request):
      request.clamps = GateClamps()
      return .walk(request)
    case .unit, .verdicts, .lesions, .gateBiases, .runGates: return self
    }
  }

  /// What is said where an answer has another form than the model that is open.
  var misfit: String {
    switch self {
    case .statistics: "the statistics do not fit this network"
    case .sample: "the sample's trace does not fit this network"
    case .walk: "the walk does not fit this network"
    case .unit: "the histograms do not fit this network"
    case .verdicts: "the verdicts do not fit this data set"
    case .lesions: "the lesions do not fit this network"
    case .gateBiases: "the gate biases do not fit this network"
    case .runGates: "the gates do not fit this run"
    }
  }
}

/// The answer to the question of the same name.
package enum Answer: Sendable {
  /// What the gates do.
  case statistics(GateStatistics)
  /// What every layer does with one sample.
  case sample(SampleRecord)
  /// The lines between two samples.
  case walk(CodeWalk)
  /// T of one unit by class.
  case unit(UnitHistogram)
  /// Which samples are classified wrongly.
  case verdicts(SampleVerdicts)
  /// What lesions do.
  case lesions(LesionSweep)
  /// The gate biases of each highway layer; nil where a layer has none.
  case gateBiases([[Float]?])
  /// What the gates of a run do.
  case runGates(RunGates)

  var statistics: GateStatistics? { if case .statistics(let value) = self { value } else { nil } }
  var sample: SampleRecord? { if case .sample(let value) = self { value } else { nil } }
  var walk: CodeWalk? { if case .walk(let value) = self { value } else { nil } }
  var unit: UnitHistogram? { if case .unit(let value) = self { value } else { nil } }
  var verdicts: SampleVerdicts? { if case .verdicts(let value) = self { value } else { nil } }
  var lesions: LesionSweep? { if case .lesions(let value) = self { value } else { nil } }
  var gateBiases: [[Float]?]? { if case .gateBiases(let value) = self { value } else { nil } }

  /// The bytes that most of its numbers take.
  var size: Int {
    switch self {
    case .statistics(let statistics):
      statistics.layers.reduce(0) { sum, layer in
        let floats = layer.classMeanT.count + 7 * layer.units
        return sum + 4 * (layer.histogram.count + floats) + 32 * layer.cellsByClass.count
      }
    case .sample(let record):
      record.trace.layers.reduce(record.pixels.count) {
        $0 + 4 * $1.signals.count * $1.units * $1.positions
      }
    case .walk(let walk): walk.stops.reduce(0) { $0 + 100 + 24 * $1.tokens.count }
    case .unit(let histogram): histogram.counts.reduce(0) { $0 + 8 * $1.count }
    case .verdicts(let verdicts): verdicts.isWrong.count
    case .lesions(let sweep):
      (1 + sweep.layers.count) * (16 + 8 * sweep.baseline.classError.count)
    case .gateBiases(let biases): biases.reduce(0) { $0 + 4 * ($1?.count ?? 0) }
    case .runGates(let gates): gates.meanT.reduce(0) { $0 + 4 * $1.count }
    }
  }
}

/// Why a question has no answer, in words for a person.
package struct AnswerError: Error, Hashable {
  /// The reason.
  package let reason: String

  /// An error with a reason.
  package init(_ reason: String) { self.reason = reason }
}
