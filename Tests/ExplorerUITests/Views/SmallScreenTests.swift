import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

/// What has to be whole on a screen of 80 × 24 too.
@Suite struct SmallScreenTests {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)

  private func rows(
    _ view: String, _ model: ModelSummary, _ size: Size = Size(width: 80, height: 24)
  ) -> [String] {
    var state = ExplorerState(size: size)
    state.play([.modelOpened(model)], with: network)
    state.play(view.map { .terminal(.key(.character($0))) }, with: network)
    return state.screen.textRows()
  }

  /// The words right of the rule of the training view.
  private func column(_ rows: [String]) -> String {
    rows[2..<20].compactMap { $0.split(separator: "│").last.map(String.init) }
      .joined(separator: " ").split(separator: " ").joined(separator: " ")
  }

  @Test func theClassThatChangedMostStaysWhereNotAllHaveRoom() {
    func outcome(_ errors: [Double]) -> LesionSweep.Outcome {
      LesionSweep.Outcome(loss: 1, error: 0.1, classError: errors)
    }
    var state = ExplorerState(size: Size(width: 80, height: 24))
    state.play([.modelOpened(network.summary(epochs: 2))], with: network)
    let table = OutcomeTable(
      title: "held", before: outcome([0.1, 0.2, 0.5]), after: outcome([0.1, 0.2, 0.1]),
      column: "held")
    var canvas = Canvas(size: Size(width: 40, height: 6))
    table.draw(state, on: &canvas, in: canvas.bounds)
    let rows = canvas.textRows()
    #expect(rows[4].contains("50.00") && rows[4].contains("-40.00"))
    #expect(rows[5].contains("2 more"))
  }

  @Test func settingsAreWholeBesideTheNumbersOfEpochs() {
    var model = network.summary(epochs: 20)
    model.facts = [
      .init("layers", "50, 49 highway"), .init("parameters", "289,660"),
      .init("gating", "coupled"), .init("activation", "tanh"),
      .init("gate bias", "-2.0 at first"), .init("batch size", "100"),
      .init("learning rate", "0.7 × 0.98 an epoch"), .init("momentum", "0.9"),
      .init("weight decay", "0.0"), .init("seed", "3"), .init("version", "0.1.0"),
    ]
    let column = column(rows("6", model))
    for fact in model.facts {
      #expect(column.contains("\(fact.label) \(fact.value)"), "\(fact.label): \(column)")
    }
    #expect(column.contains("epoch train test acc.%") && column.contains(" 20 "))
  }

  @Test func largeLossesDoNotRunTogether() {
    var model = network.summary(epochs: 3)
    for index in model.metrics.indices {
      model.metrics[index].trainLoss = 12.7762
      model.metrics[index].testLoss = 1_112.3101
    }
    #expect(column(rows("6", model)).contains(" 12.776 1112.31 "))
  }

  @Test func largeLossesOfLesionsDoNotRunTogether() {
    func outcome(_ loss: Double) -> LesionSweep.Outcome {
      LesionSweep.Outcome(loss: loss, error: 0.1, classError: [0, 0, 0])
    }
    var state = ExplorerState(size: Size(width: 80, height: 24))
    state.play([.modelOpened(network.summary(epochs: 2))], with: network)
    let table = OutcomeTable(
      title: "held", before: outcome(180.912), after: outcome(1_189.61), column: "held")
    var canvas = Canvas(size: Size(width: 30, height: 6))
    table.draw(state, on: &canvas, in: canvas.bounds)
    #expect(canvas.textRows()[2].contains(" 180.91 1189.6 +1008.7"))
  }

  @Test func aSentenceHasTheDigitsOfTheTable() {
    var model = network.summary(epochs: 3)
    model.metrics[3].testAccuracy = 0.9345
    let rows = rows("6", model)
    #expect(column(rows).contains("93.45"))
    #expect(rows[20].contains("epoch 3: 93.45 % of test samples"), "\(rows[20])")
  }

  @Test func epochsAreNumberedAndWhatIsLeftOutIsDotted() {
    var model = network.summary(epochs: 12)
    model.recordedEpochs = [0, 1, 2, 5, 12]
    #expect(rows("1", model)[22].hasPrefix(" epoch ●0   ●1   ●2···●5···●12  "))
    let loss = rows("1", model, Size(width: 120, height: 40))[37]
    #expect(loss.contains("–") && loss.contains(", log"), "\(loss)")
  }

  @Test func theRowsBelowTheClassesListLayersByEffect() {
    let tall = rows("5", network.summary(epochs: 3), Size(width: 120, height: 40))
    #expect(tall.joined().contains("error with T = 0, points"), "\(tall.joined(separator: "\n"))")
    #expect(!rows("5", network.summary(epochs: 3)).joined().contains("with T = 0, points"))
  }

  @Test func theSizeOfAModelIsItsDepthAndWidth() throws {
    var state = ExplorerState(size: Size(width: 80, height: 24))
    var entry = ModelEntry(path: "models/plain-50", name: "plain-50")
    (entry.depth, entry.layers, entry.width, entry.gating) = (50, 49, 71, "plain")
    _ = update(&state, with: .modelsListed([entry], preferred: nil))
    let row = try #require(state.screen.textRows().first { $0.contains("plain-50") })
    #expect(row.contains(" 50×71 ") && !row.contains("49×"))
    #expect(state.screen.textRows()[2].contains(" size "))
  }

  @Test func coloursOfClassesAreFoundOnceForEachChange() throws {
    var state = ExplorerState.ready(network, epochs: 3)
    #expect(state.classScale == nil, "another view is open")
    state.press(.character("2"))
    let kept = try #require(state.classScale)
    #expect(ClassesView.scale(state) == kept.scale)
    // What is kept is what is drawn with.
    state.classScale = ClassScale(
      subject: kept.subject, scale: ColorScale(.vik, lower: -7, upper: 7))
    #expect(ClassesView.scale(state).upper == 7)
    state.press(.right)
    #expect(state.classScale?.scale.upper == 7, "the cursor changes nothing")
    for key in ["z", "z"] as [Character] {
      let before = try #require(state.classScale).subject
      state.press(.character(key))
      #expect(state.classScale?.subject != before && state.classScale?.scale.upper != 7, "\(key)")
    }
  }

  @Test func layersBeyondCountingAreNotLesionedOneAtATime() {
    let deep = SyntheticNetwork(layers: LesionRequest.mostLayers + 1, units: 1, classes: 2)
    var state = ExplorerState(size: Size(width: 80, height: 24))
    _ = update(&state, with: .modelOpened(deep.summary(epochs: 1)))
    let effects = state.press(.character("5"))
    #expect(effects.questions?.contains { $0.kind == .lesions } != true)
    #expect(state.screen.textRows().joined().contains("too many to hold each"))
    state.press(.character("x"))
    #expect(
      state.results.pendingLesions.map(\.clamps.isEmpty) == [false], "what is held is measured")
  }

  @Test func nothingIsAskedOfTrainingThatTheViewOfLesionsDoesNotShow() {
    var state = ExplorerState.ready(network, epochs: 3)
    state.press(.character("5"), .character(" "))
    _ = update(
      &state,
      with: .trainingProgressed(
        TrainingProgress(epoch: 4, step: 1, steps: 40, loss: 0.3, samplesPerSecond: 9000)))
    #expect(!state.training.watched.isEmpty)
    #expect(!state.training.watched.contains { $0.kind == .statistics })
    state.press(.character("1"))
    #expect(state.training.watched.contains { $0.kind == .statistics })
  }
}
