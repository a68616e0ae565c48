import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

/// Where the numbers of the tour come from, and how the tour begins.
@Suite struct TourAnswersTests {
  private let network = TourNetwork.network
  private let models = TourNetwork.models

  private func text(_ state: ExplorerState) -> String {
    let rect = ScreenLayout(state, state.size).tour
    return state.screen.textRows()[rect.y + 1..<rect.maxY].joined(separator: " ")
      .split(separator: " ").joined(separator: " ")
  }

  @Test func numbersThatAreNotThereAreSaidToBeComputed() {
    var state = ExplorerState(size: Size(width: 120, height: 40))
    _ = update(&state, with: .modelOpened(network.summary()))
    let effects = update(&state, with: .tourFound(models))
    #expect(text(state).hasSuffix("The numbers are being computed…"))
    #expect(text(state).hasPrefix("This network reads digits: 49 highway layers of 50 units."))
    for question in effects.questions ?? [] {
      _ = update(&state, with: .failed(question, "the disk is gone"))
    }
    #expect(text(state).hasSuffix("The numbers are missing: the disk is gone."))
  }

  @Test func numbersAreThoseOfTheAnswers() throws {
    var state = TourNetwork.begun(Size(width: 200, height: 60))
    state.tour(.enter)
    let layers = network.record(sample: 7).trace.layers
    // Layer 5, whose index is 4, and the one before it.
    let (here, before) = (layers[4], layers[3])
    let numbers = [
      here.blockState[43], before.blockOutput[43], here.transformGate[43], here.carryGate[43],
      here.blockOutput[43], layers[5].transformGate[43], layers[5].blockOutput[43],
    ]
    for number in numbers {
      #expect(text(state).contains(NumberFormat.fixed(number, 3)), "\(text(state))")
    }
    state.tour(.enter, .enter)
    let statistics = try #require(state.statistics.value)
    let means = statistics.layers.prefix(10).flatMap(\.meanT).map(Double.init)
    let mean = means.reduce(0, +) / Double(means.count)
    #expect(text(state).contains("\(NumberFormat.fixed(mean, 3)) in the first ten layers"))
    state.tour(.enter)
    let open = layers.reduce(0) { $0 + $1.transformGate.count { $0 > 0.5 } }
    #expect(text(state).contains("\(open) of 2,450 gates are open"))
  }

  @Test func anotherModelMakesRoomForTheRunOfTheTour() {
    var other = network.summary()
    other.path = "runs/other"
    var state = ExplorerState(size: Size(width: 80, height: 24))
    _ = update(&state, with: .modelOpened(other))
    #expect(state.press(.character("T")) == [.findTour])
    #expect(update(&state, with: .tourFound(models)).contains(.openModel(path: models.path)))
    #expect(ScreenLayout(state, state.size).tour.height == 1)
    _ = update(&state, with: .modelOpened(network.summary()))
    #expect(text(state).hasPrefix("This network reads digits"))
    #expect(state.display.view == .sample)
    // Opened in the midst of it: the panel waits in one row, and Enter leads back.
    _ = update(&state, with: .modelOpened(other))
    #expect(ScreenLayout(state, state.size).tour.height == 1)
    #expect(state.press(.enter).contains(.openModel(path: models.path)))
    _ = update(&state, with: .modelFailed(message: "gone"))
    #expect(state.tour == nil && state.message?.text == "gone")
  }

  @Test func trainedEpochsAreNotLostToTheTour() {
    var other = network.summary(epochs: 2)
    other.path = "runs/other"
    var state = ExplorerState(size: Size(width: 80, height: 24))
    _ = update(&state, with: .modelOpened(other))
    _ = update(&state, with: .epochTrained(network.metrics(3)))
    _ = update(&state, with: .tourFound(models))
    #expect(state.mode == .confirmingOpen(path: models.path))
    state.press(.down)
    #expect(state.model?.path == "runs/other")
    #expect(ScreenLayout(state, state.size).tour.height == 1)
    state.press(.escape)
    #expect(state.tour == nil)
  }

  @Test func theListOffersTheTourOnce() throws {
    let offer = "New here? T begins a tour"
    func listed(_ change: (inout ExplorerState) -> Void) -> ExplorerState {
      var state = ExplorerState(size: Size(width: 80, height: 24))
      change(&state)
      let entries = [ModelEntry(path: "a", name: "a"), ModelEntry(path: "b", name: "b")]
      _ = update(&state, with: .modelsListed(entries, preferred: nil))
      return state
    }
    var state = listed { $0.offersTour = true }
    #expect(state.screen.textRows().joined().contains(offer))
    #expect(state.screen.textRows().last?.contains("T tour") == true)
    #expect(state.press(.character("T")) == [.findTour])
    let stored = try Preferences(json: state.preferences.json)
    #expect(stored.knowsTour)
    state = listed { $0.knowsTour = stored.knowsTour }
    #expect(!state.screen.textRows().joined().contains(offer))
    #expect(state.screen.textRows().last?.contains("T tour") == true)
    #expect(!listed { _ in }.preferences.knowsTour, "it was not offered")
  }
}
