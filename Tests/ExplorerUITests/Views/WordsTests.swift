import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct WordsTests {
  private let network = SyntheticNetwork(layers: 6, units: 9, classes: 3)

  @Test(arguments: View.allCases)
  func everyViewSaysWhatIsUnderTheCursor(view: View) {
    for (width, height) in [(60, 16), (80, 24), (120, 40), (200, 60)] {
      var state = ExplorerState.ready(
        network, size: Size(width: width, height: height), epochs: 6)
      if view == .compare {
        state = .comparing(size: Size(width: width, height: height))
      }
      state.display.view = view
      let rows = state.screen.textRows()
      let timeline = height >= 62 ? 3 : height >= 20 ? 2 : 1
      let sentence = rows[height - timeline - 2]
      let words =
        switch view {
        case .training: "epoch 6: "
        case .compare: "coupled-4: "
        case .sample: "sample "
        default: "layer "
        }
      #expect(sentence.hasPrefix(" " + words), "\(view): \(sentence)")
      if view == .training || view == .compare { #expect(sentence.contains("correct")) }
    }
  }

  @Test func longMessagesKeepTheirEnd() {
    let text =
      "the data set MNIST-with-a-long-name is not here; name its directory with --data or install "
      + "it, and here is what to do at the very end"
    for width in [60, 80, 100] {
      var state = ExplorerState.ready(network, size: Size(width: width, height: 24), epochs: 2)
      _ = update(&state, with: .noticed(Message(.warning, text)))
      let rows = state.screen.textRows()
      #expect(rows.last?.hasSuffix("the very end") == true, "\(width)")
      state.press(.down)
      #expect(state.screen.textRows().last?.hasSuffix("q leave") == true)
    }
    var state = ExplorerState.ready(network, size: Size(width: 60, height: 16), epochs: 2)
    _ = update(&state, with: .noticed(Message(.warning, text + text)))
    #expect(state.screen.textRows().last?.hasSuffix("…") == true)
  }

  @Test func headerSaysThatTheDataIsNotHere() {
    var state = ExplorerState(size: Size(width: 160, height: 40))
    _ = update(&state, with: .modelOpened(network.summary(dataProblem: "no data found")))
    #expect(state.screen.textRows()[0].contains("MNIST, not here"))
    #expect(!state.screen.textRows()[0].contains("samples"))
  }
}
