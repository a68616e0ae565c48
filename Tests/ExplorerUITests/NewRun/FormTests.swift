import ExplorerUI
import Testing

@testable import HighwayNetworks

extension RunSettings {
  /// What a network that is no preset is made of.
  fileprivate var layers: NetworkSettings? {
    if case .layers(let settings) = network { settings } else { nil }
  }
}

/// Filling in the form for a new network.
@Suite struct FormTests {
  private static let data = RunData(
    path: "models/data/mnist", name: "MNIST", input: .image(channels: 1, height: 28, width: 28),
    classes: 10, trainSamples: 4000, testSamples: 1000)

  /// A state with the form open over a view, and its data set looked at.
  static func opened(size: Size = Size(width: 80, height: 24)) -> ExplorerState {
    let network = SyntheticNetwork(layers: 9, units: 6, classes: 10)
    var state = ExplorerState(size: size)
    var summary = network.summary(epochs: 2)
    summary.hyperparameters = Hyperparameters(learningRate: 0.7, momentum: 0.8, seed: 3)
    summary.dataPath = data.path
    state.play([.modelOpened(summary)], with: network)
    state.press(.character("N"))
    _ = update(&state, with: .dataChecked(path: data.path, .found(data)))
    return state
  }

  private func form(_ state: ExplorerState) -> NewRunForm? {
    if case .newRun(let form) = state.mode { form } else { nil }
  }

  /// Goes to a field and types over what it says.
  private func fill(_ state: inout ExplorerState, _ field: NewRunField, _ text: String) {
    for _ in NewRunField.allCases where form(state)?.focus != .field(field) { state.press(.down) }
    state.press(.control("u"))
    for character in text { state.press(.character(character)) }
  }

