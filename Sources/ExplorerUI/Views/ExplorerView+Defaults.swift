import HighwayNetworks
import TensorFiles

/// What most views have in common.
extension ExplorerView {
  static var word: String { title.lowercased() }
  static var subject: View.Subject { .gates }
  static var showsUnits: Bool { false }
  static var need: ViewNeed { .gates }
  static var inspectorFocus: InspectorFocus { .unit }

  static var commands: Set<Command.ID> { [] }
  static var ownCommands: [Command] { [] }
  static var hints: [Command] { [] }
  static var hintWords: [Command.ID: String] { [:] }
  static var arrows: (keys: String, words: String) { ("←↓↑→", "move") }
  static var panels: Panels? { nil }

  static func motionProblem(_ state: ExplorerState) -> String? {
    state.problem(need == .learnedGates ? \.learnedGates : \.gates)
  }

  /// Moves from layer to layer, and across from unit to unit.
  static func move(_ motion: Motion, _ state: inout ExplorerState) {
    if case .horizontal(let step) = motion {
      state.moveAcross(step)
    } else {
      let step = motion.steps(of: state.gatedLayers.count)
      state.select(block: state.selection.block + step, unit: state.selection.unit)
    }
  }

  static func turn(_ step: Int, _ state: inout ExplorerState) {
    guard let panels else { return }
    let numbers = panels.all(state).map(\.number)
    let place = numbers.firstIndex(of: panels.current(state)) ?? 0
    panels.set(&state, numbers[turned(place, by: step, of: numbers.count)])
  }

  static func zoom(_ state: inout ExplorerState) -> [Effect] {
    state.display.isZoomed.toggle()
    return []
  }

  static func changeScope(_ state: inout ExplorerState) {}
  static func choose(_ item: Int, _ state: inout ExplorerState) {}
  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? { nil }
  static func sentence(_ state: ExplorerState) -> [String] { CursorSentence.unit(state) }
  static func table(_ state: ExplorerState) -> NumberTable { NumberTable(columns: [], rows: []) }
  static func ranking(_ state: ExplorerState) -> Shown<Ranking> {
    .unavailable("nothing is ranked here")
  }
  static func caption(_ state: ExplorerState) -> [String] { [] }
  static func members(_ state: ExplorerState) -> [JSON.Member] { [] }

  /// What the state and the commands know of the view.
  static var view: View {
    let index = views.firstIndex { ObjectIdentifier($0) == ObjectIdentifier(Self.self) }
    return View(
      number: index.map { $0 + 1 } ?? 0, title: title, help: help, subject: subject,
      showsUnits: showsUnits)
  }
}
