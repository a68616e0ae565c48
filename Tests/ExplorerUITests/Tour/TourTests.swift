import HighwayNetworks
import Testing

@testable import ExplorerUI

/// The tour over a made-up network: its steps, its keys and its panel.
@Suite struct TourTests {
  private static let network = SyntheticNetwork(samplesPerClass: 10)
  private static let models = TourModels(
    path: network.summary().path,
    compared: ["runs/coupled-50", "runs/residual-50", "runs/plain-50"])
  private static let sizes = [(80, 24), (100, 30), (120, 40), (200, 60)].map(Size.init)

  /// The state on the first step, with all answers there.
  private func begun(_ size: Size = Size(width: 80, height: 24)) -> ExplorerState {
    var state = ExplorerState.ready(Self.network, size: size)
    play(.tourFound(Self.models), &state)
    return state
  }

  /// Applies an action and answers what it asks for, runs that are compared included.
  private func play(_ action: Action, _ state: inout ExplorerState) {
    var queue = [action]
    while !queue.isEmpty {
      for effect in update(&state, with: queue.removeFirst()) {
        switch effect {
        case .wanted(let questions):
          queue += questions.compactMap { question in
            Self.network.answer(to: question).map { .answered(question, .success($0)) }
          }
        case .readRun(let path):
          let name = path.split(separator: "/").last.map(String.init) ?? path
          let gating: Gating =
            name.hasPrefix("coupled") ? .coupled : name.hasPrefix("plain") ? .plain : .residual
          queue.append(.runRead(path, SyntheticRuns.summary(name, gating: gating, layers: 49)))
        default: break
        }
      }
    }
  }

  private func press(_ keys: Key..., on state: inout ExplorerState) {
    for key in keys { play(.terminal(.key(key)), &state) }
  }

  /// The rows of the panel.
  private func panel(_ state: ExplorerState) -> [String] {
    let rect = ScreenLayout(state, state.size).tour
    return Array(state.screen.textRows()[rect.y..<rect.maxY])
  }

  private func text(_ state: ExplorerState) -> String {
    panel(state).dropFirst().joined(separator: " ").split(separator: " ").joined(separator: " ")
  }

  @Test func theTourShowsEveryStepAndEnds() {
    var state = begun()
    var views: [View] = []
    for number in 1...TourStep.all.count {
      #expect(panel(state)[0].hasPrefix(" Tour \(number)/\(TourStep.all.count)  "))
      #expect(!text(state).contains("computed") && !text(state).contains("missing"), "\(number)")
      views.append(state.display.view)
      press(number.isMultiple(of: 2) ? .enter : .character(" "), on: &state)
    }
    #expect(Set(views).isSuperset(of: [.sample, .overview, .classes, .cells, .lesion, .compare]))
    #expect(state.tour == nil && !state.training.isActive)
    #expect(state.message?.text == "the tour is over; T begins it again")
  }

  @Test(arguments: sizes) func everySentenceHasRoom(size: Size) {
    var state = begun(size)
    for number in 1...TourStep.all.count {
      let rows = panel(state)
      #expect(!rows.joined().contains("…"), "\(number): \(rows)")
      #expect(TourStep.all[number - 1].text(state).count <= TourView.longestText, "\(number)")
      press(.enter, on: &state)
    }
  }

  @Test(arguments: [Size(width: 60, height: 16), Size(width: 61, height: 20)])
  func onTheSmallestScreensTheViewKeepsRoom(size: Size) {
    var state = begun(size)
    for _ in TourStep.all {
      #expect(ScreenLayout(state, size).body.height >= 6)
      #expect(state.screen.textRows()[0].contains("tollgate"))
      press(.enter, on: &state)
    }
  }

  @Test(arguments: sizes) func thePanelTakesRowsOfItsOwn(size: Size) {
    let state = begun(size)
    let layout = ScreenLayout(state, size)
    for other in [layout.header, layout.tabs, layout.body, layout.sentence, layout.timeline] {
      #expect(other.isEmpty || other.maxY <= layout.tour.y || other.y >= layout.tour.maxY)
    }
    #expect(layout.body.height >= 13)
  }

  @Test func backspaceGoesBackAndStopsAtTheFirstStep() {
    var state = begun()
    press(.enter, .enter, .backspace, on: &state)
    #expect(state.tour?.step == 1)
    press(.backspace, .backspace, on: &state)
    #expect(state.tour?.step == 0)
    #expect(state.message?.text == "this is the first step of the tour")
  }

  @Test(
    arguments: [
      [.down], [.character("2")], [.character("<")], [.character("."), .character("]")],
      [.character("x")], [.character("+")], [.character("f")],
    ] as [[Key]])
  func otherKeysExploreAndEnterComesBack(keys: [Key]) {
    var state = begun()
    press(.enter, on: &state)
    let (selection, display, epoch) = (state.selection, state.display, state.timeline.cursor)
    let words = text(state)
    for key in keys { press(key, on: &state) }
    #expect(panel(state)[0].contains("Enter comes back"))
    press(.enter, on: &state)
    #expect(state.tour?.step == 1)
    #expect(state.selection == selection && state.display == display)
    #expect(state.timeline.cursor == epoch && state.clamps.isEmpty)
    #expect(text(state) == words)
    press(.enter, on: &state)
    #expect(state.tour?.step == 2)
  }

  @Test func theColoursMayChangeOnTheWay() {
    var state = begun()
    press(.character("m"), .enter, on: &state)
    #expect(state.tour?.step == 1 && state.display.colorMap != .viridis)
  }

  @Test func escapeLeavesAndPutsBackWhatWasSet() {
    var state = ExplorerState.ready(Self.network)
    press(.character("+"), .character("x"), .character("3"), .character("+"), on: &state)
    let (thresholds, clamps) = (state.display.thresholds, state.clamps)
    #expect(thresholds != Thresholds() && !clamps.isEmpty)
    play(.tourFound(Self.models), &state)
    for _ in 0..<13 { press(.enter, on: &state) }
    #expect(state.display.view == .compare && state.clamps.isEmpty)
    #expect(state.comparison.entries.map(\.path) == Self.models.compared)
    #expect(state.preferences.thresholds == thresholds && state.preferences.view == .cells)
    press(.escape, on: &state)
    #expect(state.tour == nil && state.display.view == .compare)
    #expect(state.display.thresholds == thresholds && state.clamps == clamps)
    #expect(state.comparison.entries.isEmpty)
  }

  @Test func offTheTourItsKeysAreTheOthers() {
    var state = ExplorerState.ready(Self.network)
    state.press(.enter)
    #expect(state.display.isZoomed)
    state.press(.backspace)
    #expect(state.message == nil && state.tour == nil)
    state.press(.character(" "))
    #expect(state.training.isActive)
    state.press(.character("T"))
    #expect(state.message?.text == "training runs; space pauses it")
  }

  @Test func aPressOnThePanelGoesOn() {
    var state = begun()
    let y = ScreenLayout(state, state.size).tour.y + 1
    play(.terminal(.mouse(MouseEvent(.press, at: Point(x: 5, y: y)))), &state)
    #expect(state.tour?.step == 1)
  }

  @Test func theFootNamesNoKeyThatTheTourTook() {
    var state = ExplorerState.ready(Self.network, size: Size(width: 200, height: 60))
    #expect(state.screen.textRows().last?.contains("Enter zoom in") == true)
    play(.tourFound(Self.models), &state)
    press(.enter, on: &state)
    #expect(state.screen.textRows().last?.contains("Enter") == false)
  }
}
