import Testing

@testable import HighwayNetworks

@Suite struct GrayLevelsTests {
  @Test func theLeastIsBlackAndTheGreatestWhite() {
    #expect(grayLevels([-1, 0, 1]) == [0, 128, 255])
    #expect(grayLevels([2, 2]) == [128, 128], "no spread")
  }

  @Test func whatIsNotFiniteIsInTheMiddle() {
    #expect(grayLevels([0, .nan, 10, .infinity]) == [0, 128, 255, 128])
    #expect(
      grayLevels([-.greatestFiniteMagnitude, .greatestFiniteMagnitude]) == [128, 128],
      "the spread overflows")
  }
}
