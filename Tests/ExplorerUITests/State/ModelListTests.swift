import ExplorerUI
import Testing

@Suite struct ModelListTests {
  private let network = SyntheticNetwork(layers: 4, units: 6, classes: 3)

  private func entry(_ name: String, gating: String = "coupled") -> ModelEntry {
    var entry = ModelEntry(path: "models/" + name, name: name)
    (entry.depth, entry.layers, entry.width, entry.gating) = (5, 4, 6, gating)
    (entry.dataName, entry.accuracy, entry.lastEpoch) = ("MNIST", 0.951, 30)
    entry.layerNumbers = [1, 2, 3, 4]
    return entry
  }

  private func listed(_ size: Size = Size(width: 80, height: 24)) -> ExplorerState {
    var state = ExplorerState(size: size)
    let entries = [entry("alpha"), entry("beta", gating: "full"), entry("gamma")]
    _ = update(&state, with: .modelsListed(entries, preferred: "models/beta"))
    return state
  }

  @Test func listStandsOnTheDefaultAndOpensIt() {
    var state = listed()
    let rows = state.screen.textRows()
    #expect(rows[0] == " tollgate  3 models to open")
    #expect(rows[4].hasPrefix("› beta "))
    #expect(rows[4].contains("5×6"))
    #expect(rows[4].contains("full"))
    #expect(rows[4].contains("MNIST"))
    #expect(rows[4].contains("95.10 %"))
    #expect(rows[4].hasSuffix("30"))
    #expect(state.press(.enter) == [.openModel(path: "models/beta")])
    #expect(state.mode == .normal)
  }

  @Test(arguments: [Size(width: 60, height: 16), Size(width: 80, height: 24)])
  func withoutAnyModelTheListSaysWhatToDo(size: Size) {
    var state = ExplorerState(size: size)
    _ = update(&state, with: .modelsListed([], preferred: nil))
    let text = state.screen.textRows().joined(separator: "\n")
    #expect(text.contains("no models are here yet"), "\(text)")
    #expect(text.contains("N trains a new network") && text.contains("tollgate PATH"))
    #expect(!text.contains("Enter") && !text.contains("search"))
    #expect(state.press(.character("x"), .enter).isEmpty)
    #expect(state.screen.textRows().joined(separator: "\n") == text)
    state.press(.character("N"))
    guard case .newRun = state.mode else {
      Issue.record("\(state.mode)")
      return
    }
    state.press(.escape)
    #expect(state.press(.character("q")) == [.quit])
  }

  @Test func aWideScreenShowsMoreOfEachModelBesideItsName() throws {
    var state = ExplorerState(size: Size(width: 200, height: 60))
    var (small, large) = (entry("alpha"), entry("beta"))
    (small.parameters, small.loss, small.depth) = (1_234, 0.5, 5)
    (large.parameters, large.loss, large.depth) = (56_789, 0.25, 5)
    _ = update(&state, with: .modelsListed([small, large], preferred: nil))
    let rows = state.screen.textRows()
    #expect(rows[2].contains("test acc. epochs test loss highway  parameters"))
    let row = try #require(rows.first { $0.contains(" alpha ") })
    #expect(row.contains("1,234") && row.contains("0.5000"))
    let place = try #require(row.firstRange(of: "5×6"))
    #expect(row.distance(from: row.startIndex, to: place.lowerBound) < 36)
    let order = ModelList.Order.allCases
    for _ in 0..<(order.firstIndex(of: .parameters) ?? 0) { state.press(.tab) }
    #expect(state.models.order == .parameters)
    #expect(state.models.shown.map(\.name) == ["beta", "alpha"])
    state.press(.backTab, .backTab)
    #expect(state.models.order == .loss)
    #expect(state.models.shown.map(\.name) == ["beta", "alpha"])
  }

  @Test func aSlashSearchesNamesAndGatings() {
    var state = listed()
    for letter in "/gam" { state.press(.character(letter)) }
    #expect(state.models.shown.map(\.name) == ["gamma"])
    #expect(state.press(.enter) == [.openModel(path: "models/gamma")])
    state = listed()
    for letter in "/full" { state.press(.character(letter)) }
    #expect(state.models.shown.map(\.name) == ["beta"])
    for letter in "x" { state.press(.character(letter)) }
    #expect(state.screen.textRows()[3].contains("no model has that"))
    #expect(state.press(.enter) == [])
    state.press(.escape)
    #expect(state.models.shown.count == 3)
    #expect(state.press(.character("q")) == [.quit])
  }

