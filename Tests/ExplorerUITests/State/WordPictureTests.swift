import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct WordPictureTests {
  private let words = ["the", "a", "sea", "ape"]

  @Test func wordsStandByFrequencyLengthOrAlphabet() {
    #expect(WordPicture.Order.frequency.places(of: words) == [0, 1, 2, 3])
    #expect(WordPicture.Order.length.places(of: words) == [1, 0, 2, 3])
    #expect(WordPicture.Order.alphabet.places(of: words) == [1, 3, 2, 0])
  }

  @Test func aCodeThatSaysNothingIsCalledACollapse() {
    let none = CodeStatistics(divergence: [0.01, 0.01], variance: [0, 0.001])
    #expect(none.words == "posterior collapse: KL 0.02 nats, no active unit" && none.isCollapsed)
    let some = CodeStatistics(divergence: [2, 0.5], variance: [0.5, 0])
    #expect(some.words == "KL 2.50 nats, 1 of 2 units active" && !some.isCollapsed)
  }
}
