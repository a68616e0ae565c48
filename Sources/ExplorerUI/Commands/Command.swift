import HighwayNetworks

/// Something that a key does.
package struct Command: Sendable {
  /// Which command it is.
  package enum ID: Hashable, Sendable, CaseIterable {
    case moveUp
    case moveDown
    case moveLeft
    case moveRight
    case pageUp
    case pageDown
    case first
    case last
    case nextPanel
    case previousPanel
    case goTo
    case overview
    case classes
    case cells
    case sampleView
    case lesion
    case training
    case compare
    case depth
    case closer
    case back
    case previousClass
    case nextClass
    case previousSample
    case nextSample
    case filter
    case previousEpoch
    case nextEpoch
    case switchSplit
    case scale
    case colorMap
    case order
    case changeScope
    case lowerLow
    case raiseLow
    case lowerHigh
    case raiseHigh
    case twoWaySplit
    case lesionLayer
    case clamp
    case release
    case releaseAll
    case undo
    case redo
    case lesionAxis
    case trainEpoch
    case runOrPause
    case keep
    case new
    case discard
    case previousModel
    case addRun
    case dropRun
    case changeMeasure
    case changeLossScale
    case changeTimeAxis
    case models
    case palette
    case export
    case help
    case repaint
    case suspend
    case leave
  }

  /// A chapter of the help.
  package enum Chapter: String, Hashable, Sendable, CaseIterable {
    case views = "Views"
    case move = "Move"
    case choose = "Choose"
    case cells = "Cells"
    case clamps = "Lesions"
    case training = "Training"
    case compare = "Compare"
    case program = "Program"
  }

  /// Which command it is.
  package let id: ID
  /// The keys, the most telling one first.
  package let keys: [Key]
  /// One or two words for the foot of the screen.
  package let title: String
  /// What it does, for the help.
  package let help: String
  /// Where the help lists it.
  package let chapter: Chapter
  /// The views in which the foot of the screen mentions it, with the most useful ones first; empty for
  /// none.
  package let prominence: [View: Int]
  /// The views that it works in.
  package let views: Set<View>

  init(
    _ id: ID, _ keys: [Key], _ title: String, _ help: String, _ chapter: Chapter,
    prominence: [View: Int] = [:], views: Set<View> = Set(View.allCases)
  ) {
    self.id = id
    self.keys = keys
    self.title = title
    self.help = help
    self.chapter = chapter
    self.prominence = prominence
    self.views = views
  }

  /// Why the command does nothing at the moment; nil where it does something.
  package func availability(_ state: ExplorerState) -> String? {
    if !views.contains(state.display.view) {
      let names = View.allCases.filter(views.contains).map { "\($0.rawValue) \($0.title)" }
      return "\(title): works in \(names.joined(separator: ", "))"
    }
    switch id {
    case .lesion, .lesionAxis: return nil
    case .lesionLayer, .clamp: return clampProblem(state)
    case .release, .releaseAll: return state.clamps.isEmpty ? "nothing is held" : nil
    case .undo: return state.history.canUndo ? nil : "nothing to undo"
    case .redo: return state.history.canRedo ? nil : "nothing to redo"
    case .export: return state.model == nil ? "no model is open" : nil
    case .sampleView: return nil
    case .models, .palette, .help, .repaint, .suspend, .leave, .overview, .classes, .cells,
      .training, .depth, .back, .scale,
      .colorMap,
      .lowerLow, .raiseLow, .lowerHigh, .raiseHigh, .twoWaySplit:
      return nil
    case .compare, .changeMeasure, .changeLossScale, .changeTimeAxis: return nil
    case .moveUp, .moveDown, .moveLeft, .moveRight, .pageUp, .pageDown, .first, .last, .goTo,
      .nextPanel, .previousPanel, .changeScope, .closer:
      guard state.model != nil else { return "no model is open" }
      if state.display.view == .training { return nil }
      if state.display.view == .compare { return noRuns(state) }
      return state.gatedLayers.isEmpty ? "this network has no highway layers" : nil
    case .previousClass, .nextClass:
      return state.classCount == 0 ? "no model is open" : nil
    case .previousSample, .nextSample: return state.stepProblem
    case .filter:
      return state.sampleCount == 0 ? state.model?.dataProblem ?? "there are no samples" : nil
    case .previousEpoch, .nextEpoch:
      return state.timeline.entries.isEmpty ? "no recorded epochs" : nil
    case .switchSplit:
      guard let model = state.model else { return "no model is open" }
      if let problem = model.dataProblem { return problem }
      let other = state.selection.split.other
      return model.samples(other) == 0 ? "there are no \(other.rawValue) samples" : nil
    case .order:
      guard !state.gatedLayers.isEmpty else { return "this network has no highway layers" }
      return state.statistics.value == nil ? state.statistics.note : nil
    case .trainEpoch:
      return state.training.isActive
        ? "training runs already; space pauses" : trainingProblem(state)
    case .runOrPause:
      return state.training.isActive ? nil : trainingProblem(state)
    case .addRun:
      return state.comparison.entries.count < Comparison.most
        ? nil : "\(Comparison.most) runs are compared at the most; D drops the one at hand"
    case .dropRun: return noRuns(state)
    case .new: return nil
    case .discard:
      if state.training.isActive { return "training runs; space pauses it" }
      return state.model?.isNew == true
        ? nil : "only a network that was begun here and is not kept is discarded"
    case .previousModel:
      if state.training.isActive { return "training runs; space pauses it" }
      return state.parked == nil ? "no model was open before" : nil
    case .keep:
      if state.training.isActive { return "training runs; space pauses it" }
      return state.timeline.keepableCount == 0 ? "no trained epochs to keep" : nil
    }
  }

  private func noRuns(_ state: ExplorerState) -> String? {
    state.comparison.entries.isEmpty ? "no runs to compare; A adds one" : nil
  }

  private func clampProblem(_ state: ExplorerState) -> String? {
    guard let model = state.model else { return "no model is open" }
    if state.gatedLayers.isEmpty { return "this network has no highway layers" }
    return model.dataProblem
  }

  private func trainingProblem(_ state: ExplorerState) -> String? {
    guard let model = state.model else { return "no model is open" }
    return model.trainingProblem ?? model.dataProblem
  }
}
