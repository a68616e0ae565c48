import ExplorerUI
import Testing

@Suite struct NumberTests {
  @Test(arguments: [
    (0.0, 2, "0.00"), (-0.001, 2, "0.00"), (-0.42, 2, "-0.42"), (2.999, 2, "3.00"),
    (1234.5, 0, "1234"), (0.05, 1, "0.0"), (.nan, 2, "NaN"), (-.infinity, 2, "-inf"),
    (1e15, 2, "1.00e15"), (-2.5e20, 3, "-250e18"),
  ])
  func fixedPoint(value: Double, digits: Int, expected: String) {
    #expect(NumberFormat.fixed(value, digits) == expected)
  }

  @Test(arguments: [
    (0.0, "0"), (0.5, "0.500"), (0.0123, "0.0123"), (3.14159, "3.14"), (-42.35, "-42.4"),
    (271.8, "272"), (1.2e-5, "12.0e-6"), (-3e-9, "-3.00e-9"), (4.56e7, "45.6e6"),
  ])
  func compactForm(value: Double, expected: String) {
    #expect(NumberFormat.compact(value) == expected)
  }

  @Test func signsCountsPercentagesDurations() {
    #expect(NumberFormat.signed(0.02, 2) == "+0.02")
    #expect(NumberFormat.signed(-0.02, 2) == "-0.02")
    #expect(NumberFormat.count(60_000) == "60,000")
    #expect(NumberFormat.count(-1_234_567) == "-1,234,567")
    #expect(NumberFormat.count(999) == "999")
    #expect(NumberFormat.percent(0.9731, 2) == "97.31 %")
    #expect(NumberFormat.duration(seconds: 3.24) == "3.2 s")
    #expect(NumberFormat.duration(seconds: 59.7) == "1 m 00 s")
    #expect(NumberFormat.duration(seconds: 7325) == "2 h 02 m")
    #expect(NumberFormat.duration(seconds: .infinity) == "unknown")
  }

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