  @Test func gateBiasesAreDrawnWhenTheyAreRead() {
    var state = listed()
    #expect(state.screen.textRows().contains { $0.contains("computing…") })
    let biases: [[Float]?] = (0..<4).map { layer in (0..<6).map { Float(-layer) - Float($0) / 8 } }
    _ = update(
      &state, with: .thumbnailArrived(path: "models/beta", biases, problem: nil))
    let picture = state.screen.textRows().joined(separator: "\n")
    #expect(picture.contains("-3.8"), "\(picture)")
    _ = update(
      &state, with: .thumbnailArrived(path: "models/beta", [[0, 0, 0, 0, 0, 0, 0]], problem: nil))
    #expect(state.screen.textRows().contains { $0.contains("do not fit") })
  }

  @Test func lettersActAndSearchOnlyAfterASlash() {
    var state = listed()
    state.press(.character("j"))
    #expect(state.models.current?.name == "gamma")
    state.press(.character("k"), .character("k"))
    #expect(state.models.current?.name == "alpha")
    #expect(state.press(.character("x")).isEmpty)
    #expect(state.models.filter == nil)
    #expect(state.screen.textRows().last == " x does nothing; ? lists the keys")
    state.press(.escape)
    #expect(state.mode == .models)
    #expect(state.screen.textRows().last?.hasPrefix(" nothing to cancel") == true)
    for letter in "/j?:" { state.press(.character(letter)) }
    #expect(state.models.filter == "j?:")
  }

  @Test(arguments: [Key.character("?"), .function(1)])
  func helpIsThereInTheList(key: Key) {
    var state = listed()
    #expect(state.screen.textRows().last?.contains("? help") == true)
    state.press(key)
    let rows = state.screen.textRows()
    #expect(rows.contains { $0.contains("Here, in the list of models") })
    #expect(rows[0].contains("3 models to open"), "it lies over the list")
    state.press(.escape)
    #expect(state.mode == .models)
  }

  @Test func commandsAreTypedInTheList() {
    var state = listed()
    state.press(.character(":"))
    #expect(state.screen.textRows()[0].contains("3 models to open"), "it lies over the list")
    state.press(.escape)
    #expect(state.mode == .models)
    for letter in ":open models/beta" { state.press(.character(letter)) }
    #expect(state.press(.enter) == [.openModel(path: "models/beta")])
    for letter in ":help" { state.press(.character(letter)) }
    state.press(.enter)
    #expect(state.screen.textRows().contains { $0.contains("Here, in the list of models") })
  }

  @Test func mLeadsThereAndBack() {
    var state = ExplorerState.ready(network)
    #expect(state.press(.character("M")) == [.listModels])
    let entries = [entry("alpha"), entry("mnist-coupled-50")]
    _ = update(&state, with: .modelsListed(entries, preferred: nil))
    #expect(state.mode == .models)
    #expect(state.models.current?.name == "mnist-coupled-50", "the open one")
    #expect(state.press(.enter) == [])
    #expect(state.mode == .normal)
    _ = update(&state, with: .modelsListed([entries[1]], preferred: nil))
    #expect(state.mode == .normal)
    #expect(state.message?.text.hasPrefix("there are no other models here") == true)
  }

  @Test func aListThatComesWhileSomethingIsTypedWaits() {
    var state = ExplorerState.ready(network)
    state.press(.character("M"), .character(":"))
    _ = update(&state, with: .modelsListed([entry("alpha"), entry("beta")], preferred: nil))
    guard case .palette(let palette) = state.mode else {
      Issue.record("the palette is closed")
      return
    }
    #expect(palette.text.isEmpty)
  }

  @Test func whatCannotBeOpenedLeavesTheChoice() {
    var state = listed()
    state.press(.enter)
    _ = update(&state, with: .modelFailed(message: "models/beta: gone"))
    #expect(state.mode == .models)
    #expect(state.screen.textRows().last == " models/beta: gone")
  }

  @Test func modelsArePointedAt() {
    var state = listed()
    func press(_ y: Int) -> [Effect] {
      update(&state, with: .terminal(.mouse(MouseEvent(.press, at: Point(x: 5, y: y)))))
    }
    #expect(press(5) == [])
    #expect(state.models.current?.name == "gamma")
    #expect(press(5) == [.openModel(path: "models/gamma")])
  }

  @Test(arguments: [
    Size(width: 60, height: 16), Size(width: 135, height: 20), Size(width: 136, height: 40),
    Size(width: 200, height: 60),
  ])
  func accuracyIsShownAtAnySize(size: Size) {
    for capabilities in [Capabilities(), Capabilities(colors: .mono, unicode: false)] {
      var state = listed(size)
      state.capabilities = capabilities
      let rows = state.screen.textRows()
      #expect(rows.contains { $0.contains("beta") && $0.contains("95.10 %") })
      #expect(rows.last?.contains("q leave") == true)
    }
  }
}
