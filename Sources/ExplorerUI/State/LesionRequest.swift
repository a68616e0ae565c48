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
  /// By which grouping of a text's tokens.
  package var grouping = 0

  /// More layers than these are not lesioned one at a time unless that is asked for: each lesion runs all layers
  /// after it again, so that ten times the layers take a hundred times as long.
  package static let mostLayers = 5_000

  /// Describes lesions.
  package init(
    epoch: EpochID, split: SampleSplit, clamps: GateClamps = GateClamps(), grouping: Int = 0
  ) {
    self.grouping = grouping
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

  /// The lesions at once of all layers that matter little by themselves; nil while that is not known, and
  /// where training goes on, since it is another set of layers every moment.
  package var removalRequest: LesionRequest? {
    guard !followsTraining, let epoch = timeline.current?.id, case .current(let sweep) = lesionSweep
    else { return nil }
    let layers = sweep.dispensable
    // Micro-steps are no layers that could go.
    guard layers.count > 1, !hasMicroSteps else { return nil }
    return LesionRequest(
      epoch: epoch, split: selection.split, clamps: GateClamps(lesioning: layers),
      grouping: selection.grouping)
  }

  /// How many layers could go, and what becomes of the error without them; nil before that is known.
  package var removalWords: String? {
    guard !hasMicroSteps, let sweep = lesionSweep.value else { return nil }
    let together = removalRequest.flatMap { results.answer(to: .lesions($0))?.lesions?.baseline }
    return sweep.removalWords(together: together)
  }

  /// What the lesion of the cursor's layer does.
  package var cursorLesion: LesionSweep.Outcome? {
    guard let layers = lesionSweep.value?.layers, layers.indices.contains(selection.block) else {
      return nil
    }
    return layers[selection.block].outcome
  }

  /// Why the layers are not lesioned one at a time; nil where they are.
  var sweepProblem: String? {
    guard gatedLayers.count > LesionRequest.mostLayers else { return nil }
    return
      "\(NumberFormat.count(gatedLayers.count)) layers are too many to hold each in turn, which takes hours: "
      + "g or :clamp holds some, tollgate lesion --range as well"
  }

  private func lesions(holding clamps: GateClamps) -> Shown<LesionSweep> {
    if clamps.isEmpty, let problem = sweepProblem { return .unavailable(problem) }
    let request = timeline.current.map {
      LesionRequest(
        epoch: $0.id, split: selection.split, clamps: clamps, grouping: selection.grouping)
    }
    let numbers = Set(gatedLayers)
    return shown(request.map(Question.lesions), needing: \.lesions, \.lesions).map {
      $0.ofLayers(numbers)
    }
  }
}
