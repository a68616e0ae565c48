import ExplorerUI
import Testing

@testable import HighwayNetworks

/// The list of cells by the quantity that is shown, and a class set against another.
@Suite struct RankingTests {
  private let network = SyntheticNetwork(layers: 6, units: 9, classes: 3)
  private var ready: ExplorerState {
    .ready(network, size: Size(width: 120, height: 40), epochs: 4)
  }

  /// The cells by the size of the difference between two classes, the largest first.
  private var differences: [(layer: Int, unit: Int, value: Float)] {
    let statistics = network.statistics(epoch: 4)
    return statistics.layers.enumerated().flatMap { index, layer in
      (0..<layer.units).map { unit in
        let means = [0, 2].map { layer.classMeanT[$0 * layer.units + unit] }
        return (index, unit, means[0] - means[1])
      }
    }.sorted { $0.2.magnitude > $1.2.magnitude }
  }

  /// The classes view with class 0 set against class 2.
  private func against() -> ExplorerState {
    var state = ready
    state.press(.character("2"), .character("v"), .character("2"), .enter)
    return state
  }

  @Test func theListBeginsWithTheCellFarthestFromZero() {
    var state = against()
    #expect(state.selection.against == 2)
    state.press(.character("r"))
    for place in 0..<5 {
      #expect(state.selection.block == differences[place].layer)
      #expect(state.selection.unit == differences[place].unit)
      state.press(.down)
    }
    state.press(.up, .up, .home)
    #expect(state.selection.unit == differences[0].unit)
    let first = differences[0]
    let words = "\(first.layer + 1):\(first.unit)"
    let value = NumberFormat.signed(first.value, 3)
    #expect(state.screen.textRows().contains { $0.contains("  1 \(words) ") && $0.contains(value) })
  }

  @Test func aListOfSomethingElseBeginsWithItsFirstCell() {
    var state = ready
    state.play([.terminal(.key(.character("5")))], with: network)
    state.press(.character("r"), .down, .down, .enter)
    state.press(.character("2"), .character("v"), .character("2"), .enter, .character("r"))
    #expect(state.selection.block == differences[0].layer)
    #expect(state.selection.unit == differences[0].unit)
    state.press(.down, .enter, .character("r"))
    #expect(state.selection.unit == differences[1].unit, "the same list goes on where it was")
  }

  @Test func ranksBeyondAThousandAreWhole() {
    let large = SyntheticNetwork(layers: 40, units: 30, classes: 3)
    var state = ExplorerState.ready(large, size: Size(width: 120, height: 40), epochs: 1)
    state.press(.character("2"), .character("r"), .end)
    #expect(state.screen.textRows().contains { $0.contains(/[ ]1,200 \d+:\d+/) })
  }

  @Test func enterStaysAtTheCellAndEscapeGoesBack() {
    var state = against()
    (state.selection.block, state.selection.unit) = (3, 4)
    state.press(.character("r"), .down, .enter)
    #expect(state.selection.block == differences[1].layer)
    #expect(state.selection.unit == differences[1].unit)
    #expect(!state.display.isZoomed)
    (state.selection.block, state.selection.unit) = (3, 4)
    state.press(.character("r"), .down)
    #expect(state.press(.escape).isEmpty)
    #expect(state.selection.block == 3 && state.selection.unit == 4)
    #expect(state.mode == .normal)
  }

  @Test func keysGoOnToTheNextAndThePreviousCell() {
    var state = against()
    state.press(.character("n"))
    #expect(state.selection.unit == differences[0].unit)
    #expect(state.message?.text.hasPrefix("1 of 54, farthest from 0 first") == true)
    state.press(.character("n"), .character("n"))
    #expect(state.selection.block == differences[2].layer)
    #expect(state.selection.unit == differences[2].unit)
    state.press(.character("p"))
    #expect(state.selection.unit == differences[1].unit)
    // From a cell that the ranking did not lead to, it begins anew.
    (state.selection.block, state.selection.unit) = (5, 8)
    state.press(.character("n"))
    #expect(state.selection.block == differences[0].layer)
  }

  @Test func theListIsSortedByWhatIsChosen() throws {
    var state = against()
    state.press(.character("r"), .character("R"))
    let highest = try #require(differences.max { $0.value < $1.value })
    #expect(state.selection.block == highest.layer && state.selection.unit == highest.unit)
    state.press(.character("R"))
    let lowest = try #require(differences.min { $0.value < $1.value })
    #expect(state.selection.block == lowest.layer && state.selection.unit == lowest.unit)
    state.press(.character("R"))
    #expect(state.selection.block == 0 && state.selection.unit == 0)
  }

  @Test func bothClassesAreNamedAndTheirDifferenceIsShown() {
    let state = against()
    let text = state.screen.textRows().joined(separator: "\n")
    #expect(text.contains("class 0 − class 2"))
    #expect(text.contains("each class − class 2"))
    #expect(text.contains("mean T is "))
    let row = NumberTable(state).csv.split(separator: "\n")
    #expect(row[0].hasSuffix("difference"))
    let first = differences.first { $0.layer == 0 && $0.unit == 0 }
    #expect(row[1].split(separator: ",").last.flatMap { Float($0) } == first?.value)
  }

  @Test func aClassIsNotSetAgainstItselfAndStepsPassTheOther() {
    var state = against()
    state.press(.character("]"))
    #expect(state.selection.label == 1)
    state.press(.character("]"))
    #expect(state.selection.label == 0, "2 is what it is set against")
    state.press(.character("v"))
    #expect(state.selection.against == nil)
    state.press(.character("v"), .character("0"), .enter)
    #expect(state.selection.against == nil)
    guard case .palette(let palette) = state.mode else {
      Issue.record("\(state.mode)")
      return
    }
    #expect(palette.problem == "class 0 is the class that is chosen")
  }

  @Test func theOverviewRanksTheHeatmapThatTheKeysActOn() throws {
    var state = ready
    state.press(.tab, .character("r"))
    let layers = network.statistics(epoch: 4).layers
    let most = try #require(layers.flatMap(\.meanT).max())
    #expect(layers[state.selection.block].meanT[state.selection.unit] == most)
    #expect(state.screen.textRows().contains { $0.contains("│ mean T") })
  }

  @Test func aLineOfTheListCanBePointedAt() throws {
    var state = against()
    state.press(.character("r"))
    let rows = state.screen.textRows()
    let third = differences[2]
    let words = " \(third.layer + 1):\(third.unit) "
    let y = try #require(rows.firstIndex { $0.contains("   3\(words)") })
    let place = try #require(rows[y].firstRange(of: words))
    let x = rows[y].distance(from: rows[y].startIndex, to: place.lowerBound) + 2
    _ = update(&state, with: .terminal(.mouse(MouseEvent(.press, at: Point(x: x, y: y)))))
    #expect(state.selection.block == third.layer && state.selection.unit == third.unit)
  }
}
