import HighwayNetworks
import Testing

@testable import ExplorerUI

/// The tour over a made-up network: its steps, its keys and its panel.
@Suite struct TourTests {
  private static let sizes = [(80, 24), (100, 30), (120, 40), (200, 60)].map(Size.init)

  /// The rows of the panel.
  private func panel(_ state: ExplorerState) -> [String] {
    let rect = ScreenLayout(state, state.size).tour
    return Array(state.screen.textRows()[rect.y..<rect.maxY])
  }

  private func head(_ state: ExplorerState) -> String { panel(state).first ?? "" }

  private func text(_ state: ExplorerState) -> String {
    panel(state).dropFirst().joined(separator: " ").split(separator: " ").joined(separator: " ")
  }

  @Test func theTourShowsEveryStepAndEnds() {
    var state = TourNetwork.begun()
    var views: [View] = []
    for number in 1...TourStep.all.count {
      #expect(head(state).hasPrefix(" Tour \(number)/\(TourStep.all.count)  "))
      #expect(!text(state).contains("computed") && !text(state).contains("missing"), "\(number)")
      views.append(state.display.view)
      state.tour(number.isMultiple(of: 2) ? .enter : .character(" "))
    }
    #expect(Set(views).isSuperset(of: [.sample, .overview, .classes, .cells, .lesion, .compare]))
    #expect(state.tour == nil && !state.training.isActive)
    #expect(state.message?.text == "the tour is over; T begins it again")
  }

  @Test(arguments: sizes) func everySentenceHasRoom(size: Size) {
    var state = TourNetwork.begun(size)
    for number in 1...TourStep.all.count {
      let rows = panel(state)
      #expect(!rows.joined().contains("…"), "\(number): \(rows)")
      #expect(TourStep.all[number - 1].text(state).count <= TourView.longestText, "\(number)")
      state.tour(.enter)
    }
  }

  @Test(arguments: [Size(width: 60, height: 16), Size(width: 61, height: 20)])
  func onTheSmallestScreensTheViewKeepsRoom(size: Size) {
    var state = TourNetwork.begun(size)
    for _ in TourStep.all {
      #expect(ScreenLayout(state, size).body.height >= 6)
      #expect(state.screen.textRows()[0].contains("tollgate"))
      state.tour(.enter)
    }
  }

  @Test(arguments: sizes) func thePanelTakesRowsOfItsOwn(size: Size) {
    let state = TourNetwork.begun(size)
    let layout = ScreenLayout(state, size)
    for other in [layout.header, layout.tabs, layout.body, layout.sentence, layout.timeline] {
      #expect(other.isEmpty || other.maxY <= layout.tour.y || other.y >= layout.tour.maxY)
    }
    #expect(layout.body.height >= 13)
  }

  @Test func backspaceGoesBackAndStopsAtTheFirstStep() {
    var state = TourNetwork.begun()
    state.tour(.enter, .enter, .backspace)
    #expect(state.tour?.step == 1)
    state.tour(.backspace, .backspace)
    #expect(state.tour?.step == 0)
    #expect(state.message?.text == "this is the first step of the tour")
  }

  @Test(
    arguments: [
      [.down], [.character("2")], [.character("<")], [.character("."), .character("]")],
      [.character("x")], [.character("3"), .character("+")], [.character("f")],
    ] as [[Key]])
  func otherKeysExploreAndEnterComesBack(keys: [Key]) {
    var state = TourNetwork.begun()
    state.tour(.enter)
    let (selection, display, epoch) = (state.selection, state.display, state.timeline.cursor)
    let words = text(state)
    for key in keys { state.tour(key) }
    #expect(head(state).contains("Enter comes back"))
    state.tour(.enter)
    #expect(state.tour?.step == 1)
    #expect(state.selection == selection && state.display == display)
    #expect(state.timeline.cursor == epoch && state.clamps.isEmpty)
    #expect(text(state) == words)
    state.tour(.enter)
    #expect(state.tour?.step == 2)
  }

  @Test func theColoursMayChangeOnTheWay() {
    var state = TourNetwork.begun()
    state.tour(.character("m"), .enter)
    #expect(state.tour?.step == 1 && state.display.colorMap != .viridis)
  }

  @Test func escapeLeavesAndPutsBackWhatWasSet() {
    var state = TourNetwork.opened()
    state.tour(.character("+"), .character("x"), .character("3"), .character("+"))
    let (thresholds, clamps) = (state.display.thresholds, state.clamps)
    #expect(thresholds != Thresholds() && !clamps.isEmpty)
    state.tour(.tourFound(TourNetwork.models))
    for _ in 0..<13 { state.tour(.enter) }
    #expect(state.display.view == .compare && state.clamps.isEmpty)
    #expect(state.comparison.entries.map(\.path) == TourNetwork.models.compared)
    #expect(state.preferences.thresholds == thresholds && state.preferences.view == .cells)
    state.tour(.escape)
    #expect(state.tour == nil && state.display.view == .compare)
    #expect(state.display.thresholds == thresholds && state.clamps == clamps)
    #expect(state.comparison.entries.isEmpty)
  }

  @Test func offTheTourItsKeysAreTheOthers() {
    var state = TourNetwork.opened()
    state.press(.enter)
    #expect(state.display.isZoomed)
    state.press(.backspace)
    #expect(state.message?.text.contains("does nothing") == true && state.tour == nil)
    state.press(.character(" "))
    #expect(state.training.isActive)
    state.press(.character("T"))
    #expect(state.message?.text == "training runs; space pauses it")
  }

  @Test func whileTrainingRunsSpacePausesIt() {
    var state = TourNetwork.begun()
    state.tour(.character("t"))
    #expect(state.training.isActive)
    #expect(head(state).contains("space pauses training"))
    state.tour(.character(" "))
    #expect(state.tour?.step == 0 && state.training.phase == .pausing)
  }

  @Test func aPressOnThePanelGoesOn() {
    var state = TourNetwork.begun()
    let y = ScreenLayout(state, state.size).tour.y + 1
    state.tour(.terminal(.mouse(MouseEvent(.press, at: Point(x: 5, y: y)))))
    #expect(state.tour?.step == 1)
  }

  @Test func theFootNamesNoKeyThatTheTourTook() {
    var state = TourNetwork.opened(Size(width: 200, height: 60))
    #expect(state.screen.textRows().last?.contains("Enter zoom in") == true)
    state.tour(.tourFound(TourNetwork.models))
    state.tour(.enter)
    #expect(state.screen.textRows().last?.contains("Enter") == false)
  }
}
