import ExplorerUI
import HighwayNetworks

/// Answers by running the networks of the open model over its samples.
struct ComputedGates: GateSource {
  let session: Session

  func answer(_ question: Question, _ goesOn: (_ done: Double?) -> Bool) throws -> Answer? {
    switch question {
    case .statistics(let request):
      try statistics(request) { goesOn(nil) }.map(Answer.statistics)
    case .sample(let request): .sample(try record(request))
    case .unit(let request): .unit(try histogram(request))
    case .verdicts(let request): try verdicts(request) { goesOn(nil) }.map(Answer.verdicts)
    case .lesions(let request): try sweep(request, goesOn).map(Answer.lesions)
    case .gateBiases(let epoch): .gateBiases(try session.network(epoch).gateBiases)
    case .runGates(let request): throw Failure("\(request.path.excerpt): is not the open model")
    }
  }

  private func statistics(
    _ request: StatisticsRequest, _ goesOn: () -> Bool
  ) throws -> GateStatistics? {
    let (data, split) = try session.data(request.split)
    return try session.network(request.epoch).gateStatistics(
      split, shape: data.set.shape, normalization: data.normalization,
      thresholds: request.thresholds, clamps: request.clamps, samples: session.sampleLimit,
      continues: goesOn)
  }

  private func record(_ request: SampleRequest) throws -> SampleRecord {
    let (data, split) = try session.data(request.split)
    guard split.labels.indices.contains(request.sample) else {
      throw Failure("sample \(request.sample): there are \(split.count) samples")
    }
    let shape = data.set.shape
    let trace = session.tracer.trace(
      request.sample, of: split, shape: shape, normalization: data.normalization,
      through: try session.network(request.epoch), holding: request.clamps)
    let pixels = split.pixels[request.sample * shape.count..<(request.sample + 1) * shape.count]
    let extents = shape.extents.count == 3 ? shape.extents : [1, 1, shape.count]
    return SampleRecord(
      trace: trace, label: Int(split.labels[request.sample]), pixels: Array(pixels),
      channels: extents[0], height: extents[1], width: extents[2])
  }

  private func histogram(_ request: UnitRequest) throws -> UnitHistogram {
    let (data, split) = try session.data(request.split)
    return try session.network(request.epoch).unitHistogram(
      layer: request.layer, unit: request.unit, over: split, shape: data.set.shape,
      normalization: data.normalization, clamps: request.clamps, samples: session.sampleLimit)
  }

  /// Takes all samples, since any of them can be chosen.
  private func verdicts(
    _ request: VerdictsRequest, _ goesOn: () -> Bool
  ) throws -> SampleVerdicts? {
    let (data, split) = try session.data(request.split)
    let isWrong = try session.network(request.epoch).misclassified(
      split, shape: data.set.shape, normalization: data.normalization, clamps: request.clamps,
      continues: goesOn)
    return isWrong.map { SampleVerdicts(labels: split.labels, isWrong: $0) }
  }

  private func sweep(
    _ request: LesionRequest, _ goesOn: (_ done: Double?) -> Bool
  ) throws -> LesionSweep? {
    let (data, split) = try session.data(request.split)
    return try session.network(request.epoch).lesionSweep(
      split, shape: data.set.shape, normalization: data.normalization, clamps: request.clamps,
      lesioned: request.clamps.isEmpty ? nil : [], samples: session.sampleLimit,
      progress: { goesOn($0) })
  }
}
