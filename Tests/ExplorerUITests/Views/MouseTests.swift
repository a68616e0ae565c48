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
      state.selection.block = layer
      state.selection.unit = unit
      let canvas = state.screen
      let marked = try #require(canvas.glyphs.firstIndex { $0.scalar == "╋" })
      state.selection.block = 7
      state.selection.unit = 3
      click(marked % 120, marked / 120, &state)
      #expect(state.selection.block == layer)
      #expect(state.selection.unit == unit)
      #expect(state.display.panel == .gateBias)
    }
  }

  @Test func orderedCellsOfTheTrainingViewAreTheOnesThatAreMarked() throws {
    var state = ready
    state.size = Size(width: 200, height: 60)
    state.press(.character("o"), .character("6"))
    #expect(state.arrangement?.units.first != Array(0..<40))
    state.selection.block = 4
    for unit in 0..<40 {
      state.selection.unit = unit
      let marked = try #require(state.screen.glyphs.firstIndex { $0.scalar == "╋" })
      state.selection.unit = (unit + 1) % 40
      click(marked % 200, marked / 200, &state)
      #expect(state.selection.block == 4)
      #expect(state.selection.unit == unit)
    }
  }

  @Test func wheelMovesTheLayerAndTheEpoch() {
    var state = ready
    let body = Point(x: 20, y: 10)
    _ = update(&state, with: .terminal(.mouse(MouseEvent(.scrollDown, at: body))))
    #expect(state.selection.block == 1)
    let timeline = Point(x: 10, y: 37)
    _ = update(&state, with: .terminal(.mouse(MouseEvent(.scrollUp, at: timeline))))
    #expect(state.timeline.cursor == 7)
  }

  @Test func timelineAndBarsCanBePointedAt() {
    var state = ready
    click(7 + 5 * 2, 38, &state)
    #expect(state.timeline.cursor == 2)
    state.display.view = .cells
    click(20, 5 + 9, &state)
    #expect(state.selection.block == 9)
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

  private func send(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int, _ state: inout ExplorerState) {
    _ = update(&state, with: .terminal(.mouse(MouseEvent(kind, at: Point(x: x, y: y)))))
  }

  /// Where a text stands on the screen.
  private func place(of text: String, in state: ExplorerState) throws -> Point {
    let rows = state.screen.textRows()
    let y = try #require(rows.firstIndex { $0.contains(text) }, "no \(text)")
    let range = try #require(rows[y].firstRange(of: text))
    return Point(x: rows[y].distance(from: rows[y].startIndex, to: range.lowerBound), y: y)
  }

  @Test func draggingAlongTheTimelineScrubsWhereverTheMouseGoes() {
    var state = ready
    send(.press, 7, 38, &state)
    #expect(state.timeline.cursor == 0)
    send(.drag, 7 + 5 * 4, 38, &state)
    #expect(state.timeline.cursor == 4)
    send(.drag, 7 + 5 * 6, 12, &state)
    #expect(state.timeline.cursor == 6)
    send(.drag, 119, 12, &state)
    #expect(state.timeline.cursor == 8)
    send(.release, 119, 12, &state)
    send(.drag, 7, 38, &state)
    #expect(state.timeline.cursor == 8, "a drag that began elsewhere does not scrub")
  }

  @Test func footerHintsAreCommands() throws {
    var state = ready
    for (text, id) in [("[]", "class 2"), ("] class", "class 0"), ("a all", "all")] {
      state.display.view = .classes
      let place = try place(of: text, in: state)
      click(place.x, place.y, &state)
      switch id {
      case "class 2": #expect(state.selection.label == 2)
      case "class 0": #expect(state.selection.label == 0)
      default: #expect(state.display.showsAllClasses)
      }
    }
    let help = try place(of: "? help", in: state)
    click(help.x + 3, help.y, &state)
    #expect(state.mode == .help(Help()))
  }

  @Test func aMessageHidesTheHints() {
    var state = ready
    let last = state.screen.textRows()[39]
    state.message = Message(.notice, "something happened")
    let help = last.distance(
      from: last.startIndex, to: last.firstRange(of: "q leave")?.lowerBound ?? last.startIndex)
    let effects = update(
      &state, with: .terminal(.mouse(MouseEvent(.press, at: Point(x: help, y: 39)))))
    #expect(effects == [])
    #expect(state.message == nil)
  }

  @Test func curvesAndNumbersOfEpochsArePointedAt() throws {
    var state = ready
    state.display.view = .training
    let head = try place(of: "epoch   train", in: state)
    click(head.x + 4, head.y + 1 + 3, &state)
    #expect(state.timeline.current?.id.number == 3)
    // The ticks of the axis stand below the epochs.
    let rows = state.screen.textRows()
    let axis = try #require(rows.firstIndex { $0.hasPrefix("epoch  0 ") })
    let tick = try #require(rows[axis].firstRange(of: "6"))
    let x = rows[axis].distance(from: rows[axis].startIndex, to: tick.lowerBound)
    click(x, axis - 3, &state)
    #expect(state.timeline.current?.id.number == 6)
  }

  @Test func suggestionsArePointedAt() throws {
    var state = ready
    for character in ":class " { state.press(.character(character)) }
    let place = try place(of: "class 1", in: state)
    click(place.x, place.y, &state)
    #expect(state.selection.label == 1)
    #expect(state.mode == .normal)
    state.press(.character(":"))
    click(0, 30, &state)
    #expect(state.mode == .normal)
  }
}
