import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

/// Networks of maps: what every view and key shows of them.
@Suite struct MapTests {
  private static let sizes = [(60, 16), (80, 24), (200, 60)].map { Size(width: $0, height: $1) }

  @Test(arguments: [MapNetwork.highway, .residual, .exclusive], View.allCases)
  func everyKeyWorksInEveryView(network: MapNetwork, view: View) throws {
    #expect(network.network.architecture.gatedLayers.count == 4)
    var state = network.state(Size(width: 80, height: 24))
    state.display.view = view
    let keys = Command.table.flatMap(\.keys).filter { $0 != .character("N") }
    // A large screen is another test's: here it would take most of the time.
    let sizes = Self.sizes.prefix(2)
    for (number, key) in keys.enumerated() {
      state.display.view = view
      state.display.isZoomed = number.isMultiple(of: 2)
      state.size = sizes[number % sizes.count]
      state.play([.terminal(.key(key))], with: network)
      #expect(state.screen.textRows().count == state.size.height)
      state.play([.terminal(.key(.escape))], with: network)
      state.mode = .normal
    }
    #expect(!NumberTable(state).columns.isEmpty || [.epochs, .runs].contains(view.subject))
  }

  @Test(arguments: MapNetwork.all)
  func theNumbersOfAMapAreMeansOverItsPositions(network: MapNetwork) throws {
    let rows = NumberTable(network.state()).csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let columns = try #require(rows.first)
    let layers = network.trace().layers
    for (name, signal) in [
      ("sampleT", Signal.transformGate), ("sampleH", .blockState), ("sampleY", .blockOutput),
    ] {
      let column = try #require(columns.firstIndex { $0 == name })
      var row = 1
      for layer in layers {
        let values = try #require(layer[signal])
        for unit in 0..<layer.units {
          let map = stride(from: unit, to: values.count, by: layer.units).map { Double(values[$0]) }
          let found = try #require(Double(rows[row][column]))
          #expect(abs(found - map.reduce(0, +) / Double(map.count)) < 1e-6, "\(name), row \(row)")
          row += 1
        }
      }
    }
  }

