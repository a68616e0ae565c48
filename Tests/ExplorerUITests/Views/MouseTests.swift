import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct MouseTests {
  private let network = SyntheticNetwork(layers: 12, units: 40, classes: 3)
  private var ready: ExplorerState {
    .ready(network, size: Size(width: 120, height: 40), epochs: 8)
  }

  private func click(_ x: Int, _ y: Int, _ state: inout ExplorerState) {
    _ = update(&state, with: .terminal(.mouse(MouseEvent(.press, at: Point(x: x, y: y)))))
  }

  @Test func tabsOpenViews() {
    var state = ready
    let row = state.screen.textRows()[1]
    for view in View.allCases {
      guard let place = row.firstRange(of: view.title) else {
        Issue.record("no tab \(view.title)")
        continue
      }
      click(row.distance(from: row.startIndex, to: place.lowerBound), 1, &state)
      #expect(state.display.view == view)
    }
  }

  @Test func cellUnderTheMouseIsTheOneThatIsMarked() throws {
    var state = ready
    for (layer, unit) in [(0, 0), (4, 17), (10, 39)] {
      state.selection.layer = layer
      state.selection.unit = unit
      let canvas = state.screen
      let marked = try #require(canvas.cells.firstIndex { $0.scalar == "╋" })
      state.selection.layer = 7
      state.selection.unit = 3
      click(marked % 120, marked / 120, &state)
      #expect(state.selection.layer == layer)
      #expect(state.selection.unit == unit)
      #expect(state.display.panel == .gateBias)
    }
  }

  @Test func wheelMovesTheLayerAndTheEpoch() {
    var state = ready
    let body = Point(x: 20, y: 10)
    _ = update(&state, with: .terminal(.mouse(MouseEvent(.scrollDown, at: body))))
    #expect(state.selection.layer == 1)
    let timeline = Point(x: 10, y: 37)
    _ = update(&state, with: .terminal(.mouse(MouseEvent(.scrollUp, at: timeline))))
    #expect(state.timeline.cursor == 7)
  }

  @Test func timelineAndBarsCanBePointedAt() {
    var state = ready
    click(7 + 3 * 2, 38, &state)
    #expect(state.timeline.cursor == 2)
    state.display.view = .cells
    click(20, 5 + 9, &state)
    #expect(state.selection.layer == 9)
    state.display.view = .classes
    state.display.showsAllClasses = true
    let rows = state.screen.textRows()
    let title = rows.firstIndex { $0.hasPrefix(" class 2 ") } ?? 0
    click(5, title + 2, &state)
    #expect(state.selection.label == 2)
  }

  @Test func longTimelinesShareColumns() {
    var state = ExplorerState.ready(network, size: Size(width: 80, height: 24), epochs: 400)
    #expect(state.timeline.cursor == 400)
    click(7, 22, &state)
    #expect(state.timeline.cursor == 0)
    #expect(state.screen.textRows()[22].hasPrefix(" epoch ●●●"))
  }
}
