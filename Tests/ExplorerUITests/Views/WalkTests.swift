import TensorFiles
import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

/// Lines that an autoencoder writes, in the sample view: from one code, and on the way between two.
@Suite struct WalkTests {
  private static let sizes = [(80, 24), (120, 40), (200, 60)].map { Size(width: $0, height: $1) }

  private func walk(_ ends: [Int], _ network: TextNetwork) throws -> CodeWalk {
    try #require(
      Inference(network.network).walk(ends, of: network.samples, stops: WalkRequest.stops))
  }

  @Test func theSampleSaysWhatIsWrittenFromItsCode() throws {
    let network = try TextNetwork(.lines)
    for sample in [0, 1] {
      let rows = network.state(sample == 0 ? "4" : "4.").screen.textRows()
      let place = try #require(rows.firstIndex { $0.contains("written from its code (mean)") })
      let line = CodeWalk.line(try walk([sample], network).stops[0].tokens)
      #expect(rows[place + 1].dropFirst().hasPrefix(wrapped(line, to: 20)[0]), "\(rows[place + 1])")
    }
    #expect(try walk([0], network).stops[0].tokens != walk([1], network).stops[0].tokens)
    let cells = try TextNetwork(.cells).state("4").screen.textRows()
    #expect(!cells.contains { $0.contains("written from") })
  }

  @Test(arguments: sizes)
  func aWalkHasARowForEachPlaceWithTheGatesOfBothStacks(size: Size) throws {
    let network = try TextNetwork(.lines)
    let rows = network.state("4P.", size).screen.textRows()
    let walk = try walk([0, 1], network)
    #expect(walk.layersBefore == [3, 4] && walk.layers == [7, 8])
    #expect(rows[3].contains("walk from sample 0 to sample 1"))
    let decimals = size.width == 80 ? 2 : 3
    for stop in walk.stops {
      let place = NumberFormat.fixed(stop.place, 2)
      let row = try #require(rows.first { $0.hasPrefix("  \(place) ") })
      var left = row[...]
      // All numbers stand in the order of the layers, the line behind them.
      for value in stop.meanTBefore + stop.meanT {
        let number = try #require(
          left.firstRange(of: NumberFormat.fixed(value, decimals)), "\(row)")
        left = left[number.upperBound...]
      }
      let line = left.drop { $0 == " " }
      #expect(CodeWalk.line(stop.tokens).hasPrefix(line.prefix(20)) && !line.isEmpty)
    }
    for (sample, end) in zip(["s0", "s1"], walk.ends) {
      let row = try #require(rows.first { $0.contains("   \(sample) ") })
      #expect(row.contains(CodeWalk.line(end).prefix(10)))
      #expect(
        row.contains(NumberFormat.fixed(walk.meanTBefore[sample == "s0" ? 0 : 1][0], decimals)))
    }
    #expect(rows.contains { $0.contains("漢字 fish") } && rows.contains { $0.contains("be") })
    #expect(
      network.state("4P.", size).screen.glyphs.allSatisfy {
        $0.scalar == Glyph.continuation || $0.scalar.value >= 0x20
      })
  }

  @Test func theRowUnderTheCursorSaysItsNumbers() throws {
    let network = try TextNetwork(.lines)
    var state = network.state("4P.")
    let walk = try walk([0, 1], network)
    for (key, row) in [(Key.down, 2), (.end, 8), (.up, 7), (.home, 0), (.pageDown, 8)] {
      state.play([.terminal(.key(key))], with: network)
      #expect(state.shownWalkRow == row, "\(key)")
    }
    for _ in 0..<4 { state.play([.terminal(.key(.up))], with: network) }
    let number = NumberFormat.fixed(walk.stops[3].meanT[1], 3)
    #expect(
      state.screen.textRows()[20].hasPrefix(" place 0.50: mean T ")
        && state.screen.textRows()[20].contains("\(number) in layer 8"))
    let table = NumberTable(state)
    #expect(table.columns == ["row", "place", "meanT3", "meanT4", "meanT7", "meanT8", "line"])
    #expect(table.rows.count == 9 && table.rows[4][5] == .real(walk.stops[3].meanT[1]))
    state.play([.terminal(.key(.right))], with: network)
    #expect(state.selection.sample == 2)
  }

  @Test func aWalkNeedsASecondSampleAndEndsWithItsKey() throws {
    let network = try TextNetwork(.lines)
    for size in Self.sizes {
      let rows = network.state("4P", size).screen.textRows()
      #expect(rows[3].contains("walk from sample 0") && !rows[3].contains("to sample"))
      #expect(
        rows.contains { $0.contains("The walk begins here. Go to another sample with , . or /s") })
    }
    #expect(network.state("4P.PP").walkRequest?.ends == [1])
    #expect(network.state("4P.,").walkRequest?.ends == [0])
    #expect(network.state("4P.P").screen.textRows() == network.state("4.").screen.textRows())
    // Samples of the other part have other numbers.
    var other = network.state("4P.")
    other.selection.split = .train
    #expect(other.walkStart == nil)
    for kind in [TextNetwork.Kind.cells, .microSteps] {
      let foot = try TextNetwork(kind).state("4P").screen.textRows()[23]
      #expect(foot.contains("only an autoencoder of lines has codes to walk between"))
    }
  }

  @Test func heldGatesAreHeldInTheWalkToo() throws {
    let network = try TextNetwork(.lines)
    var state = network.state("4P.")
    state.clamps.hold(.init(layer: 7), at: 0)
    state.play([.terminal(.key(.down))], with: network)
    let walk = try #require(state.walk.value)
    #expect(walk.stops.allSatisfy { $0.meanT[0] == 0 && $0.meanT[1] > 0 })
  }

  @Test func aWalkOfAnotherFormIsRefused() throws {
    let network = try TextNetwork(.lines)
    var state = network.state("4P.")
    let request = try #require(state.walkRequest)
    let good = try walk([0, 1], network)
    #expect(state.fits(good, to: request))
    for stops in [[], Array(good.stops.prefix(6))] {
      let bad = CodeWalk(
        ends: good.ends, meanTBefore: good.meanTBefore, layersBefore: good.layersBefore,
        layers: good.layers, stops: stops)
      #expect(!state.fits(bad, to: request))
    }
    let alone = try walk([1], network)
    #expect(!state.fits(alone, to: request))
    state.results = AnswerStore()
    _ = update(&state, with: .answered(.walk(request), .success(.walk(alone))))
    #expect(state.walk.value == nil && state.walk.note == "the walk does not fit this network")
  }

  @Test func theLineUnderTheCursorHasTheRowsThatItNeeds() {
    #expect(WalkView.heights([1, 1], cursor: 0, room: 9).counts == [1, 1])
    #expect(WalkView.heights([3, 3, 3], cursor: 1, room: 6).counts == [2, 3, 1])
    #expect(WalkView.heights([3, 3, 3], cursor: 2, room: 9).counts == [3, 3, 3])
    let few = WalkView.heights([2, 2, 2, 2], cursor: 3, room: 2)
    #expect(few.first == 2 && few.counts == [1, 1])
    #expect(WalkView.heights([2], cursor: 0, room: 0).counts.isEmpty)
  }
}
