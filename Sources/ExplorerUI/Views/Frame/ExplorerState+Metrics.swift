import HighwayNetworks

extension ExplorerState {
  /// The metrics of the timeline, and of recorded epochs whose parameters were not kept.
  var shownMetrics: [EpochMetrics] {
    var byEpoch: [Int: EpochMetrics] = [:]
    for metrics in model?.metrics ?? [] { byEpoch[metrics.epoch] = metrics }
    for entry in timeline.entries {
      if let metrics = entry.metrics { byEpoch[metrics.epoch] = metrics }
    }
    return byEpoch.values.sorted { $0.epoch < $1.epoch }
  }

  /// The comparison with what is being trained here.
  package var shownComparison: Comparison {
    var shown = comparison
    guard timeline.entries.contains(where: { if case .live = $0.id { true } else { false } }),
      let index = shown.entries.firstIndex(where: { $0.path == model?.path })
    else { return shown }
    shown.entries[index].live = shownMetrics
    shown.entries[index].progress = training.progress
    // Of a network that lies in no run, the gates are those that the other views show.
    if model?.isNew == true, let statistics = statistics.value, learnsTransformGates {
      let name = "\(model?.dataName ?? "unnamed") \(selection.split.rawValue)"
      shown.entries[index].gates = RunGates(statistics, dataName: name)
    }
    return shown
  }
}
