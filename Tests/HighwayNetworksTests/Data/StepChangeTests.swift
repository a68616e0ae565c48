import Testing

@testable import HighwayNetworks

/// Steps that are grouped by how near their class changes.
struct StepChangeTests {
  private func names(_ labels: [Int32], steps: Int) -> [String] {
    Grouping(changesOf: labels, steps: steps).of.map { $0 < 0 ? "" : Grouping.changeNames[Int($0)] }
  }

  @Test func stepsBelongToTheNearestChange() {
    #expect(
      names([0, 0, 0, 1, 1, 1, 1, 2, -1], steps: 9)
        == [
          "3 before", "2 before", "1 before", "change", "1 after", "2 after", "1 before", "change",
          "",
        ])
    #expect(Grouping.changeNames.count == 12)
  }

  @Test func farStepsAndSequencesWithoutAChangeAreFarther() {
    let labels = [Int32](repeating: 3, count: 8) + [4]
    #expect(
      names(labels, steps: 9)
        == [
          "farther", "farther", "farther", "5 before", "4 before", "3 before", "2 before",
          "1 before",
          "change",
        ])
    // What one sequence ends with and the next begins with is no change.
    #expect(names([1, 1, 2, 2], steps: 2) == ["farther", "farther", "farther", "farther"])
    #expect(names([], steps: 2).isEmpty)
  }

  @Test func meansOfGroupsAddUpToTheMean() throws {
    var random = RandomSource(seed: 4)
    let network = Network(
      try Architecture(
        json: #"{"input":[6,2],"task":"tag-sequence","classes":3,"layers":["#
          + #"{"kind":"lstm","units":3},{"kind":"hlstm","units":3}]}"#), random: &random)
    let samples = Samples(
      DataSet.Split(
        sequences: (0..<24).map { Float($0 * 7 % 5) - 2 }, lengths: [6, 4],
        labels: [0, 0, 1, 1, 2, 2, 1, 1, 1, 0, -1, -1]),
      shape: .sequence(steps: 6, features: 2), normalization: Normalization())
    let grouped = try #require(samples.groupedByChange)
    let statistics = Inference(network).statistics(of: grouped, threads: 1)
    // Changes are at steps 2 and 4 of the one sequence, and 3 of the other.
    #expect(statistics.samplesByClass == [0, 0, 1, 2, 2, 3, 2, 0, 0, 0, 0, 0])
    #expect(statistics.loss == Inference(network).statistics(of: samples, threads: 1).loss)
    let depth = try #require(statistics.layers[1].signals.first { $0.signal.symbol == "d" })
    for unit in 0..<3 {
      let sum = statistics.samplesByClass.enumerated().reduce(Float(0)) {
        $0 + Float($1.element) * depth.groupMean[$1.offset * 3 + unit]
      }
      #expect(abs(sum / 10 - depth.mean[unit]) < 1e-6)
    }
    #expect(samples.stepLabels(of: 1) == [1, 1, 1, 0])
    let whole = Samples(
      DataSet.Split(sequences: [1, 2], lengths: [1], labels: [0]),
      shape: .sequence(steps: 1, features: 2), normalization: Normalization())
    #expect(whole.groupedByChange == nil)
  }
}