  @Test func itIsFilledInLikeTheModelThatIsOpen() throws {
    var state = Self.opened()
    let settings = try #require(form(state)?.settings)
    #expect(
      settings.network
        == .layers(
          NetworkSettings(
            gating: .coupled, depth: 10, units: 6, activation: .tanh, gateBias: -2)))
    #expect(settings.hyperparameters == Hyperparameters(learningRate: 0.7, momentum: 0.8, seed: 3))
    #expect(settings.epochs == Hyperparameters.standardEpochs)
    #expect(settings.dataPath == "models/data/mnist")
    #expect(state.press(.enter) == [.beginRun(settings)])
    #expect(state.mode == .normal)
  }

  @Test func aProposedDataSetIsTakenWhereNoneIsTyped() {
    var state = ExplorerState(size: Size(width: 80, height: 24))
    let entries = ["a", "b"].map { ModelEntry(path: $0, name: $0) }
    _ = update(&state, with: .modelsListed(entries, preferred: nil))
    #expect(state.press(.character("N")) == [.checkData(path: "")])
    _ = update(&state, with: .dataChecked(path: "", .found(Self.data)))
    #expect(form(state)?.text(.data) == "models/data/mnist")
    #expect(form(state)?.settings?.network == .layers(.standard))
    #expect(form(state)?.settings?.hyperparameters == .standard)
    #expect(state.screen.textRows()[0].contains("2 models to open"))
    state.press(.escape)
    #expect(state.mode == .models)
  }

  @Test func gatingsAreTurnedThroughAndTyped() {
    var state = Self.opened()
    var seen: [String?] = []
    for _ in Gating.names {
      seen.append(form(state)?.text(.gating))
      state.press(.right)
    }
    #expect(seen == Gating.names)
    #expect(form(state)?.text(.gating) == "coupled", "around")
    state.press(.left)
    #expect(form(state)?.text(.gating) == "frozen")
    for letter in "res" { state.press(.character(letter)) }
    #expect(form(state)?.error(.gating) == nil, "the only one that begins so")
    state.press(.down)
    #expect(form(state)?.text(.gating) == "residual")
    #expect(form(state)?.focus == .field(.depth), "neither p nor a gate bias is asked for")
  }

  @Test(arguments: Gating.names)
  func fieldsThatMeanNothingSayWhy(name: String) throws {
    var state = Self.opened()
    fill(&state, .gating, name)
    state.press(.down)
    let settings = try #require(form(state)?.settings)
    let layers = try #require(settings.layers)
    #expect(layers.gating.name == name)
    let rows = state.screen.textRows()
    let bias = rows.first { $0.contains("gate bias  ") } ?? ""
    #expect(bias.contains("no gate to learn") == !layers.gating.learnsGates, "\(bias)")
    let constant = rows.first { $0.contains("constant T, p") } ?? ""
    #expect(constant.contains("only frozen gates have it") == (name != "frozen"))
  }

  @Test(arguments: [
    (NewRunField.gating, "open", "found open"), (.gating, "", "found nothing"),
    (.gateBias, "nan", "expected a number, found nan"), (.gateBias, "-", "expected a number"),
    (.depth, "0", "expected 1 to 100000, found 0"), (.depth, "1000000000", "found 1000000000"),
    (.depth, "1e9", "found 1e9"), (.width, "-3", "expected 1 to 100000, found -3"),
    (.width, "99999999999999999999", "expected 1 to 100000"),
    (.activation, "selu", "expected relu, tanh, sigmoid, linear, found selu"),
    (.learningRate, "0", "expected a positive number, found 0"),
    (.learningRate, "inf", "expected a positive number, found inf"),
    (.schedule, "steps=0.1", "found steps=0.1"), (.schedule, "", "found nothing"),
    (.momentum, "1", "expected 0 or more and less than 1, found 1"),
    (.nesterov, "maybe", "expected yes or no, found maybe"),
    (.weightDecay, "-1", "expected 0 or more, found -1"),
    (.batchSize, "0", "expected 1 to 1000000, found 0"),
    (.epochs, "0", "expected 1 to 999999999, found 0"),
    (.seed, "-1", "expected 0 to 18446744073709551615, found -1"),
  ])
  func nonsenseIsSaidAtOnceAndNamedByEnter(field: NewRunField, text: String, problem: String) {
    for (width, height) in [(60, 16), (80, 24)] {
      var state = Self.opened(size: Size(width: width, height: height))
      fill(&state, field, text)
      #expect(form(state)?.problem(field)?.contains(problem) == true)
      let rows = state.screen.textRows()
      #expect(rows.contains { $0.contains("expected ") }, "\(rows.joined(separator: "\n"))")
      state.press(.down)
      #expect(state.press(.enter).isEmpty)
      #expect(form(state)?.focus == .field(field))
      #expect(form(state)?.problem?.contains(problem) == true)
    }
  }

  @Test func theConstantOfFrozenGatesIsChecked() {
    var state = Self.opened()
    fill(&state, .gating, "frozen")
    fill(&state, .constant, "0.25")
    #expect(form(state)?.settings?.layers?.gating == .frozen(p: 0.25))
    fill(&state, .constant, "1.5")
    #expect(form(state)?.problem(.constant) == "expected a number from 0 to 1, found 1.5")
    #expect(form(state)?.problem(.gating) == nil)
  }

  @Test func aPresetBringsItsNetworkAndItsRecipe() throws {
    var state = Self.opened()
    fill(&state, .preset, "highway-mnist-10-n")
    state.press(.down)
    #expect(form(state)?.text(.preset) == "highway-mnist-10-narrow", "the only one that begins so")
    #expect(form(state)?.focus == .field(.learningRate), "the preset says what it is made of")
    #expect(form(state)?.parameterCount == 38_986)
    let rows = state.screen.textRows()
    #expect(rows.contains { $0.contains("depth") && $0.contains("as the preset has it") })
    let preset = try #require(Preset.all.first { $0.name == "highway-mnist-10-narrow" })
    let settings = try #require(form(state)?.settings)
    #expect(settings.network == .preset(preset))
    #expect(settings.hyperparameters == preset.hyperparameters(seed: 3))
    #expect(settings.epochs == 300)
    fill(&state, .epochs, "5")
    fill(&state, .learningRate, "0.02")
    #expect(form(state)?.settings?.epochs == 5)
    #expect(form(state)?.settings?.hyperparameters.learningRate == 0.02)
    #expect(
      form(state)?.settings?.hyperparameters.factors == preset.hyperparameters(seed: 3).factors)
    fill(&state, .preset, "none")
    #expect(form(state)?.settings?.layers?.depth == 10, "the lines are as they were")
    #expect(form(state)?.text(.learningRate) == "\(Hyperparameters.standard.learningRate)")
  }

  @Test func aPresetThatTheImagesDoNotFitSaysSo() {
    var state = Self.opened()
    fill(&state, .preset, "resnet-20")
    #expect(
      state.screen.textRows().contains { $0.contains("resnet-20 is the paper's network for") })
    let row = RunData(
      path: Self.data.path, name: "rows", input: Shape(features: 784), classes: 10,
      trainSamples: 10, testSamples: 10)
    _ = update(&state, with: .dataChecked(path: row.path, .found(row)))
    #expect(form(state)?.problem(.preset)?.contains("resnet-20 does not fit") == true)
    #expect(state.press(.enter).isEmpty)
    #expect(form(state)?.problem?.hasPrefix("preset: ") == true)
  }

  @Test func aNetworkOfAPresetIsProposedAgain() throws {
    let preset = try #require(Preset.all.first { $0.name == "highway-mnist-10" })
    var summary = SyntheticNetwork().summary()
    summary.architecture = try preset.architecture(
      input: .image(channels: 1, height: 28, width: 28), classes: 10)
    summary.hyperparameters = Hyperparameters(learningRate: 0.02, seed: 7)
    let form = NewRunForm(like: summary, isOverModels: false)
    #expect(form.text(.preset) == "highway-mnist-10")
    #expect(form.text(.learningRate) == "0.02")
  }

  @Test func parametersAreCountedWithoutMakingThem() {
    var state = Self.opened()
    let architecture = form(state).flatMap {
      try? $0.settings?.network.architecture(
        input: Shape(features: 784), classes: 10)
    }
    #expect(form(state)?.parameterCount == architecture.map { ParameterLayout($0).count })
    fill(&state, .depth, "100000")
    fill(&state, .width, "100000")
    #expect(form(state)?.parameterCount == nil)
    #expect(form(state)?.problem(.depth)?.contains("at most 2147483648 parameters") == true)
    #expect(state.press(.enter).isEmpty)
  }

  @Test func dataThatCannotBeUsedIsSaidInTheForm() {
    var state = Self.opened()
    state.press(.pageDown, .up)
    let effects = state.press(.character("x"))
    #expect(effects.contains(.checkData(path: "models/data/mnistx")))
    _ = update(&state, with: .dataChecked(path: "models/data/mnist", .found(Self.data)))
    #expect(form(state)?.data == .asked, "an answer about what was typed before")
    let reason = "models/data/mnistx: there is no such file or directory"
    _ = update(&state, with: .dataChecked(path: "models/data/mnistx", .failed(reason)))
    #expect(state.screen.textRows().contains { $0.contains(reason) })
    #expect(state.press(.enter).isEmpty)
    #expect(form(state)?.problem == "data: " + reason)
    #expect(!state.screen.textRows().contains { $0.contains("parameters,") })
  }

  @Test func pathsAreCompletedAsFarAsTheyAgree() {
    var state = Self.opened()
    state.press(.pageDown)
    #expect(state.press(.up) == [.listPaths(directory: "models/data/")])
    let names = ["mnist-5k/", "mnist-10k/", ".hidden/"]
    _ = update(&state, with: .pathsListed(Palette.Listing(directory: "models/data/", names: names)))
    #expect(state.press(.tab).contains(.checkData(path: "models/data/mnist-")))
    #expect(state.screen.textRows().contains { $0.contains("Tab: mnist-5k/ mnist-10k/") })
    state.press(.character("5"))
    #expect(state.press(.tab).contains(.checkData(path: "models/data/mnist-5k/")))
  }

  @Test func linesAndButtonsAreClickedOn() {
    var state = Self.opened()
    func click(_ text: String, _ offset: Int = 0) -> [Effect] {
      let rows = state.screen.textRows()
      guard let y = rows.firstIndex(where: { $0.contains(text) }),
        let range = rows[y].firstRange(of: text)
      else { return [] }
      let x = rows[y].distance(from: rows[y].startIndex, to: range.lowerBound) + offset
      return update(&state, with: .terminal(.mouse(MouseEvent(.press, at: Point(x: x, y: y)))))
    }
    _ = click("activation")
    #expect(form(state)?.focus == .field(.activation))
    _ = click("‹ tanh ›", 7)
    #expect(form(state)?.text(.activation) == "sigmoid")
    _ = click("‹ sigmoid ›")
    #expect(form(state)?.text(.activation) == "tanh")
    _ = click("constant T, p")
    #expect(form(state)?.focus == .field(.activation), "it means nothing here")
    _ = click("[ Cancel ]")
    #expect(state.mode == .normal)
    state = Self.opened()
    #expect(click("[ Train ]").count == 1)
  }

  @Test func itIsDrawnWholeOnOrdinaryScreens() {
    #expect(
      Self.opened().screen.textRows()[1...22].map { String($0.dropFirst(2).prefix(76)) } == [
        "╭─ New network ────────────────────────────────────────────────────────────╮",
        "│   preset         none                                                    │",
        "│ › gating         ‹ coupled ›                                             │",
        "│   constant T, p  – only frozen gates have it                             │",
        "│   gate bias      -2.0                                                    │",
        "│   depth          10                                                      │",
        "│   width          6                                                       │",
        "│   activation     tanh                                                    │",
        "│   learning rate  0.7                                                     │",
        "│   schedule       constant                                                │",
        "│   momentum       0.8                                                     │",
        "│   Nesterov       no                                                      │",
        "│   weight decay   0.0                                                     │",
        "│   batch size     100                                                     │",
        "│   epochs         20                                                      │",
        "│   seed           3                                                       │",
        "│   data           models/data/mnist                                       │",
        "│ how T and C of the highway layers are made: coupled, full,               │",
        "│ transform-only, carry-only, residual, plain, frozen                      │",
        "│ 5,536 parameters, 21.6 KiB an epoch · MNIST, 4,000 images, 10 classes    │",
        "│ [ Train ]  [ Cancel ]                                                    │",
        "╰──────────────────────────────────────────────────────────────────────────╯",
      ])
  }

  @Test func smallScreensScrollIt() {
    var state = Self.opened(size: Size(width: 60, height: 16))
    var seen = Set<String>()
    // All but the constant of frozen gates, and the preset, which is above the first.
    for _ in NewRunField.allCases.dropLast(2) {
      let rows = state.screen.textRows()
      #expect(rows.filter { $0.contains("›") }.count == 1)
      #expect(rows.contains { $0.contains("[ Train ]  [ Cancel ]") })
      for field in ["gating", "depth", "momentum", "seed", "data"]
      where rows.contains(where: { $0.contains("  \(field)  ") || $0.contains("› \(field)  ") }) {
        seen.insert(field)
      }
      state.press(.down)
    }
    #expect(seen.count == 5)
  }

  @Test func everySizeAndTerminalDraws() {
    for unicode in [true, false] {
      var state = Self.opened()
      state.capabilities = Capabilities(colors: .mono, unicode: unicode)
      for width in stride(from: 1, through: 220, by: 23) {
        for height in stride(from: 1, through: 70, by: 5) {
          state.size = Size(width: width, height: height)
          state.press(.down)
          let canvas = state.screen
          #expect(unicode || canvas.glyphs.allSatisfy { $0.scalar.value < 0x80 })
        }
      }
    }
  }

  @Test func namesFromFilesAreShownHarmless() {
    var state = Self.opened()
    var data = Self.data
    data.name = "\u{1B}[2J\u{202E}evil"
    state.press(.pageDown, .up, .character("x"))
    _ = update(&state, with: .dataChecked(path: "models/data/mnistx", .found(data)))
    #expect(state.screen.glyphs.allSatisfy { $0.scalar != "\u{1B}" && $0.scalar != "\u{202E}" })
  }
}
