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
    let request = timeline.current.map {
      LesionRequest(epoch: $0.id, split: selection.split, clamps: clamps)
    }
    return shown(request.map(Question.lesions), needing: \.lesions, \.lesions)
  }
}
