import ExplorerUI
import HighwayNetworks
import TensorFiles

/// Answers by running the networks of the open model over its samples.
struct ComputedGates: GateSource {
  let session: Session
  /// What is looked at in place of the session's epochs, and over how many samples; nil for those.
  private var live: Live?

  /// A network in training, at one moment.
  private struct Live {
    let network: Network
    let kept: KeptInference
    let samples: Int
    /// The lesions of the moments before, of which a few are renewed with each.
    let lesions: LiveLesions
  }

  init(session: Session) { self.session = session }

  /// The same, but for whatever epoch is asked about: a network that is being trained.
  func looking(
    at network: Network, samples: Int, kept: KeptInference, lesions: LiveLesions
  ) -> ComputedGates {
    var other = self
    other.live = Live(network: network, kept: kept, samples: samples, lesions: lesions)
    return other
  }

  /// Of the threads that train one makes the pictures, while another may still be at its step.
  private var threads: Int { live == nil ? processorCount() : 1 }
  private var sampleLimit: Int { live?.samples ?? session.sampleLimit }

  func answer(_ question: Question, _ goesOn: (_ done: Double?) -> Bool) throws -> Answer? {
    switch question {
    case .statistics(let request):
      try statistics(request) { goesOn(nil) }.map(Answer.statistics)
    case .sample(let request): .sample(try record(request))
    case .walk(let request): try walk(request) { goesOn(nil) }.map(Answer.walk)
    case .unit(let request): .unit(try histogram(request))
    case .verdicts(let request): try verdicts(request) { goesOn(nil) }.map(Answer.verdicts)
    case .lesions(let request): try sweep(request, goesOn).map(Answer.lesions)
    case .gateBiases(let epoch): .gateBiases(try network(epoch).gateBiases)
    case .runGates(let request): throw Failure("\(request.path.excerpt): is not the open model")
    }
  }

  private func statistics(
    _ request: StatisticsRequest, _ goesOn: () -> Bool
  ) throws -> GateStatistics? {
    let samples = try samples(request.split, request.grouping)
    return try inference(request.epoch, request.clamps).statistics(
      of: samples, thresholds: request.thresholds, threads: threads, continues: { _ in goesOn() })
  }

  private func record(_ request: SampleRequest) throws -> SampleRecord {
    let samples = try session.samples(request.split)
    guard (0..<samples.count).contains(request.sample) else {
      throw Failure("sample \(request.sample): there are \(samples.count) samples")
    }
    let inference = try inference(request.epoch, request.clamps)
    var trace = inference.trace(request.sample, of: samples)
    if samples.split.text != nil { return SampleRecord(trace, of: request.sample, samples) }
    var tags: SampleTags?
    if samples.shape.isSequence, let classes = inference.architecture.classes {
      if inference.architecture.task == .tagSequence {
        tags = SampleTags(
          labels: samples.stepLabels(of: request.sample), probabilities: trace.probabilities,
          classes: classes)
      }
      trace = trace.meanOverSteps(classes: classes)
    }
    let shape = samples.shape
    let isImage = shape.positions.count == 2
    let isSequence = shape.isSequence
    var record = SampleRecord(
      trace: trace, label: samples.split.label(of: request.sample),
      pixels: samples.picture(of: request.sample),
      channels: isImage ? shape.features : 1,
      height: isImage ? shape.positions[0] : isSequence ? shape.features : 1,
      width: isImage ? shape.positions[1] : isSequence ? shape.positionCount : shape.count,
      text: sentence(of: request.sample, samples))
    record.tags = tags
    return record
  }

  private func walk(_ request: WalkRequest, _ goesOn: () -> Bool) throws -> CodeWalk? {
    let samples = try session.samples(request.split)
    guard request.ends.allSatisfy({ 0..<samples.count ~= $0 }) else {
      throw Failure(
        "walk between samples \(request.ends.map(String.init).joined(separator: ", ")): there are \(samples.count)"
      )
    }
    return try inference(request.epoch, request.clamps).walk(
      request.ends, of: samples, stops: WalkRequest.stops, continues: goesOn)
  }

  /// The words of a sequence of them; nil of other samples.
  private func sentence(of sample: Int, _ samples: Samples) -> String? {
    guard let words = session.data?.set.words, !words.isEmpty else { return nil }
    return samples.sequence(of: sample).map { words[Int($0)] }.joined(separator: " ")
  }

  private func histogram(_ request: UnitRequest) throws -> UnitHistogram {
    try inference(request.epoch, request.clamps).histogram(
      layer: request.layer, unit: request.unit, of: request.gate,
      over: try samples(request.split, request.grouping), threads: threads)
  }

  /// Takes all samples, since any of them can be chosen.
  private func verdicts(
    _ request: VerdictsRequest, _ goesOn: () -> Bool
  ) throws -> SampleVerdicts? {
    let samples = try session.samples(request.split)
    if let problem = samples.outcomeProblem(of: session.model.architecture) {
      throw Failure(problem)
    }
    guard !samples.split.isTagged else {
      throw Failure(
        "each step has a class of its own, so that no sample is right or wrong as a whole")
    }
    let outcomes = try inference(request.epoch, request.clamps).outcomes(
      of: samples, continues: { _ in goesOn() })
    return outcomes.map { SampleVerdicts(labels: $0.labels, isWrong: $0.isRight.map { !$0 }) }
  }

  private func sweep(
    _ request: LesionRequest, _ goesOn: (_ done: Double?) -> Bool
  ) throws -> LesionSweep? {
    let inference = try inference(request.epoch, request.clamps)
    let samples = try samples(request.split, request.grouping)
    if let problem = samples.outcomeProblem(of: session.model.architecture) {
      throw Failure(problem)
    }
    if let live, request.clamps.isEmpty {
      return live.lesions.renew(inference, samples)
    }
    return inference.lesions(
      of: samples, lesioned: request.clamps.isEmpty ? nil : [], threads: threads,
      continues: { goesOn($0) })
  }

  /// The samples that are taken, the tokens of a text grouped as is wanted.
  private func samples(_ split: SampleSplit, _ grouping: Int) throws -> Samples {
    try session.samples(split, first: sampleLimit).groupingTokens(by: grouping)
  }

  private func inference(_ epoch: EpochID, _ clamps: GateClamps) throws -> Inference {
    (live?.kept ?? session.kept).inference(try network(epoch), holding: clamps)
  }

  private func network(_ epoch: EpochID) throws -> Network {
    try live?.network ?? session.network(epoch)
  }
}
