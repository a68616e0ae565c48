import ExplorerUI
import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

@Suite struct GateHabitTests {
  /// What is said about one unit with gates of two classes.
  private func words(_ gates: [Float], _ thresholds: Thresholds = Thresholds()) -> String? {
    var histogram = [UInt32](repeating: 0, count: LayerStatistics.histogramBins)
    for gate in gates { histogram[min(63, Int(gate * 64))] += 1 }
    let layer = LayerStatistics(
      layer: 1, run: 0,
      transform: SignalStatistics(
        signal: .transformGate, mean: [0], std: [0], minimum: [gates.min() ?? 0],
        maximum: [gates.max() ?? 0], histogram: histogram, groupMean: [], groupShare: [0]))
    return GateHabit(layer, unit: 0, thresholds: thresholds)?.words
  }

  private func gates(_ groups: (Int, Float)...) -> [Float] {
    groups.flatMap { Array(repeating: $0.1, count: $0.0) }
  }

  @Test func eachHabitHasItsWords() {
    #expect(words([]) == nil)
    #expect(words(gates((10, 0.05), (3, 0.01))) == "closed for all samples")
    #expect(words(gates((94, 0.05), (6, 0.5))) == "closed for 94 % of samples")
    #expect(words(gates((80, 0.95), (20, 0.5))) == "open for 80 % of samples")
    #expect(words(gates((7, 0.95), (2, 0.99))) == "open for all samples")
    #expect(words(gates((1, 0.05), (3, 0.5))) == "neither closed nor open for 75 % of samples")
    #expect(
      words(gates((40, 0.05), (35, 0.95), (25, 0.5)))
        == "closed for 40 %, open for 35 % of samples")
  }

  @Test func nearlyAllIsNotAll() {
    #expect(
      words(gates((9999, 0.05), (1, 0.5))) == "closed for more than 99 % of samples")
    #expect(
      words(gates((4999, 0.05), (4998, 0.5), (3, 0.95)))
        == "closed for 50 %, open for less than 1 % of samples")
  }

  @Test func thresholdWithinABinGivesBounds() {
    // 0.1 lies in the bin from 0.09375 to 0.109375.
    #expect(words(gates((60, 0.05), (20, 0.1), (20, 0.5))) == "closed for 60–80 % of samples")
    #expect(
      words(gates((20, 0.099), (80, 0.105), (50, 0.11)))
        == "closed for 0–67 %, open for none of samples")
    // The extremes settle it.
    #expect(words(gates((20, 0.095), (80, 0.099))) == "closed for all samples")
    #expect(
      words(gates((20, 0.1), (80, 0.105))) == "neither closed nor open for all samples")
  }

  @Test func thresholdsAreStrict() {
    let twoWay = Thresholds(low: 0.5, high: 0.5)
    #expect(words(gates((9, 0.5)), twoWay) == "neither closed nor open for all samples")
    #expect(
      words(gates((9, 1)), Thresholds(low: 0, high: 1)) == "neither closed nor open for all samples"
    )
    #expect(
      words(gates((9, 0)), Thresholds(low: 0, high: 1)) == "neither closed nor open for all samples"
    )
  }

  /// The share that is said holds for the real gates, whatever they and the thresholds are.
  @Test func boundsHoldForEveryDistribution() {
    for seed in 0..<60 {
      let gates = (0..<97).map { (SyntheticNetwork.noise(seed, $0, 5) + 1) / 2 }
        .map { seed.isMultiple(of: 2) ? $0 * $0 : $0 }
      let low = Float(seed % 20) / 20
      let thresholds = Thresholds(low: low, high: max(low, Float(seed * 7 % 20) / 20))
      var histogram = [UInt32](repeating: 0, count: LayerStatistics.histogramBins)
      for gate in gates { histogram[min(63, Int(gate * 64))] += 1 }
      let layer = LayerStatistics(
        layer: 1, run: 0,
        transform: SignalStatistics(
          signal: .transformGate, mean: [0], std: [0], minimum: [gates.min() ?? 0],
          maximum: [gates.max() ?? 0], histogram: histogram, groupMean: [], groupShare: [0]))
      guard let habit = GateHabit(layer, unit: 0, thresholds: thresholds) else {
        Issue.record("no habit")
        return
      }
      let count = Double(gates.count)
      let closed = Double(gates.count { $0 < thresholds.low }) / count
      let open = Double(gates.count { $0 > thresholds.high }) / count
      #expect(habit.closed.contains(closed))
      #expect(habit.open.contains(open))
      #expect(
        habit.between.lowerBound <= 1 - closed - open + 1e-9
          && habit.between.upperBound >= 1 - closed - open - 1e-9)
    }
  }
}
