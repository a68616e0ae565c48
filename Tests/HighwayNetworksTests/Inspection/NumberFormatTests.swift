import HighwayNetworks
import Testing

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0.0, 2, "0.00"), (-0.001, 2, "0.00"), (-0.42, 2, "-0.42"), (2.999, 2, "3.00"),
    (1234.5, 0, "1234"), (0.05, 1, "0.1"), (0.045, 2, "0.04"), (0.25, 1, "0.2"), (0.75, 1, "0.8"),
    (.nan, 2, "NaN"), (-.infinity, 2, "-inf"),
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
}
