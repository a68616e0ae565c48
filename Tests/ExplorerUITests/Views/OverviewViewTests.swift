import ExplorerUI
import Testing

/// How many heatmaps of the overview are shown, and how sharply; all classes side by side.
@Suite struct OverviewViewTests {
  private let network = SyntheticNetwork(layers: 49, units: 50, classes: 10)

  private func canvas(_ state: ExplorerState) -> Canvas {
    var canvas = Canvas(size: state.size, capabilities: state.capabilities)
    draw(state, on: &canvas)
    return canvas
  }

  @Test func twoHeatmapsWithAPlaceForEveryValueComeBeforeFourWithout() {
    var state = ExplorerState.ready(network, size: Size(width: 120, height: 40), epochs: 3)
    let first = canvas(state).textRows()
    let titles = first[2]
    #expect(titles.contains("gate bias") && titles.contains("mean T"), "\(titles)")
    #expect(!titles.contains("mean of") && !titles.contains("of sample"), "\(titles)")
    #expect(first.contains { $0.contains("Tab gate bias · mean T · sample T · sample y") })
    state.play([.terminal(.key(.tab)), .terminal(.key(.tab))], with: network)
    let next = canvas(state).textRows()[2]
    #expect(next.contains("T of sample") && next.contains("y of sample"), "\(next)")
  }

  @Test func allClassesHaveAScaleOfTheMeansThatTheyShow() {
    var state = ExplorerState.ready(network, size: Size(width: 80, height: 24), epochs: 3)
    state.display.view = .classes
    state.display.showsAllClasses = true
    let canvas = canvas(state)
    #expect(canvas.textRows().contains { $0.contains(" layers × ") })
    let palette = ColorMap.vik.palette(.trueColor)
    let strong = Set(palette.prefix(palette.count / 4) + palette.suffix(palette.count / 4))
    let inks = canvas.glyphs.flatMap { [$0.style.foreground, $0.style.background] }
    let shown = inks.count { palette.contains($0) }
    // On the scale of single gates hardly a mean would be as strong.
    #expect(inks.count { strong.contains($0) } > shown / 20, "of \(shown)")
  }

  @Test func meansOfBlocksAreThoseThatAreDrawn() {
    let matrix = HeatmapMatrix(rows: [[1, 2, 3], [5, 6, 7], [9, 9, 9]] as [[Float]])
    #expect(matrix.means(rowStep: 2, columnStep: 2) == [3.5, 5, 9, 9])
    #expect(matrix.means(rowStep: 1, columnStep: 1) == matrix.values)
  }
}
