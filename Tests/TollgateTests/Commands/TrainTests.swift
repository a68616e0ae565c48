import Foundation
import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// `tollgate train`, from its arguments to the files it leaves.
struct TrainTests {
  @Test func writesARunThatOpens() throws {
    let workspace = try TinyRun.shared()
    #expect(
      try workspace.names(in: "run") == (0...TinyRun.lastEpoch).map { "epoch-000\($0).safetensors" }
        + ["metrics.jsonl", "run.json", "state.safetensors"])
    let run = try RunDirectory.open(workspace.at("run"))
    #expect(run.epochs == Array(0...TinyRun.lastEpoch))
    #expect(run.metrics.map(\.epoch) == run.epochs)
    #expect(run.metrics.map(\.step) == [0, 6, 12, 18])
    #expect(run.description.architecture.gatedLayers.count == TinyRun.highwayLayers)
    #expect(run.description.data?.name == "shapes")
    #expect(run.description.data?.classNames == Shapes.classNames)
    #expect(run.description.data?.files.count == 4)
    #expect(run.description.data?.trainingExamples == Shapes.trainingCount)
    #expect(run.description.hyperparameters?.batchSize == 10)
    #expect(try run.state()?.epoch == TinyRun.lastEpoch)
    for epoch in run.epochs { _ = try run.checkpoint(epoch: epoch) }
  }

  @Test func learnsTheShapes() throws {
    let run = try RunDirectory.open(TinyRun.shared().at("run"))
    let (first, last) = (try #require(run.metrics.first), try #require(run.metrics.last))
    #expect(last.trainLoss < first.trainLoss / 2)
    #expect(last.testAccuracy == 1)
  }

  @Test func keepsTheEpochsChosenAndTheEnds() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    let outcome = try Program.run(
      TinyRun.options + ["--out", "run", "--epochs", "7", "--record", "2-3,5"], in: workspace)
    #expect(outcome.status == .exited(0))
    let run = try RunDirectory.open(workspace.at("run"))
    #expect(run.epochs == [0, 2, 3, 5, 7])
    #expect(run.metrics.map(\.epoch) == Array(0...7))
  }

  @Test func printsALineForEachEpochAndNoProgressInAPipe() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    let outcome = try Program.run(
      TinyRun.options + ["--out", "run", "--epochs", "2"], in: workspace)
    #expect(outcome.status == .exited(0))
    #expect(outcome.error == "")
    #expect(outcome.lines.count == 4)
    #expect(outcome.lines.prefix(3).allSatisfy { $0.contains("test loss") })
    #expect(outcome.lines.last == "recorded in run")
  }

  @Test func showsProgressOnATerminalAndTakesItAway() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    // Deep and in small steps, so that it takes some tenths of a second.
    let terminal = try Explorer.start(
      [
        "train", "--data", "shapes", "--out", "run", "--depth", "60", "--units", "20",
        "--batch-size", "1",
        "--epochs", "5", "--record", "0", "--threads", "1",
      ], in: workspace, width: 140)
    #expect(try terminal.waitForExit() == .exited(0))
    let written = String(decoding: terminal.output, as: UTF8.self)
    #expect(written.contains("/5 ["))
    #expect(written.contains("examples/s"))
    let shown = terminal.screen.text.filter { !$0.isEmpty }
    #expect(shown.count == 7 && shown.last == "recorded in run", "\(shown)")
    #expect(shown.dropLast().allSatisfy { $0.hasPrefix("epoch ") && !$0.contains("[") })
  }

  @Test func printsTheMetricsAsJSON() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    let outcome = try Program.run(
      TinyRun.options + ["--out", "run", "--epochs", "2", "--json"], in: workspace)
    #expect(outcome.status == .exited(0))
    #expect(outcome.error == "")
    #expect(Array(outcome.output.utf8) == (try workspace.bytes("run/metrics.jsonl")))
    for (epoch, line) in outcome.lines.enumerated() {
      let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let object = try #require(parsed)
      #expect(
        Set(object.keys) == [
          "epoch", "step", "learningRate", "trainLoss", "trainAccuracy", "testLoss",
          "testAccuracy", "seconds",
        ])
      #expect(object["epoch"] as? Int == epoch)
    }
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    for threads in ["1", "2"] {
      let outcome = try Program.run(
        TinyRun.options + ["--out", "run\(threads)", "--epochs", "2", "--threads", threads],
        in: workspace)
      #expect(outcome.status == .exited(0))
    }
    #expect(
      try workspace.bytes("run1/state.safetensors") == workspace.bytes("run2/state.safetensors"))
  }
}
