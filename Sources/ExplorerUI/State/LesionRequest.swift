package import HighwayNetworks

/// Which lesions are wanted.
///
/// Where nothing is held: every highway layer lesioned by itself. Where gates are held: how well the network
/// does with them, and no lesions besides.
package struct LesionRequest: Hashable, Sendable {
  /// Whose parameters.
  package var epoch: EpochID
  /// Over which samples.
  package var split: SampleSplit
  /// Which gates are held.
  package var clamps: GateClamps

  /// Describes lesions.
  package init(epoch: EpochID, split: SampleSplit, clamps: GateClamps = GateClamps()) {
    self.epoch = epoch
    self.split = split
    self.clamps = clamps
  }
}

extension ExplorerState {
  /// The lesions of every layer of the network as it is, or why there are none to show.
  package var lesionSweep: Shown<LesionSweep> { lesions(holding: GateClamps()) }

  /// How well the network does with the gates that are held; nil where none are.
  package var clampedOutcome: Shown<LesionSweep.Outcome>? {
    clamps.isEmpty ? nil : lesions(holding: clamps).map(\.baseline)
  }

  /// What the lesion of the cursor's layer does.
  package var cursorLesion: LesionSweep.Outcome? {
    guard let layers = lesionSweep.value?.layers, layers.indices.contains(selection.layer) else {
      return nil
    }
    return layers[selection.layer].outcome
  }

  private func lesions(holding clamps: GateClamps) -> Shown<LesionSweep> {
    guard let model else { return .unavailable("no model is open") }
    if gatedLayers.isEmpty { return .unavailable("no highway layers in this network") }
    if let problem = model.dataProblem { return .unavailable(problem) }
    guard let epoch = timeline.current?.id else { return .unavailable("no recorded epochs") }
    if sampleCount == 0 { return .unavailable("no \(selection.split.rawValue) samples") }
    let request = LesionRequest(epoch: epoch, split: selection.split, clamps: clamps)
    if let found = results.lesions(request) { return .current(found) }
    if let failure = results.failure(request) { return .unavailable(failure) }
    if followsTraining { return .unavailable("lesions are made of whole epochs, at rest") }
    return .pending
  }

  /// Asks for the lesions that are shown and not there yet, and drops those that are not shown any more.
  mutating func requestLesions() -> [Effect] {
    var wanted: [LesionRequest] = []
    if display.view.subject == .lesions, let model, model.dataProblem == nil, sampleCount > 0,
      !gatedLayers.isEmpty, !followsTraining, let epoch = timeline.current?.id
    {
      // What is held takes one pass and goes before the sweep.
      if !clamps.isEmpty {
        wanted.append(LesionRequest(epoch: epoch, split: selection.split, clamps: clamps))
      }
      wanted.append(LesionRequest(epoch: epoch, split: selection.split))
    }
    return results.wants(wanted) ? [.makeLesions(results.pendingLesions)] : []
  }

  mutating func receive(_ sweep: LesionSweep, for request: LesionRequest) {
    let expected = request.clamps.isEmpty ? gatedLayers : []
    let outcomes = [sweep.baseline] + sweep.layers.map(\.outcome)
    if sweep.layers.map(\.layer) == expected,
      outcomes.allSatisfy({ $0.classError.count == classCount })
    {
      results.store(sweep, for: request)
    } else {
      results.fail(request, "the lesions do not fit this network")
    }
  }
}
