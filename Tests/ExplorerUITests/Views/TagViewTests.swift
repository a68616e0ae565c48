import Testing

@testable import ExplorerUI

/// What is shown of a network that gives a class to each step.
struct TagViewTests {
  @Test func runsNameTheClassThatMostStepsAreGiven() {
    let tags = SampleTags(
      labels: [0, 0, 1, 1, 1], probabilities: [1, 0, 0, 1, 1, 0, 1, 0, 0, 1], classes: 2)
    #expect(tags.predictions == [0, 1, 0, 0, 1] && tags.accuracy == 0.4)
    #expect(
      tags.runs == [
        .init(label: 0, steps: 0..<2, mistaken: nil), .init(label: 1, steps: 2..<5, mistaken: 0),
      ])
    let unknown = SampleTags(labels: [], probabilities: [1, 0, 0, 1], classes: 2)
    #expect(unknown.accuracy == nil && unknown.runs.map(\.label) == [0, 1])
    #expect(unknown.runs.allSatisfy { $0.mistaken == nil })
    #expect(SampleTags(labels: [], probabilities: [], classes: 2).runs.isEmpty)
  }

  @Test func theSampleViewSaysHowManyStepsAreRightAndWhichClassesTheyHave() throws {
    let rows = try TagNetwork().state("4").screen.textRows()
    #expect(rows[2].hasPrefix(" sample 0, 62.5 % of 8 steps correct · loss "))
    #expect(rows.contains { $0.contains(" true▸predicted ") })
    #expect(rows.contains { $0.contains(" pause aI t▸aI ") }, "\(rows)")
    #expect(rows.contains { $0.contains("▸  t ") && $0.contains("0.800") }, "\(rows)")
    #expect(rows.contains { $0.contains(" ● aI ") && $0.contains("0.100") }, "\(rows)")
    #expect(!rows.joined().contains("predicted aI"))
    let other = try TagNetwork().state("4.").screen.textRows()
    #expect(other[2].hasPrefix(" sample 1, 0.0 % of 5 steps correct"), "\(other[2])")
    let wide = try TagNetwork().state("4", Size(width: 200, height: 60)).screen.textRows()
    #expect(wide[0].hasSuffix("sample 0, 62.5 % correct"))
  }

  @Test func aStepSaysItsClasses() throws {
    var state = try TagNetwork().state("4")
    state.play([.terminal(.key(.enter))], with: try TagNetwork())
    let rows = state.screen.textRows()
    #expect(rows.contains { $0.contains("step 4: true aI; predicted t;") }, "\(rows)")
  }
}
