import ExplorerUI
import HighwayNetworks
import Testing

@Suite struct TicksTests {
  @Test func ticksAreRound() {
    #expect(
      Ticks.linear(0, 1, count: 5).map { NumberFormat.fixed($0, 1) } == [
        "0.0", "0.2", "0.4", "0.6", "0.8", "1.0",
      ])
    #expect(Ticks.linear(-3, 7, count: 5) == [-2, 0, 2, 4, 6])
    #expect(Ticks.linear(1, 1, count: 5).isEmpty)
    #expect(Ticks.linear(0, .infinity, count: 5).isEmpty)
    #expect(
      Ticks.logarithmic(0.04, 3, count: 9).map { NumberFormat.fixed($0, 2) } == [
        "0.05", "0.10", "0.20", "0.50", "1.00", "2.00",
      ])
    #expect(Ticks.logarithmic(0, 3, count: 9).isEmpty)
    #expect(Ticks.roundStep(0.03) == 0.05)
    #expect(Ticks.roundStep(0) == 1)
    #expect(Ticks.digits(step: 0.05) == 2)
    #expect(Ticks.digits(step: 10) == 0)
  }

  @Test func roundRangeHoldsItsValues() {
    for (low, high) in [(-7.13, -0.2), (0.0, 0.93), (3.0, 3.0), (0.0, 0.0), (-1e-7, 2e-7)] {
      let range = Ticks.roundRange(low, high)
      #expect(range.lowerBound <= low && high <= range.upperBound)
      #expect(range.lowerBound < range.upperBound)
    }
  }
}