  @Test(arguments: sizes)
  func enterShowsAMapWithTheNumbersAtAPosition(size: Size) throws {
    let network = MapNetwork.highway
    var state = network.state(size, keys: .down, .right, .enter, .up, .left)
    #expect(state.showsMap)
    #expect(state.mapPosition == MapPosition(row: 3, column: 3), "from the middle")
    let layer = network.trace().layers[1]
    func number(_ signal: Signal) throws -> String {
      NumberFormat.fixed(try #require(layer[signal])[(3 * 8 + 3) * 4 + 1], 3)
    }
    let screen = state.screen.textRows().joined(separator: "\n")
    #expect(screen.contains("map 1 of 4 in layer 2, 8×8, coupled · sample 0"))
    #expect(screen.contains("layer 2, map 1, row 3, column 3: T \(try number(.transformGate))"))
    if size.width >= 80 {
      #expect(try screen.contains("x \(number(.blockInput))") || size.width > 80)
      #expect(screen.contains("mean T"))
    }
    // A step to the side stays in the map; a page goes to the next one, the ends to another layer.
    state.play([.terminal(.key(.right))], with: network)
    #expect(state.mapPosition == MapPosition(row: 3, column: 4) && state.selection.unit == 1)
    state.play([.terminal(.key(.pageDown))], with: network)
    #expect(state.selection.unit == 2 && state.mapPosition == MapPosition(row: 3, column: 4))
    state.play([.terminal(.key(.end))], with: network)
    #expect(state.selection.block == 2 && state.mapPosition == MapPosition(row: 3, column: 3))
    for _ in 0..<2 { state.play([.terminal(.key(.pageDown))], with: network) }
    #expect(state.selection.block == 3 && state.selection.unit == 0, "behind the last map")
    state.play([.terminal(.key(.character("."))), .terminal(.key(.character("]")))], with: network)
    #expect(state.showsMap && state.selection.sample == 1 && state.selection.label == 1)
    #expect(state.screen.textRows().contains { $0.contains("sample 1") })
    state.play([.terminal(.key(.escape))], with: network)
    #expect(!state.showsMap)
  }

  @Test func theMeanOverTheSamplesIsThatOfAllTraces() throws {
    let network = MapNetwork.highway
    let histogram = Inference(network.network).histogram(
      layer: 4, unit: 2, over: network.samples, threads: 1)
    #expect(histogram.positionMeans.count == 16)
    for position in 0..<16 {
      let values = (0..<12).map {
        Double(network.trace($0).layers[2].transformGate[position * 4 + 2])
      }
      let mean = values.reduce(0, +) / 12
      #expect(abs(Double(histogram.positionMeans[position]) - mean) < 1e-6)
    }
  }

  @Test func theMouseChoosesAPosition() {
    var state = MapNetwork.highway.state(keys: .enter)
    // The first picture begins below two titles and right of the numbers of its rows.
    let row = state.screen.textRows().firstIndex { $0.contains("▸T ") } ?? 0
    let event = MouseEvent(.press, at: Point(x: 4, y: row + 1))
    _ = update(&state, with: .terminal(.mouse(event)))
    #expect(state.mapPosition == MapPosition(row: 0, column: 0))
  }

  @Test func aNetworkWithoutLearnedGatesShowsNone() {
    let network = MapNetwork.residual
    for key in "1478" {
      let rows = network.state(Size(width: 200, height: 60), keys: .character(key)).screen
        .textRows().joined(separator: "\n")
      #expect(!rows.contains("mean T") && !rows.contains("sample T"), "\(key)")
    }
    let map = network.state(Size(width: 120, height: 40), keys: .enter)
    #expect(map.showsMap)
    #expect(MapPanel.shown(by: map) == [.blockInput, .blockState, .blockOutput, .mean])
    let screen = map.screen.textRows().joined(separator: "\n")
    #expect(screen.contains("map 0 of 4 in layer 1, 8×8, residual · sample 0"))
    // The mean of F over the samples stands beside F of the sample.
    let values = (0..<12).map { network.trace($0).layers[0][.blockState]?[(4 * 8 + 4) * 4] ?? .nan }
    let mean = NumberFormat.fixed(values.reduce(0, +) / 12, 3)
    #expect(screen.contains("row 4, column 4: x ") && screen.contains("mean F \(mean)"))
    #expect(screen.contains("mean F over the samples") && !screen.contains("T of"))
    let depth = network.state(Size(width: 200, height: 60), keys: .character("8"))
    #expect(depth.screen.textRows().contains { $0.contains("mean |γ| of the last norm") })
    // Where the extents change there is no x beside y, and no change.
    let smaller = network.state(keys: .down, .down, .enter)
    #expect(MapPanel.shown(by: smaller) == [.blockState, .blockOutput, .mean])
    let words = network.state(keys: .character("8"), .down, .down).screen.textRows()
    #expect(words.contains { $0.contains("no change is defined") })
  }

  @Test func aNetworkWhoseCarryGateAloneIsLearnedSaysHowToSeeIt() {
    let network = MapNetwork.all[4]
    var state = network.state(Size(width: 120, height: 40), keys: .character("2"))
    #expect(state.screen.textRows().contains { $0.contains("gating carry-only; S shows C") })
    state.play([.terminal(.key(.character("S")))], with: network)
    #expect(state.screen.textRows().contains { $0.contains("C of each class − mean") })
  }

  @Test func stagesAreMarkedAndPathsEndWithThem() throws {
    let network = MapNetwork.highway
    let state = network.state()
    #expect(state.stages == [0..<2, 2..<4])
    let rows = state.screen.textRows()
    #expect(rows.contains { $0.contains("1┌") })
    #expect(SyntheticNetwork().architecture.runs.count == 1)
    #expect(ExplorerState.ready().stages.isEmpty, "one stage needs no mark")
    let statistics = Inference(network.network).statistics(of: network.samples, threads: 1)
    let own = statistics.pathLengths(of: 2..<4)
    #expect(own.count == 3 && abs(own.reduce(0, +) - 1) < 1e-9)
    #expect(
      abs(
        statistics.meanPathLength(of: 0..<2) + statistics.meanPathLength(of: 2..<4)
          - statistics.meanPathLength) < 1e-9)
    let depth = network.state(Size(width: 200, height: 60), keys: .character("8"), .end)
      .screen.textRows().joined(separator: "\n")
    let mean = NumberFormat.fixed(statistics.meanPathLength(of: 2..<4), 2)
    #expect(depth.contains("mean \(mean) of 2") && depth.contains("layers 4–5"))
  }

  @Test func theSampleViewShowsWhereEachLayerTransforms() {
    let network = MapNetwork.highway
    var state = network.state(Size(width: 120, height: 40), keys: .character("4"))
    let rows = state.screen.textRows()
    #expect(rows.contains { $0.contains("▸") && $0.contains("mean T over maps") })
    #expect(rows.contains { $0.contains("1 8×8") } && rows.contains { $0.contains("4 4×4") })
    let small = network.state(Size(width: 80, height: 24), keys: .character("4"))
    #expect(small.screen.textRows().contains { $0.contains("mean T over maps") })
    // Tab goes on to the heatmaps and comes back.
    for _ in SamplePanel.shown(by: state) { state.play([.terminal(.key(.tab))], with: network) }
    #expect(state.screen.textRows() == rows)
    let layer = network.trace().layers[0]
    let mean = layer.positionMeans(.transformGate)
    #expect(mean.count == 64)
    #expect(abs(mean[9] - layer.transformGate[36..<40].reduce(0, +) / 4) < 1e-6)
  }

  @Test func cellsAreSharesOfAllPositions() {
    let rows = MapNetwork.highway.state(keys: .character("3")).screen.textRows()
    #expect(rows.contains { $0.contains("of 256 cells, ") && $0.contains(" % carried") })
  }
}
