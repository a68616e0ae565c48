import HighwayNetworks

extension ExplorerState {
  /// The metrics of the timeline, and of recorded epochs whose parameters were not kept, by epoch.
  var shownMetrics: [EpochMetrics] {
    let recorded = model?.metrics ?? []
    let own = timeline.entries.compactMap(\.metrics).filter { !recorded.holds($0) }
    // There may be hundreds of thousands, of which no copy is made without need.
    guard !own.isEmpty else { return recorded }
    var byEpoch: [Int: EpochMetrics] = [:]
    for metrics in recorded + own { byEpoch[metrics.epoch] = metrics }
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

extension [EpochMetrics] {
  /// Whether an epoch's metrics are among these, which stand by epoch.
  fileprivate func holds(_ metrics: EpochMetrics) -> Bool {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].epoch < metrics.epoch { low = middle + 1 } else { high = middle }
    }
    return low < endIndex && self[low] == metrics
  }
}
