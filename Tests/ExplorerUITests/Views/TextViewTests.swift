import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

/// What the views show of a network that reads a text.
@Suite struct TextViewTests {
  private func rows(_ keys: String, _ size: Size = Size(width: 80, height: 24)) throws -> [String] {
    try TextNetwork().state(keys, size).screen.textRows()
  }

  @Test func everySignalIsLookedAtUnderItsOwnLetter() throws {
    let network = try TextNetwork()
    var state = network.state("1")
    for letter in ["i", "f", "o", "d", "c", "h", "i"] {
      #expect(state.gateLetter == letter)
      let text = state.screen.textRows().joined(separator: "\n")
      #expect(text.contains("mean \(letter)") && text.contains("\(letter) of sample 0"))
      #expect(state.gatedLayers == (letter == "d" ? [2] : [1, 2]))
      state.play([.terminal(.key(.character("S")))], with: network)
    }
  }

  @Test func tokensHaveTheColourOfAUnitOrOfItsLayer() throws {
    #expect(try rows("4")[3].contains("i of layer 1, unit 0"))
    #expect(try rows("4S")[3].contains("f of layer 1, unit 0"))
    #expect(try rows("4a")[3].contains("mean i of layer 1"))
    #expect(try rows("4").contains { $0.contains("Ape, bee") })
  }

  @Test func theCursorGoesFromTokenToTokenAndIntoTheNextSegment() throws {
    let network = try TextNetwork()
    var state = network.state("4")
    func step() throws -> Int { state.textStep(of: try #require(state.sample.value)) }
    func press(_ key: Key) { state.play([.terminal(.key(key))], with: network) }
    #expect(try step() == 7)
    press(.left)
    #expect(try step() == 6 && state.selection.sample == 0)
    press(.right)
    press(.right)
    #expect(try step() == 0 && state.selection.sample == 1)
    press(.left)
    #expect(try step() == 7 && state.selection.sample == 0)
    press(.down)
    #expect(state.selection.unit == 1)
  }

  @Test func wideCharactersTakeTwoColumns() {
    let steps = ["漢", "字", "a"].map {
      SampleStep(token: $0, next: nil, expected: [], ofNext: nil)
    }
    let canvas = Canvas(size: Size(width: 10, height: 2), capabilities: Capabilities())
    let places = SampleText(steps: steps, cursor: 0).places(canvas, width: 4)
    #expect(places.map(\.x) == [0, 2, 0] && places.map(\.line) == [0, 0, 1])
  }

  @Test func tokensAreGroupedOtherwise() throws {
    let network = try TextNetwork()
    var state = network.state("2c")
    #expect(state.tokenGroups?.name == "case")
    #expect(state.screen.textRows()[2].contains("small letters − mean"))
    let counts = try #require(state.statistics.value).samplesByClass
    #expect(
      counts[1] == 1 && counts.reduce(0, +) == network.data.test.lengths?.reduce(0) { $0 + Int($1) }
    )
    for key in ":group vowel" { state.play([.terminal(.key(.character(key)))], with: network) }
    state.play([.terminal(.key(.enter))], with: network)
    #expect(state.screen.textRows()[2].contains("vowels − mean"))
  }

  @Test func lesionsOfAReaderHaveItsPerplexity() throws {
    let text = try rows("5").joined(separator: "\n")
    #expect(text.contains("perplexity") && !text.contains("error %"))
    #expect(text.contains("with i held at 0 the perplexity goes from"))
  }

  @Test func depthHasMemoryAndThePartsOfCells() throws {
    let text = try rows("8", Size(width: 120, height: 40)).joined(separator: "\n")
    for title in ["memory in steps", "what cells are made of", "saturated gates"] {
      #expect(text.contains(title))
    }
    #expect(!text.contains("not defined"))
  }
}

/// What every view and key shows of networks that read.
@Suite struct TextSweepTests {
  @Test(arguments: TextNetwork.Kind.allCases, View.allCases)
  func everyKeyWorksInEveryView(kind: TextNetwork.Kind, view: View) throws {
    let network = try TextNetwork(kind)
    var state = network.state("")
    #expect(state.model != nil)
    let keys = Command.table.flatMap(\.keys).filter { $0 != .character("N") }
    let sizes = [(60, 16), (80, 24)].map { Size(width: $0, height: $1) }
    for (number, key) in keys.enumerated() {
      state.display.view = view
      state.display.isZoomed = number.isMultiple(of: 2)
      state.size = sizes[number % sizes.count]
      state.play([.terminal(.key(key))], with: network)
      let canvas = state.screen
      #expect(canvas.textRows().count == state.size.height)
      #expect(
        canvas.glyphs.allSatisfy { $0.scalar == Glyph.continuation || $0.scalar.value >= 0x20 })
      state.play([.terminal(.key(.escape))], with: network)
      state.mode = .normal
    }
    #expect(!NumberTable(state).columns.isEmpty || [.epochs, .runs].contains(view.subject))
  }

  @Test(arguments: TextNetwork.Kind.allCases)
  func everySizeDraws(kind: TextNetwork.Kind) throws {
    let network = try TextNetwork(kind)
    var states = [network.state("1")]
    if kind == .lines { states += [network.state("4P."), network.state("4P")] }
    for var state in states {
      for (index, width) in stride(from: 1, through: 220, by: 13).enumerated() {
        for height in stride(from: 1 + index % 3, through: 70, by: 7) {
          state.size = Size(width: width, height: height)
          state.capabilities.unicode = (width + height).isMultiple(of: 2)
          let glyphs = state.screen.glyphs
          #expect(glyphs.count == width * height)
          #expect(
            state.capabilities.unicode || glyphs.allSatisfy { $0.scalar.value < 0x80 })
        }
      }
    }
  }
}
