import Testing

@testable import HighwayNetworks

/// What ranks tell each other.
@Suite struct RankTests {
  @Test(arguments: [1, 2, 3, 8])
  func everyRankGetsTheBytesOfAll(_ count: Int) throws {
    let expected = (0..<count).map { [UInt8](repeating: UInt8($0), count: $0 * 3) }
    let found = try ThreadRanks.run(count) { ranks in
      ranks.gather([UInt8](repeating: UInt8(ranks.rank), count: ranks.rank * 3))
    }
    #expect(found == Array(repeating: expected, count: count))
  }

  @Test func oneRankIsEnoughToEndAll() throws {
    let found = try ThreadRanks.run(3) { [$0.any(false), $0.any($0.rank == 1)] }
    #expect(found == Array(repeating: [false, true], count: 3))
  }

  @Test func aRankThatDiffersIsNamed() throws {
    let found = try ThreadRanks.run(4) { ranks in
      [ranks.firstThatDiffers([7]), ranks.firstThatDiffers([ranks.rank >= 2 ? 1 : 0])]
    }
    #expect(found == Array(repeating: [nil, 2], count: 4))
  }

  private struct Fault: Error, CustomStringConvertible, Hashable { let description: String }

  @Test func allFailWhereOneDoes() throws {
    let found = try ThreadRanks.run(3) { ranks -> String in
      let own: Result<Int, Fault> =
        ranks.rank == 1 ? .failure(Fault(description: "full")) : .success(1)
      do throws(Fault) {
        return "\(try ranks.agreed(own) { Fault(description: "rank \($0): \($1)") })"
      } catch {
        return error.description
      }
    }
    #expect(found == ["rank 1: full", "full", "rank 1: full"])
  }

  @Test func partsOfAClippedGradientAreNotCut() throws {
    // Parts leave out what is not trained.
    let parts = [0..<10, 10..<14, 20..<30, 30..<31]
    let divisions = try ThreadRanks.run(3) {
      RankDivision($0, shards: 4, parameters: 40, parts: parts)
    }
    for division in divisions {
      #expect(division.slices == [0..<10, 10..<20, 20..<40])
      #expect(division.parts == [0..<1, 1..<2, 2..<4])
      #expect(division.shards == [0..<1, 1..<2, 2..<4])
    }
  }

  /// Labelled images, of which the last batch is short.
  private static let data = Tiny.data(train: 450)

  /// What is computed of samples, as text, NaN and all.
  private static func computed(_ ranks: Ranks, lesioned: [Int]? = nil) -> [String] {
    let network = Tiny.twoRuns(.full, seed: 21)
    let inference = Inference(network, ranks: ranks)
    let samples = Tiny.samples(data)
    return [
      String(describing: inference.statistics(of: samples, threads: 2)),
      String(describing: inference.lesions(of: samples, lesioned: lesioned, threads: 1)),
      String(describing: inference.outcomes(of: samples, threads: 2)),
    ]
  }

  // There are three batches of samples: 8 ranks divide layers too.
  @Test(arguments: [2, 3, 8])
  func statisticsAndLesionsAreThoseOfOneProcess(_ count: Int) throws {
    let expected = Self.computed(.alone)
    let found = try ThreadRanks.run(count) { Self.computed($0) }
    for rank in found { #expect(rank == expected) }
    let none = try ThreadRanks.run(count) { Self.computed($0, lesioned: [])[1] }
    #expect(none == Array(repeating: Self.computed(.alone, lesioned: [])[1], count: count))
  }

  @Test func responsesAreThoseOfOneProcess() throws {
    let computed = { @Sendable (ranks: Ranks) in
      let inference = Inference(Tiny.twoRuns(.residual, seed: 4), ranks: ranks)
      return String(describing: inference.statistics(of: Tiny.samples(Self.data), threads: 1))
    }
    #expect(try ThreadRanks.run(5, computed) == Array(repeating: computed(.alone), count: 5))
  }

  @Test func aPassThatOneRankStopsEndsOnAll() throws {
    let found = try ThreadRanks.run(3) { ranks in
      Inference(Tiny.twoRuns(.coupled, seed: 2), ranks: ranks).outcomes(
        of: Tiny.samples(Self.data), threads: 1, continues: { _ in ranks.rank != 2 }) == nil
    }
    #expect(found == [true, true, true])
  }
}
