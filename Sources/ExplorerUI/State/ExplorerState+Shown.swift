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
        epoch: $0.id, split: selection.split, thresholds: display.thresholds, clamps: clamps,
        grouping: selection.grouping)
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
    guard let epoch = timeline.current?.id, gatedLayers.indices.contains(selection.block) else {
      return nil
    }
    return UnitRequest(
      epoch: epoch, split: selection.split, layer: gatedLayers[selection.block],
      unit: blocks[selection.block].firstUnit + selection.unit, gate: unitSignal, clamps: clamps,
      grouping: selection.grouping)
  }

  /// What is asked of the unit under the cursor: the gate that is looked at, and F of a map whose T is a constant.
  var unitSignal: Signal {
    showsMap && shownGate == .transformGate
      && gating(at: selection.block)?.learnsTransformGate == false ? .blockState : shownGate
  }

  /// The answer to show to a question about the model's samples; nil stands for no epoch to ask about.
  ///
  /// Where there is none yet: what is being trained looked like last, or an earlier epoch, or the network with
  /// nothing held.
  func shown<Value>(
    _ question: Question?, needing ability: KeyPath<Abilities, Abilities.Ability> = \.samples,
    _ part: (Answer) -> Value?
  ) -> Shown<Value> {
    if let problem = problem(ability) { return .unavailable(problem) }
    guard let question else { return .unavailable("no recorded epochs") }
    if sampleCount == 0 { return .unavailable("no \(splitName) samples") }
    let known = results.shown(question, part)
    if known.value != nil { return known }
    if case .live = timeline.current?.id {
      if followsTraining, let live = training.picture?.answer(to: question).flatMap(part) {
        return .earlier(live, note: "live")
      }
      for entry in timeline.entries[..<timeline.cursor].reversed() {
        let earlier = results.answer(to: question.asked(of: entry.id)).flatMap(part)
        if let earlier { return .earlier(earlier, note: "of epoch \(entry.id.number)") }
      }
    }
    if case .unavailable = known { return known }
    if let intact = results.answer(to: question.askedIntact).flatMap(part) {
      return .earlier(intact, note: "with nothing held")
    }
    return known
  }

  /// T of the unit under the cursor by class.
  package var unitHistogram: Shown<UnitHistogram> {
    shown(unitRequest.map(Question.unit), \.unit)
  }

  /// Whether the unit under the cursor, or its map, is shown in the place of the view.
  package var showsUnit: Bool {
    display.isZoomed && display.view.showsUnits && (has(\.learnedGates) || showsMap)
  }

  /// The statistics to show.
  package var statistics: Shown<GateStatistics> {
    if let problem = problem(\.gates) { return .unavailable(problem) }
    let found = shown(statisticsRequest.map(Question.statistics), \.statistics)
    if case .current(let value) = found, value.thresholds != display.thresholds {
      return .earlier(showingGate(value), note: "computing cells…")
    }
    return found.map(showingGate)
  }

  /// The sample to show, with the gate that is looked at in the place of T.
  package var sample: Shown<SampleRecord> { computedSample.map(showingGate) }

  /// The sample to show, all signals in their own places.
  var computedSample: Shown<SampleRecord> {
    shown(sampleRequest.map(Question.sample), \.sample)
  }

  /// The statistics of a highway layer, by its index.
  package func layerStatistics(_ index: Int) -> LayerStatistics? {
    guard let layers = statistics.value?.layers, layers.indices.contains(index) else { return nil }
    return layers[index]
  }

  /// The gate biases to show, of each highway layer; nil in it where a layer has none.
  package var gateBiases: Shown<[[Float]?]> {
    if let epoch = timeline.current?.id {
      let live = followsTraining ? training.picture?.answer(to: .gateBiases(epoch)) : nil
      if let biases = live?.gateBiases { return .earlier(ofShownBlocks(biases), note: "live") }
      let shown = results.shown(.gateBiases(epoch), \.gateBiases).map(ofShownBlocks)
      if shown.value != nil || (has(\.gates) && !has(\.samples)) { return shown }
    }
    return statistics.map { $0.layers.map(\.gateBias) }
  }
}
