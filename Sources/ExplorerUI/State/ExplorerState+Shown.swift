package import HighwayNetworks

/// A result, or why there is none to show.
package enum Shown<Value: Sendable>: Sendable {
  /// The result for what is chosen.
  case current(Value)
  /// A result for an earlier moment, while the one for what is chosen is being made.
  case earlier(Value, note: String)
  /// It is being made.
  case pending
  /// It cannot be had, and why.
  case unavailable(String)

  /// The result, also where it belongs to an earlier moment.
  package var value: Value? {
    switch self {
    case .current(let value), .earlier(let value, _): value
    case .pending, .unavailable: nil
    }
  }

  /// What to say about the result, where there is something.
  package var note: String? {
    switch self {
    case .current: nil
    case .earlier(_, let note): note
    case .pending: "computing…"
    case .unavailable(let reason): reason
    }
  }

  /// The same for a part of the result.
  package func map<Part>(_ part: (Value) -> Part) -> Shown<Part> {
    switch self {
    case .current(let value): .current(part(value))
    case .earlier(let value, let note): .earlier(part(value), note: note)
    case .pending: .pending
    case .unavailable(let reason): .unavailable(reason)
    }
  }
}

extension ExplorerState {
  /// The statistics that belong to what is chosen.
  package var statisticsRequest: StatisticsRequest? {
    timeline.current.map {
      StatisticsRequest(
        epoch: $0.id, split: selection.split, thresholds: display.thresholds, clamps: clamps)
    }
  }

  /// The sample that is chosen.
  package var sampleRequest: SampleRequest? {
    timeline.current.map {
      SampleRequest(
        epoch: $0.id, split: selection.split, sample: selection.sample, clamps: clamps)
    }
  }

  /// The unit under the cursor.
  package var unitRequest: UnitRequest? {
    guard let epoch = timeline.current?.id, gatedLayers.indices.contains(selection.layer) else {
      return nil
    }
    return UnitRequest(
      epoch: epoch, split: selection.split, layer: gatedLayers[selection.layer],
      unit: selection.unit, clamps: clamps)
  }

  /// T of the unit under the cursor by class.
  package var unitHistogram: Shown<UnitHistogram> {
    if let problem = model?.dataProblem { return .unavailable(problem) }
    guard let request = unitRequest else { return .unavailable("no recorded epochs") }
    if sampleCount == 0 { return .unavailable("no \(request.split.rawValue) samples") }
    if followsTraining { return .unavailable("not while the epoch is being trained") }
    return results.shown(.unit(request), \.unit)
  }

  /// Whether the unit under the cursor is shown in the place of the view.
  package var showsUnit: Bool {
    display.isZoomed && display.view.showsUnits && !gatedLayers.isEmpty
  }

  /// Whether the picture moves with training, so that nothing is to be asked for.
  package var followsTraining: Bool {
    guard let current = timeline.current else { return false }
    if !current.isComplete { return true }
    guard case .live = current.id else { return false }
    return training.isActive && timeline.isAtEnd
  }

  /// The statistics to show.
  package var statistics: Shown<GateStatistics> {
    guard let model else { return .unavailable("no model is open") }
    if gatedLayers.isEmpty { return .unavailable("no highway layers in this network") }
    if let problem = model.dataProblem { return .unavailable(problem) }
    guard let request = statisticsRequest else { return .unavailable("no recorded epochs") }
    if let found = results.statistics(request.epoch, request.split, request.clamps) {
      let isCurrent = found.thresholds == request.thresholds
      return isCurrent ? .current(found) : .earlier(found, note: "computing cells…")
    }
    if case .live(let number, _) = request.epoch {
      if training.liveEpoch == number, let live = training.liveStatistics {
        return .earlier(live, note: clamps.isEmpty ? "live" : "live, nothing held")
      }
      for entry in timeline.entries[..<timeline.cursor].reversed() {
        if let found = results.statistics(entry.id, request.split, request.clamps) {
          return .earlier(found, note: "still epoch \(entry.id.number)")
        }
        if case .live(let earlier, _) = entry.id, earlier == training.liveEpoch,
          let live = training.liveStatistics
        {
          return .earlier(live, note: "still epoch \(earlier)")
        }
      }
    }
    if let failure = results.failure(of: .statistics(request)) { return .unavailable(failure) }
    if model.samples(request.split) == 0 {
      return .unavailable("no \(request.split.rawValue) samples")
    }
    if let intact = results.statistics(request.epoch, request.split) {
      return .earlier(intact, note: "still as nothing is held")
    }
    return .pending
  }

  /// The sample to show.
  package var sample: Shown<SampleRecord> {
    guard let model else { return .unavailable("no model is open") }
    if let problem = model.dataProblem { return .unavailable(problem) }
    guard let request = sampleRequest else { return .unavailable("no recorded epochs") }
    if let found = results.answer(to: .sample(request))?.sample { return .current(found) }
    if case .live = request.epoch {
      for entry in timeline.entries[..<timeline.cursor].reversed() {
        var earlier = request
        earlier.epoch = entry.id
        if let found = results.answer(to: .sample(earlier))?.sample {
          return .earlier(found, note: "still epoch \(entry.id.number)")
        }
      }
    }
    if let failure = results.failure(of: .sample(request)) { return .unavailable(failure) }
    if model.samples(request.split) == 0 {
      return .unavailable("no \(request.split.rawValue) samples")
    }
    var intact = request
    intact.clamps = GateClamps()
    if let found = results.answer(to: .sample(intact))?.sample {
      return .earlier(found, note: "still as nothing is held")
    }
    return .pending
  }

  /// The statistics of a highway layer, by its index.
  package func layerStatistics(_ index: Int) -> LayerStatistics? {
    guard let layers = statistics.value?.layers, layers.indices.contains(index) else { return nil }
    return layers[index]
  }

  /// The gate biases to show, of each highway layer; nil in it where a layer has none.
  package var gateBiases: Shown<[[Float]?]> {
    if let epoch = timeline.current?.id {
      let shown = results.shown(.gateBiases(epoch), \.gateBiases)
      if shown.value != nil || (model?.dataProblem != nil && !gatedLayers.isEmpty) { return shown }
    }
    return statistics.map { $0.layers.map(\.gateBias) }
  }
}
