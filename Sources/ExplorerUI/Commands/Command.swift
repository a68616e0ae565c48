import HighwayNetworks

/// Something that a key does.
package struct Command: Sendable {
  /// A command that is not one view's alone.
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
    case zoomIn
    case back
    case previousClass
    case nextClass
    case nextGrouping
    case previousSample
    case nextSample
    case filter
    case previousEpoch
    case nextEpoch
    case follow
    case switchSplit
    case nextGate
    case scale
    case colorMap
    case order
    case changeScope
    case against
    case rank
    case rankOrder
    case nextRanked
    case previousRanked
    case lesionLayer
    case clamp
    case release
    case releaseAll
    case flipGate
    case undo
    case redo
    case trainEpoch
    case runOrPause
    case keep
    case new
    case discard
    case previousModel
    case models
    case tour
    case tourNext
    case tourBack
    case tourLeave
    case palette
    case export
    case help
    case repaint
    case suspend
    case leave
  }

  /// What a command does.
  enum Kind: Sendable {
    /// What the program does for every view, or asks the view that is open to do.
    case common(ID)
    /// Opens a view.
    case view(View)
    /// What one view alone does, and why it cannot at the moment.
    case own(
      problem: @Sendable (ExplorerState) -> String?,
      perform: @Sendable (inout ExplorerState) -> [Effect])
  }

  /// A chapter of the help.
  package enum Chapter: String, Hashable, Sendable, CaseIterable {
    case views = "Views"
    case move = "Move"
    case choose = "Choose"
    case cells = "Cells"
    case clamps = "Held gates"
    case training = "Training"
    case compare = "Compare"
    case tour = "Tour"
    case program = "Program"
  }

  /// The word for it in the palette, such as `next-class`; no two commands have the same.
  package let name: String
  /// What it does.
  let kind: Kind
  /// The keys, the most telling one first.
  package let keys: [Key]
  /// One or two words for the foot of the screen.
  package let title: String
  /// What it does, for the help.
  package let help: String
  /// Where the help lists it.
  package let chapter: Chapter

  /// Describes a command that is not one view's alone.
  init(_ id: ID, _ keys: [Key], _ title: String, _ help: String, _ chapter: Chapter) {
    var name = ""
    for character in String(describing: id) {
      if character.isUppercase { name.append("-") }
      name += character.lowercased()
    }
    self.init(name, .common(id), keys, title, help, chapter)
  }

  /// Describes what one view alone does.
  init(
    own name: String, _ keys: [Key], _ title: String, _ help: String, _ chapter: Chapter,
    problem: @escaping @Sendable (ExplorerState) -> String? = { _ in nil },
    perform: @escaping @Sendable (inout ExplorerState) -> [Effect]
  ) {
    self.init(name, .own(problem: problem, perform: perform), keys, title, help, chapter)
  }

  /// Describes the command that opens a view.
  init(opening view: View, name: String) {
    let keys = view.number <= 9 ? [Key.character(Character(String(view.number)))] : []
    self.init(name, .view(view), keys, view.word, view.help, .views)
  }

  private init(
    _ name: String, _ kind: Kind, _ keys: [Key], _ title: String, _ help: String,
    _ chapter: Chapter
  ) {
    self.name = name
    self.kind = kind
    self.keys = keys
    self.title = title
    self.help = help
    self.chapter = chapter
  }

  /// Which of the common commands it is; nil for those of one view.
  package var id: ID? {
    if case .common(let id) = kind { id } else { nil }
  }

  /// Why the command does nothing at the moment, whatever view is open; nil where it does something.
  func problem(_ state: ExplorerState) -> String? {
    switch kind {
    case .view: nil
    case .own(let problem, _): problem(state)
    case .common(let id): problem(id, state)
    }
  }

  private func problem(_ id: ID, _ state: ExplorerState) -> String? {
    switch id {
    case .moveUp, .moveDown, .moveLeft, .moveRight, .pageUp, .pageDown, .first, .last, .goTo,
      .nextPanel, .previousPanel, .changeScope, .export:
      return state.model == nil ? "no model is open" : nil
    case .zoomIn:
      // A map has its pictures; another unit is shown by its gate.
      let needsGate =
        state.display.view.showsUnits && state.extents(at: state.selection.block) == nil
      return state.problem(needsGate ? \.learnedGates : \.gates)
    case .lesionLayer, .clamp:
      return state.problem(\.gates) ?? state.problem(\.weights) ?? state.problem(\.samples)
    case .nextGate:
      if let problem = state.problem(\.gates) { return problem }
      return state.model?.gates.count == 1 ? "there is one gate, \(state.gateLetter)" : nil
    case .release, .releaseAll: return state.clamps.isEmpty ? "nothing is held" : nil
    case .flipGate:
      if state.training.isActive { return "training runs; space pauses it" }
      return state.model?.takesOtherGate == true
        ? nil : "only in another program's checkpoint the gate may be of T or of C"
    case .undo: return state.history.canUndo ? nil : "nothing to undo"
    case .redo: return state.history.canRedo ? nil : "nothing to redo"
    case .tour: return state.training.isActive ? "training runs; space pauses it" : nil
    case .tourNext, .tourLeave: return state.tour == nil ? "no tour is on; T begins it" : nil
    case .tourBack:
      guard let tour = state.tour else { return "no tour is on; T begins it" }
      return tour.step == 0 ? "this is the first step of the tour" : nil
    case .models, .palette, .help, .repaint, .suspend, .leave, .back, .scale, .colorMap, .new:
      return nil
    case .nextGrouping:
      return state.tokenGroups == nil ? "only the tokens of a text are grouped otherwise" : nil
    case .previousClass, .nextClass, .against:
      return state.problem(\.groups)
    case .rank, .rankOrder, .nextRanked, .previousRanked: return state.problem(\.gates)
    case .previousSample, .nextSample: return state.stepProblem
    case .filter:
      if state.model?.isRecording == true { return state.problem(\.loss) }
      return state.sampleCount == 0 ? state.problem(\.samples) ?? "there are no samples" : nil
    case .previousEpoch, .nextEpoch, .follow:
      return state.timeline.entries.isEmpty ? "no recorded epochs" : nil
    case .switchSplit:
      if let problem = state.problem(\.samples) { return problem }
      if state.model?.isRecording == true { return "a recording has one set of samples" }
      let other = state.selection.split.other
      return state.model?.samples(other) == 0 ? "there are no \(other.rawValue) samples" : nil
    case .order:
      if let problem = state.problem(\.gates) { return problem }
      return state.statistics.value == nil ? state.statistics.note : nil
    case .trainEpoch:
      return state.training.isActive
        ? "training runs already; space pauses" : state.problem(\.training)
    case .runOrPause:
      return state.training.isActive ? nil : state.problem(\.training)
    case .discard:
      if state.training.isActive { return "training runs; space pauses it" }
      return state.model?.isNew == true
        ? nil : "only a network that was begun here and is not saved is discarded"
    case .previousModel:
      if state.training.isActive { return "training runs; space pauses it" }
      return state.parked == nil ? "no model was open before" : nil
    case .keep:
      if state.training.isActive { return "training runs; space pauses it" }
      return state.timeline.keepableCount == 0 ? "no trained epochs to save" : nil
    }
  }
}
