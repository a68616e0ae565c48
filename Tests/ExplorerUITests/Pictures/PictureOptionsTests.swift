import ExplorerUI
import Testing

/// Pictures for papers: what is left out, one panel alone, grounds and names.
@Suite struct PictureOptionsTests {
  private let state = ExplorerState.ready(
    SyntheticNetwork(layers: 5, units: 6, classes: 3), size: Size(width: 120, height: 40),
    epochs: 3)

  private let large = ExplorerState.ready(
    SyntheticNetwork(layers: 30, units: 90, classes: 3), size: Size(width: 80, height: 24),
    epochs: 3)

  private func showing(_ view: View) -> ExplorerState {
    var state = state
    state.display.view = view
    return state
  }

  private func svg(_ state: ExplorerState, _ options: PictureOptions) throws -> String {
    String(
      decoding: try ViewPicture(state, options: options).contents(.svg), as: UTF8.self)
  }

  @Test(arguments: [View.overview, .classes, .cells, .sample])
  func cursorAndInspectorAreDrawnOnlyWhenAskedFor(view: View) {
    func rows(_ options: PictureOptions) -> String {
      ViewPicture(showing(view), size: Size(width: 160, height: 48), options: options).canvas
        .textRows().joined(separator: "\n")
    }
    let bare = rows(PictureOptions())
    for sign in ["layer 1 · unit 0", "╋", "▸gate", "▸mean"] {
      #expect(!bare.contains(sign), "\(bare)")
    }
    #expect(rows(PictureOptions(showsInspector: true)).contains("layer 1 · unit 0"))
    if view == .overview { #expect(rows(PictureOptions(showsCursor: true)).contains("╋")) }
  }

  @Test func aPanelIsDrawnAlone() throws {
    let panel = try large.panel(named: "mean-T")
    let whole = ViewPicture(large).canvas
    let alone = ViewPicture(large, options: PictureOptions(panels: [panel])).canvas
    let text = alone.textRows().joined(separator: "\n")
    #expect(text.contains("mean T") && !text.contains("gate bias") && !text.contains("Overview"))
    #expect(text.contains("epoch"), "the caption stays")
    #expect(alone.size.height < whole.size.height && alone.size.width < whole.size.width)
  }

  @Test func anUnknownPanelListsThoseThatThereAre() throws {
    #expect(
      throws: LookupError.unknown(
        what: "panel", found: "foo", expected: "gate-bias, mean-T, sample-T, sample-y")
    ) { try showing(.overview).panel(named: "foo") }
    #expect(throws: LookupError.self) { try showing(.cells).panel(named: "mean-T") }
    for view in [View.overview, .sample, .depth] {
      let state = showing(view)
      for (index, word) in state.panelWords.enumerated() {
        #expect(try state.panel(named: word.uppercased()) == index)
      }
    }
  }

  @Test func allPanelsStandInAPictureEachValueInAPlaceOfItsOwn() {
    let rows = ViewPicture(large).canvas.textRows()
    let text = rows.joined(separator: "\n")
    for title in ["gate bias", "mean T", "T of sample", "y of sample"] {
      #expect(text.contains(title), "\(text)")
    }
    #expect(!text.contains("mean of"), "\(text)")
    // Aligned: the titles of two panels stand in one row, the numbers of their layers too.
    #expect(rows.contains { $0.contains("gate bias") && $0.contains("mean T") })
  }

  @Test func aPictureHasTheGroundThatWasAskedFor() throws {
    let dark = try svg(state, PictureOptions(ground: .dark))
    let light = try svg(state, PictureOptions(ground: .light))
    let print = try svg(state, PictureOptions(ground: .print))
    #expect(dark.contains("fill=\"#12141c\"") && light.contains("fill=\"#ffffff\""))
    let titleColors = [dark, light, print].compactMap { svg in
      svg.split(separator: "\n").first { $0.contains(">gate bias") }
        .flatMap { $0.split(separator: "fill=\"").last?.prefix(7) }
    }
    #expect(titleColors == ["#57b0f0", "#1f5fa8", "#000000"])
  }

  @Test func theTextOfAnSVGIsText() throws {
    let svg = try svg(state, PictureOptions(ground: .print))
    for words in ["gate bias", "mean T", "mnist-coupled-50"] {
      #expect(svg.split(separator: "\n").contains { $0.hasPrefix("<text") && $0.contains(words) })
    }
  }

  @Test func namesOfFilesSayModelViewAndEpoch() {
    var state = showing(.classes)
    #expect(state.proposedName == "mnist-coupled-50-classes-epoch3")
    state.model?.name = "../a b/\u{1B}[2Jé三"
    #expect(state.proposedName == "a-b---2Jé三-classes-epoch3")
    state.model?.name = "///"
    #expect(state.proposedName == "tollgate-classes-epoch3")
    state.model?.name = String(repeating: "x", count: 400)
    #expect(state.proposedName.count < 100)
  }

  @Test func wordsBeforeThePathSayHowAPictureIsDrawn() {
    func export(_ line: String) -> [Effect] {
      var state = state
      for key in ":export \(line)" { _ = update(&state, with: .terminal(.key(.character(key)))) }
      return update(&state, with: .terminal(.key(.enter))).filter {
        if case .export = $0 { true } else { false }
      }
    }
    let name = "mnist-coupled-50-overview-epoch3.svg"
    #expect(export("svg") == [.export(path: name, replaces: false)])
    #expect(
      export("svg light panel=mean-T cursor inspector my file.svg") == [
        .export(
          path: "my file.svg",
          PictureOptions(ground: .light, panels: [1], showsCursor: true, showsInspector: true),
          replaces: false)
      ])
    #expect(export("svg panel=attic a.svg").isEmpty)
  }
}
