import ExplorerUI
import Foundation
import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

@testable import tollgate

/// Files that are not what they were a moment ago.
struct VanishingTests {
  /// Lives as long as the test, so that the explorer has its files.
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  /// A link without a target is listed and cannot be opened, as a file that goes in between.
  @Test(arguments: ["analyze", "lesion"])
  func anEpochThatGoesBetweenListingAndOpeningIsNamed(command: String) throws {
    try workspace.delete("run/epoch-0003.safetensors")
    try FileManager.default.createSymbolicLink(
      atPath: workspace.at("run/epoch-0003.safetensors"), withDestinationPath: "gone")
    let outcome = try Program.run([command, "run", "--data", "shapes"], in: workspace)
    #expect(outcome.status == .exited(1))
    expectOneLine(outcome, naming: ["run/epoch-0003.safetensors: no such file or directory"])
  }

  @Test func epochsMayHaveGaps() throws {
    try workspace.delete("run/epoch-0001.safetensors")
    try workspace.delete("run/epoch-0003.safetensors")
    let outcome = try Program.run(["analyze", "run", "--data", "shapes"], in: workspace)
    #expect(outcome.status == .exited(0))
    #expect(outcome.output.contains("run/epoch-0002.safetensors, epoch 2"))
    let terminal = try Explorer.open(in: workspace)
    #expect(terminal.marks == "●●")
    terminal.send("<")
    try terminal.wait(for: "epoch 0") { $0.header.contains("epoch 0") }
  }

  @Test func anEpochThatIsRemovedIsReportedAndTheOthersStay() throws {
    let terminal = try Explorer.open(in: workspace)
    try workspace.delete("run/epoch-0002.safetensors")
    try terminal.wait(for: "the report") {
      $0.footer.contains("run: the checkpoint of epoch 2 has been removed")
    }
    #expect(terminal.header.contains("sample 0, true class left"))
    terminal.send("<")
    try terminal.wait(for: "the reason") {
      $0.header.contains("epoch 2")
        && $0.footer.contains("run/epoch-0002.safetensors: no such file or directory")
    }
    terminal.send("<")
    try terminal.wait(for: "epoch 1") {
      $0.header.contains("epoch 1") && $0.header.contains("true class left")
    }
  }

  @Test func aRunThatDisappearsLeavesWhatWasRead() throws {
    let terminal = try Explorer.open(in: workspace)
    let shown = terminal.screen.row(with: "class share")
    try workspace.delete("run")
    try terminal.wait(for: "the report") {
      $0.footer.contains("run: no such file or directory; what was read stays")
    }
    #expect(terminal.header.contains("epoch 3"))
    #expect(terminal.header.contains("sample 0, true class left"))
    #expect(terminal.screen.row(with: "class share") == shown)
    // The data is in memory, and so is the network of no other epoch.
    terminal.send(".")
    try terminal.wait(for: "the reason") { $0.footer.contains("no such file or directory") }
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func aRunThatIsReplacedByAnotherNetworksIsNotMixedWithIt() throws {
    let terminal = try Explorer.open(in: workspace)
    let outcome = try Program.run(
      ["train", "--data", "shapes", "--depth", "3", "--units", "4", "--epochs", "5"]
        + ["--out", "other"], in: workspace)
    #expect(outcome.status == .exited(0))
    // In one step each, as another program would.
    for name in ["run.json", "epoch-0004.safetensors"] {
      let (source, target) = (workspace.at("other/" + name), workspace.at("run/" + name))
      #expect(unsafe rename(source, target) == 0)
    }
    // The new run is opened as a whole.
    try terminal.wait(for: "the report") {
      $0.footer.contains("run was deleted and made again") && $0.marks == "●●●●●"
    }
  }

  @Test func aBrokenLineOfMetricsIsReportedWhileTheRunIsOpen() throws {
    let terminal = try Explorer.open(in: workspace)
    try workspace.write("run/metrics.jsonl", "garbage\n")
    try terminal.wait(for: "the report") { $0.screen.contains("run/metrics.jsonl, line 1: ") }
    #expect(terminal.header.contains("sample 0, true class left"))
    // The long report covers the timeline until the next key.
    terminal.send("j")
    try terminal.wait(for: "the epochs") { $0.marks == "●●●●" }
  }

  @Test func aDataSetThatIsRemovedIsStillInMemory() throws {
    let terminal = try Explorer.open(in: workspace)
    try workspace.delete("shapes")
    terminal.send("<")
    try terminal.wait(for: "epoch 2") {
      $0.header.contains("epoch 2") && $0.header.contains("true class left")
    }
    terminal.send(">t")
    try terminal.wait(for: "epoch 4") { $0.header.contains("epoch 4, not saved") }
    let outcome = try Program.run(
      ["train", "--resume", "--out", "run", "--data", "shapes", "--epochs", "4"], in: workspace)
    #expect(outcome.status == .exited(1))
    expectOneLine(outcome, naming: ["shapes"])
  }

  @Test func measuresOfEpochsWithoutACheckpointArriveToo() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send("6")
    try terminal.wait(forText: "learning rate")
    let outcome = try Program.run(
      ["train", "--resume", "--out", "run", "--data", "shapes", "--epochs", "6", "--record", "0"],
      in: workspace)
    #expect(outcome.status == .exited(0))
    let metrics = try RunDirectory.open(workspace.at("run")).metrics
    for epoch in 4...6 {
      try terminal.wait(for: "the losses of epoch \(epoch)") {
        $0.screen.contains(Explorer.fourDigits(metrics[epoch].testLoss))
      }
    }
    #expect(terminal.marks == "●●●●●")
  }

  @Test func aKeptEpochThatMemoryHasDroppedIsReadFromItsRun() throws {
    let model = try ModelSource(workspace.at("run"))
    let session = Session(
      model, data: DataPlace(workspace.at("shapes")), sampleLimit: 10, liveLimit: 0)
    let parameters = (4...7).map { epoch in
      [Float](repeating: Float(epoch), count: ParameterLayout(model.architecture).count)
    }
    var run = try RunDirectory.create(workspace.at("kept"), try #require(model.description))
    for epoch in 4...5 {
      let network = Network(model.architecture, parameters: parameters[epoch - 4])
      session.finish(network.parameters, .example(epoch))
      try run.record(Checkpoint(network), epoch: epoch)
    }
    session.noteWritten([4, 5], to: run.path)
    // Of these it remembers two at the least.
    for epoch in 6...7 { session.finish(parameters[epoch - 4], .example(epoch)) }
    #expect(try session.makeRoom() == nil)
    for epoch in 4...7 {
      let network = try session.network(.live(epoch, branch: 0))
      #expect(network.parameters == parameters[epoch - 4])
    }
    let error = #expect(throws: (any Error).self) { try session.network(.live(4, branch: 1)) }
    #expect("\(try #require(error))".contains("epoch 4 was replaced"))
  }
}
