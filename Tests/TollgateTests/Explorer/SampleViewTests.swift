import Foundation
import TerminalHarness
import Testing

/// The sample view, against what the commands print.
struct SampleViewTests {
  private func sample(_ number: Int, _ arguments: [String] = []) throws -> [String: Any] {
    let outcome = try Program.run(
      ["render", "sample", "run", "--data", "shapes", "--sample", "\(number)", "--format", "json"]
        + arguments, in: TinyRun.shared())
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    let parsed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(parsed as? [String: Any])
  }

  @Test func theErrorsAreThoseOfTheAccuracy() throws {
    // The network of epoch 0 gets some right and some wrong.
    let first = ["--epoch", "0"]
    let analyzed = try Program.run(
      ["analyze", "run", "--data", "shapes", "--split", "test", "--json"] + first,
      in: TinyRun.shared())
    let object = try JSONSerialization.jsonObject(with: Data(analyzed.output.utf8))
    let accuracy = try #require((object as? [String: Any])?["accuracy"] as? Double)
    let loss = try #require((object as? [String: Any])?["loss"] as? Double)
    var (wrong, sum) = (0, 0.0)
    for number in 0..<Shapes.testCount {
      let sample = try sample(number, first)
      if sample["label"] as? Int != sample["prediction"] as? Int { wrong += 1 }
      sum += try #require(sample["loss"] as? Double)
      let probabilities = try #require(sample["probabilities"] as? [Double])
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
    }
    let count = Double(Shapes.testCount)
    #expect(abs(accuracy - 1 + Double(wrong) / count) < 1e-9)
    #expect(abs(loss - sum / count) < 1e-5)
    let text = try Program.run(
      ["render", "sample", "run", "--data", "shapes"] + first, in: TinyRun.shared())
    #expect(text.output.contains("all \(Shapes.testCount), \(wrong) misclassified"))
  }

  @Test func theFilterStopsAtSamplesOfTheClass() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    terminal.send("4]:filter class\r")
    try terminal.wait(forText: "of class middle: 1 of 7")
    terminal.send(".")
    try terminal.wait(forText: "of class middle: 2 of 7")
    try terminal.wait(forText: "sample 4, true class ")
    terminal.send("/s5\r")
    try terminal.wait(forText: "sample 5 is outside the filter (of class middle)")
    #expect(terminal.screen.contains("not one of the 7 of"))
  }
}
