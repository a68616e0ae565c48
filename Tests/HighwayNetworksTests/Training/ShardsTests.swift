import Testing

@testable import HighwayNetworks

@Suite struct ShardsTests {
  @Test(arguments: zip([1, 9, 20, 30, 32, 40, 64], [1, 1, 2, 2, 2, 4, 4]))
  func sequencesHaveAsManyPartsAsTwoThreadsCanShare(_ batch: Int, _ parts: Int) {
    #expect(Shards.count(batch: batch, ofSequences: true) == parts)
  }

  @Test(arguments: zip([49, 99, 100, 150, 500], [1, 1, 2, 3, 4]))
  func imagesHaveAPartForFifty(_ batch: Int, _ parts: Int) {
    #expect(Shards.count(batch: batch) == parts)
  }
}
