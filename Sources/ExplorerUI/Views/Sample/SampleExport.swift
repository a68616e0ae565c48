import HighwayNetworks
import TensorFiles

extension SampleTrace.Layer {
  /// What a unit's signals are in the sample, of a map the means over its positions; nil where it has none.
  func numbers(of unit: Int) -> (T: Float?, C: Float?, H: Float?, y: Float?) {
    func value(_ signal: Signal) -> Float? {
      let means = unitMeans(signal)
      return means.indices.contains(unit) ? means[unit] : nil
    }
    return (value(.transformGate), value(.carryGate), value(.blockState), value(.blockOutput))
  }
}

/// What is written of the sample: its numbers, and what the network makes of it.
extension SampleView {
  /// A row for each unit of each highway layer: T of the sample beside T over the samples; of a walk, one for each line.
  static func table(_ state: ExplorerState) -> NumberTable {
    if state.showsWalk { return state.walkTable }
    let layers = state.statistics.value?.layers
    let deviations = state.sampleDeviations.value
    let trace = state.sample.value?.trace.layers
    return .units(
      state,
      columns: ["sampleT", "meanT", "stdT", "difference", "sampleC", "sampleH", "sampleY"]
    ) { index, unit in
      let sample = trace.map { $0[index].numbers(of: unit) }
      return [
        sample?.T, layers?[index].meanT[unit], layers?[index].stdT[unit],
        deviations?[index][unit], sample?.C, sample?.H, sample?.y,
      ].map { NumberTable.real($0) }
    }
  }

  static func caption(_ state: ExplorerState) -> [String] {
    state.sampleCaption + (state.display.sampleFilter == .all ? [] : [state.filterStatus])
  }

  /// The classes of the steps, and those that they are given.
  private static func members(_ tags: SampleTags) -> [JSON.Member] {
    [
      .init("stepLabels", .array(tags.labels.map { .integer($0) })),
      .init("stepPredictions", .array(tags.predictions.map { .integer($0) })),
    ]
  }

  /// What the network makes of the sample.
  static func members(_ state: ExplorerState) -> [JSON.Member] {
    let record = state.sample.value
    let probabilities = record?.trace.probabilities.map { JSON.real($0) }
    return [
      .init("label", record?.label.map { .integer($0) } ?? .null),
      .init("prediction", record?.prediction.map { .integer($0) } ?? .null),
      .init(
        "loss",
        record?.trace.loss.map { JSON.real($0) } ?? .null),
      .init("probabilities", probabilities.map { .array($0) } ?? .null),
      .init("filter", .string(state.display.sampleFilter.rawValue)),
    ] + (record?.tags.map(members) ?? [])
  }
}
