import ExplorerUI
import Testing

@testable import HighwayNetworks

/// Which layers could go: the lesion view's list, its sentence, and ranges that are held.
@Suite struct RemovalTests {
  private let network = SyntheticNetwork(layers: 30, units: 2, classes: 3)
  private let sweep = LesionRequest(epoch: .recorded(3), split: .test)
  private var ready: ExplorerState {
    .ready(network, size: Size(width: 160, height: 40), epochs: 3)
  }

  @Test func whatTheHarmlessLayersDoTogetherIsAskedLast() throws {
    var state = ready
    #expect(state.press(.character("5")).questions?.last == .lesions(sweep))
    let found = network.lesions(sweep)
    let layers = found.dispensable
    #expect(layers == Array(21...30))
    let effects = update(&state, with: .answered(.lesions(sweep), .success(.lesions(found))))
    var together = sweep
    together.clamps = GateClamps(lesioning: layers)
    #expect(effects.questions == [.lesions(together)])
    let answer = Answer.lesions(network.lesions(together))
    #expect(state.removalWords == "10 layers change the error by at most 0.1 points each")
    _ = update(&state, with: .answered(.lesions(together), .success(answer)))
    #expect(
      state.removalWords
        == "10 layers change the error by at most 0.1 points each; all of 21–30 together: +16.7")
    #expect(state.screen.textRows().contains { $0.contains("layers change the error by at") })
  }

  @Test func layersAreListedByEffectTheSmallestFirst() {
    var state = ready
    state.play([.terminal(.key(.character("5")))], with: network)
    state.press(.character("r"))
    #expect(state.selection.block == 29)
    state.press(.down)
    #expect(state.selection.block == 28)
    #expect(state.screen.textRows().contains { $0.contains("1 layer 30") })
    state.press(.enter, .character("R"))
    state.press(.character("n"))
    #expect(state.selection.block == 0, "by layer comes next, from the first on")
  }

  @Test func aRangeOfLayersIsHeldAsOneChange() {
    var state = ready
    state.enter(":clamp 20-23=0")
    #expect(state.clamps.entries.map(\.target.layer) == [20, 21, 22, 23])
    #expect(state.clamps.entries.allSatisfy { $0.value == 0 && $0.target.unit == nil })
    #expect(state.message?.text.hasPrefix("layers 20–23 held at 0") == true)
    state.press(.character("u"))
    #expect(state.clamps.isEmpty)
  }

  @Test(arguments: ["23-20=0", "20-99=0", "20-23:1=0", "-3=0", "20-=0.5"])
  func aRangeThatIsNoneIsRefused(text: String) {
    var state = ready
    state.enter(":clamp \(text)")
    #expect(state.clamps.isEmpty)
    guard case .palette(let palette) = state.mode else {
      Issue.record("\(state.mode)")
      return
    }
    #expect(palette.problem != nil)
  }

  @Test func theSentenceCountsLayers() {
    func sweep(_ errors: [Double]) -> LesionSweep {
      func outcome(_ error: Double) -> LesionSweep.Outcome {
        LesionSweep.Outcome(loss: 1, error: error, classError: [])
      }
      return LesionSweep(
        samplesByClass: [], baseline: outcome(0.1),
        layers: errors.enumerated().map { (layer: $0 + 1, outcome: outcome($1)) })
    }
    #expect(
      sweep([0.2, 0.05]).removalWords() == "no layer changes the error by 0.1 points or less")
    #expect(
      sweep([0.2, 0.101]).removalWords() == "layer 2 alone changes the error by at most 0.1 points")
    let some = sweep([0.1, 0.2, 0.099, 0.1005, 0.1012])
    #expect(some.dispensable == [1, 3, 4])
    #expect(
      some.removalWords(together: .init(loss: 1, error: 0.09, classError: []))
        == "3 layers change the error by at most 0.1 points each; all of 1, 3–4 together: -1.0")
  }
}

extension ExplorerState {
  /// Types a line into the palette, such as `:clamp 3=0`.
  fileprivate mutating func enter(_ line: String) {
    for character in line { press(.character(character)) }
    press(.enter)
  }
}
