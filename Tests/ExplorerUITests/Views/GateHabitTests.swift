import ExplorerUI
import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

@Suite struct GateHabitTests {
  /// What was counted of one unit with these gates.
  private func layer(_ gates: [Float], _ thresholds: Thresholds) -> LayerStatistics {
    var histogram = [UInt32](repeating: 0, count: LayerStatistics.histogramBins)
    for gate in gates { histogram[min(63, Int(gate * 64))] += 1 }
    return LayerStatistics(
      layer: 1, run: 0,
      transform: SignalStatistics(
        signal: .transformGate, mean: [0], std: [0], minimum: [gates.min() ?? 0],
        maximum: [gates.max() ?? 0], histogram: histogram,
        carried: [UInt32(gates.count { $0 < thresholds.low })],
        transformed: [UInt32(gates.count { $0 > thresholds.high })], groupMean: [],
        groupShare: [0]))
  }

  /// What is said about one unit.
  private func words(_ gates: [Float], _ thresholds: Thresholds = Thresholds()) -> String? {
    GateHabit(layer(gates, thresholds), unit: 0, thresholds: thresholds)?.words
  }

  private func gates(_ groups: (Int, Float)...) -> [Float] {
    groups.flatMap { Array(repeating: $0.1, count: $0.0) }
  }

  @Test func eachHabitHasItsWords() {
    #expect(words([]) == nil)
    #expect(words(gates((10, 0.05), (3, 0.01))) == "T < 0.10 for all samples")
    #expect(words(gates((94, 0.05), (6, 0.5))) == "T < 0.10 for 94.0 % of samples")
    #expect(words(gates((80, 0.95), (20, 0.5))) == "T > 0.90 for 80.0 % of samples")
    #expect(words(gates((7, 0.95), (2, 0.99))) == "T > 0.90 for all samples")
    #expect(words(gates((1, 0.05), (3, 0.5))) == "T from 0.10 to 0.90 for 75.0 % of samples")
    #expect(
      words(gates((40, 0.05), (35, 0.95), (25, 0.5)))
        == "T < 0.10 for 40.0 %, T > 0.90 for 35.0 % of samples")
  }

  @Test func nearlyAllIsNotAll() {
    #expect(
      words(gates((9999, 0.05), (1, 0.5))) == "T < 0.10 for more than 99.9 % of samples")
    #expect(
      words(gates((4999, 0.05), (4998, 0.5), (3, 0.95)))
        == "T < 0.10 for 50.0 %, T > 0.90 for less than 0.1 % of samples")
  }

  /// 0.1 lies within the bin from 0.09375 to 0.109375.
  @Test func thresholdsWithinABinCountExactly() {
    #expect(
      words(gates((418, 0.099), (191, 0.95), (391, 0.105)))
        == "T < 0.10 for 41.8 %, T > 0.90 for 19.1 % of samples")
    #expect(words(gates((20, 0.1), (80, 0.105))) == "T from 0.10 to 0.90 for all samples")
  }

  @Test func thresholdsAreStrict() {
    let twoWay = Thresholds(low: 0.5, high: 0.5)
    #expect(words(gates((9, 0.5)), twoWay) == "T from 0.50 to 0.50 for all samples")
    let whole = Thresholds(low: 0, high: 1)
    #expect(words(gates((9, 1)), whole) == "T from 0.00 to 1.00 for all samples")
    #expect(words(gates((9, 0)), whole) == "T from 0.00 to 1.00 for all samples")
  }

  @Test func constantGatesAreConstantByDefinition() {
    for (gating, text) in [
      (Gating.plain, "T = 1 by definition, gating plain"),
      (.residual, "T = 1 by definition, gating residual"),
      (.frozen(p: 0.25), "T = 0.250 by definition, gating frozen"),
    ] {
      let network = SyntheticNetwork(layers: 4, units: 5, classes: 2, gating: gating)
      var state = ExplorerState.ready(network, size: Size(width: 160, height: 40))
      state.play([.terminal(.resized(state.size))], with: network)
      #expect(CursorSentence.parts(state).dropFirst().first == text)
      state.press(.character("3"))
      #expect(
        state.screen.textRows().contains { $0.contains(text + ": this network learns no gates") })
      state.press(.character("1"))
      state.press(.character("x"))
      #expect(!CursorSentence.parts(state).contains(text), "it is held")
    }
  }
}
