import ExplorerUI
import Testing

@testable import HighwayNetworks

/// The lesions that the lesion view asks for, and when they are dropped.
@Suite struct LesionTests {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)
  private var ready: ExplorerState { .ready(network, epochs: 6) }
  private let sweep = LesionRequest(epoch: .recorded(6), split: .test)

  @Test func sweepIsAskedForOnceAndOnlyWhereItIsShown() {
    var state = ready
    #expect(state.press(.down).isEmpty)
    #expect(state.press(.character("5")) == [.wanted([.lesions(sweep)])])
    #expect(state.press(.down, .character("L")).isEmpty)
    _ = update(&state, with: .answered(.lesions(sweep), .success(.lesions(network.lesions(sweep)))))
    #expect(state.press(.character("1"), .character("5")).isEmpty, "it is kept")
  }

  @Test func sweepIsDroppedWhereItIsNotShownAnyMore() {
    var state = ready
    state.press(.character("5"))
    #expect(state.press(.character("1")) == [.wanted([])])
    state.press(.character("5"))
    var other = sweep
    other.epoch = .recorded(5)
    let questions = state.press(.character("<")).questions
    #expect(questions?.filter(\.isAboutLesions) == [.lesions(other)])
  }

  @Test func whatIsHeldGoesBeforeTheSweep() {
    var state = ready
    state.press(.character("5"))
    let effects = state.press(.character("x"))
    var held = sweep
    held.clamps.hold(.init(layer: 1), at: 0)
    #expect(effects.questions?.filter(\.isAboutLesions) == [.lesions(held), .lesions(sweep)])
    _ = update(&state, with: .progressed(.lesions(sweep), 0.5))
    #expect(state.results.lesionFraction == 0, "it waits")
    _ = update(&state, with: .answered(.lesions(held), .success(.lesions(network.lesions(held)))))
    _ = update(&state, with: .progressed(.lesions(sweep), 0.5))
    _ = update(&state, with: .progressed(.lesions(sweep), 0.25))
    #expect(state.results.lesionFraction == 0.5, "threads may report out of order")
    #expect(state.screen.textRows().joined().contains("holding each layer in turn… 50 %"))
  }

  @Test func lesionsOfAnotherShapeAreRefused() {
    var state = ready
    state.press(.character("5"))
    let other = SyntheticNetwork(layers: 4, units: 6, classes: 3).lesions(sweep)
    _ = update(&state, with: .answered(.lesions(sweep), .success(.lesions(other))))
    #expect(state.lesionSweep.value == nil)
    #expect(state.lesionSweep.note == "the lesions do not fit this network")
  }

  @Test func failureIsShownAndRetriedOnRepaint() {
    var state = ready
    state.press(.character("5"))
    _ = update(&state, with: .failed(.lesions(sweep), "file is gone"))
    #expect(state.press(.down).isEmpty)
    #expect(state.screen.textRows().joined().contains("file is gone"))
    #expect(state.press(.control("l")).questions == [.lesions(sweep)])
  }

  @Test func arrowsAndTheMouseMoveFromLayerToLayer() {
    var state = ready
    state.play([.terminal(.key(.character("5")))], with: network)
    state.press(.right, .right, .left, .down)
    #expect(state.selection.block == 2 && state.selection.unit == 0)
    for (x, layer) in [(7, 0), (44, 4)] {
      _ = update(&state, with: .terminal(.mouse(MouseEvent(.press, at: Point(x: x, y: 5)))))
      #expect(state.selection.block == layer)
    }
  }
}

extension Question {
  fileprivate var isAboutLesions: Bool { if case .lesions = self { true } else { false } }
}
