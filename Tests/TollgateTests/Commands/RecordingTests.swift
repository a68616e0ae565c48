import Foundation
import TerminalHarness
import TestSupport
import Testing

/// The commands on recorded gates, and the program that records them.
struct RecordingTests {
  private let workspace: TemporaryDirectory

  init() throws {
    workspace = try TemporaryDirectory()
    try workspace.write("gates/.keep", "")
    try RecordedGates.write("gates/recording-0000.safetensors", to: workspace)
    try RecordedGates.write("gates/recording-0001.safetensors", to: workspace, shift: 0.125)
  }

  private func run(_ arguments: [String]) throws -> Outcome {
    try Program.run(arguments, in: workspace)
  }

  @Test func analyzeGivesEveryGate() throws {
    let outcome = try run(["analyze", "gates", "--json", "--epoch", "1"])
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let layers = try #require(object["layers"] as? [[String: Any]])
    #expect(layers.count == 2 && layers[0]["gating"] is NSNull && object["epoch"] as? Int == 1)
    let signals = try #require(layers[0]["signals"] as? [[String: Any]])
    #expect(signals.map { $0["name"] as? String } == ["i", "f", "o"])
    let means = try signals.map { try #require($0["mean"] as? [Double]) }
    for unit in 0..<3 {
      // f is a tenth above i everywhere.
      #expect(abs(means[1][unit] - means[0][unit] - 0.1) < 1e-6)
    }
    let table = try run(["analyze", "gates"])
    #expect(table.output.contains("4 recorded samples of sentences: gates/recording-0001"))
    let refused = try run(["analyze", "gates", "--clamp", "0=0"])
    #expect(refused.status == .exited(2) && refused.error.contains("leave out --data"))
    #expect(try run(["analyze", "gates", "--epoch", "7"]).error.contains("0–1, found 7"))
  }

  @Test func inspectSaysWhatWasRecordedAndWhatIsWrong() throws {
    let outcome = try run(["inspect", "gates"])
    #expect(outcome.status == .exited(0), "\(outcome.output)")
    #expect(outcome.output.contains("gates: recording"))
    #expect(outcome.output.contains("lstm.l1: 2×3, i (transform), f (carry), o (output)"))
    #expect(outcome.output.contains("2: low, high"))
    try RecordedGates.write("gates/recording-0001.safetensors", to: workspace, shift: 2)
    let wrong = try run(["inspect", "gates"])
    #expect(wrong.status == .exited(1))
    #expect(
      wrong.output.contains("block lstm.l0: i goes from 2.0 to 2.4, but its range is 0.0 to 1.0"))
  }

  @Test func renderDrawsAGateAndSaysWhatIsNotThere() throws {
    let overview = try run(["render", "overview", "gates", "--keys", "S"])
    #expect(overview.status == .exited(0), "\(overview.error)")
    #expect(overview.output.contains("mean f "))
    #expect(overview.output.contains("sentences recorded, 4 samples"))
    let lesions = try run(["render", "lesion", "gates"])
    #expect(lesions.output.contains("it holds what gates did, not the network"))
    for view in ["classes", "cells", "sample", "training", "depth"] {
      for format in ["--json", "--csv"] {
        #expect(try run(["render", view, "gates", format]).status == .exited(0), "\(view)")
      }
    }
  }

  @Test func aDirectoryWithoutAWholeEpochIsRefusedInOneLine() throws {
    try workspace.write("part/recording-0000.rank-0-of-2.safetensors", "half of it")
    for command in [["--dump", "part"], ["analyze", "part"], ["render", "1", "part"]] {
      let outcome = try run(command)
      #expect(outcome.status == .exited(1))
      #expect(outcome.error.contains("part: no recording is whole yet"), "\(outcome.error)")
    }
  }

  @Test func theRecorderIsPythonAndWhatItWritesOpens() throws {
    let outcome = try run(["recorder"])
    #expect(outcome.status == .exited(0))
    #expect(outcome.output.hasPrefix("\"\"\"Records what the gates of a PyTorch model do"))
    try workspace.write("recorder.py", outcome.output)
    #expect([0, 127].contains(try python(["-m", "py_compile", "recorder.py"])))
    guard try python(["-c", "import numpy"]) == 0 else { return }
    #expect(try python(["recorder.py", "--example", "example"]) == 0)
    let inspected = try run(["inspect", "example"])
    #expect(inspected.status == .exited(0), "\(inspected.output)")
    #expect(inspected.output.contains("highway.2: 8, coupled, T (transform)"))
  }

  /// Runs Python where it is here; 127 where it is not.
  private func python(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.currentDirectoryURL = URL(filePath: workspace.path)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
