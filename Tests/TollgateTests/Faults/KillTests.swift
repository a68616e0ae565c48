import Foundation
import HighwayNetworks
import Libc
import TerminalHarness
import TestSupport
import Testing

/// kill -9 at any moment: what is resumed ends in the same bytes as what was never stopped.
struct KillTests {
  private static let epochs = 46
  private static let command = Subject.dense.command
  /// Run without a stop, once for all tests; it trains in a directory of its own.
  private static let whole = Result { try finished(.dense) }
  private static let wholeMaps = Result { try finished(.maps) }

  /// A network that is killed.
  enum Subject: CaseIterable {
    case dense, maps

    /// Trains the network, with dropout and augmentation where it goes over maps.
    var command: [String] {
      let recording = [
        "--out", "run", "--epochs", "\(KillTests.epochs)", "--record", "0-3,7,10-20,31,45",
        "--json",
      ]
      switch self {
      case .dense: return TinyRun.options + recording
      case .maps:
        return [
          "train", "--data", "shapes", "--architecture", "maps.json", "--batch-size", "10",
          "--threads", "1", "--pad", "1", "--mirror",
        ] + recording
      }
    }

    /// A directory with what the command needs.
    func workspace() throws -> TemporaryDirectory {
      let workspace = try TemporaryDirectory()
      try Shapes.write(to: workspace)
      let layers = [
        #"{"kind":"dropout","p":0.1}"#,
        #"{"kind":"conv","channels":3,"kernel":3,"padding":1,"bias":false,"activation":"linear"}"#,
        #"{"kind":"batch-norm","activation":"relu"}"#,
        #"{"kind":"residual-block","channels":4,"stride":2,"shortcut":"pad","activation":"relu"}"#,
        #"{"kind":"conv-highway","channels":4,"kernel":3,"activation":"relu","gating":"coupled"}"#,
      ].joined(separator: ",")
      let text =
        #"{"input":[1,4,3],"classes":\#(Shapes.classNames.count),"layers":[\#(layers)]}"#
      try workspace.write("maps.json", Array(text.utf8))
      return workspace
    }
  }

  private static func finished(_ subject: Subject) throws -> Finished {
    let workspace = try subject.workspace()
    let outcome = try Program.run(subject.command, in: workspace)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    return try Finished(workspace)
  }

  /// A finished run's files, but for how long each epoch took.
  private struct Finished: Equatable {
    var files: [String: [UInt8]] = [:]
    var metrics: String

    init(_ workspace: TemporaryDirectory) throws {
      for name in try workspace.names(in: "run") {
        files[name] = try workspace.bytes("run/" + name)
      }
      let text = String(decoding: files.removeValue(forKey: "metrics.jsonl") ?? [], as: UTF8.self)
      metrics = text.replacing(/"seconds":[-+.0-9e]+/, with: "")
    }

    func expectSame(as other: Finished) {
      #expect(files.keys.sorted() == other.files.keys.sorted())
      for (name, bytes) in other.files { #expect(files[name] == bytes, "\(name)") }
      #expect(metrics == other.metrics)
    }
  }

  /// When a process is killed.
  private enum Moment: CaseIterable {
    case afterATime, whileWriting, afterCheckpoint, afterMetrics, afterState

    /// Tells when it has come; counted from now on.
    func watch(_ run: String, _ random: inout RandomSource) -> () -> Bool {
      let count = Int.random(in: 1...3, using: &random)
      switch self {
      case .afterATime:
        let clock = ContinuousClock()
        let end = clock.now + .microseconds(Int.random(in: 0...120_000, using: &random))
        return { clock.now >= end }
      case .whileWriting:
        return { KillTests.names(run).contains { $0.hasPrefix(".tollgate-") } }
      case .afterCheckpoint:
        let before = KillTests.names(run).count { $0.hasPrefix("epoch-") }
        return { KillTests.names(run).count { $0.hasPrefix("epoch-") } >= before + count }
      case .afterMetrics: return KillTests.replaced(run + "/metrics.jsonl", times: count)
      case .afterState: return KillTests.replaced(run + "/state.safetensors", times: count)
      }
    }
  }

  private static func names(_ path: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
  }

  /// Tells when a file has been replaced so often.
  private static func replaced(_ path: String, times: Int) -> () -> Bool {
    var last = number(of: path)
    var seen = 0
    return {
      let now = number(of: path)
      if now != last { seen += 1 }
      last = now
      return seen >= times
    }
  }

  private static func number(of path: String) -> ino_t? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_ino : nil
  }

  @Test(arguments: [(1, .dense), (2, .dense), (3, .maps)] as [(UInt64, Subject)])
  func whereverItIsKilledItEndsInTheSameBytes(seed: UInt64, subject: Subject) throws {
    let workspace = try subject.workspace()
    let run = workspace.at("run")
    var random = RandomSource(seed: seed)
    var kills = 0
    var leftovers = 0
    var epochsAtKill: Set<Int> = []
    while true {
      let isBegun = FileManager.default.fileExists(atPath: run + "/run.json")
      let program = try Program(subject.command + (isBegun ? ["--resume"] : []), in: workspace)
      // After so many the rest is trained in peace.
      let moment = kills < 12 ? Moment.allCases[kills % Moment.allCases.count] : nil
      let hasCome = moment?.watch(run, &random) ?? { false }
      let outcome = try program.kill(once: hasCome)
      guard outcome.status == .killed(signal: SIGKILL) else {
        #expect(outcome.status == .exited(0), "\(outcome.error)")
        break
      }
      kills += 1
      leftovers += Self.names(run).count { $0.hasPrefix(".tollgate-") }
      guard isBegun else { continue }
      // Whatever the moment, what can be read is whole.
      let opened = try RunDirectory.open(run)
      for epoch in opened.epochs { _ = try opened.checkpoint(epoch: epoch) }
      if let epoch = try opened.state()?.epoch { epochsAtKill.insert(epoch) }
    }
    // How many land before the run is done depends on how busy the machine is; usually all 12.
    #expect(kills >= 4)
    #expect(epochsAtKill.count >= 2)
    #expect(leftovers >= 1)
    let whole = subject == .dense ? Self.whole : Self.wholeMaps
    try Finished(workspace).expectSame(as: whole.get())
  }

  /// What a killed process has written, in the order in which it writes.
  @Test(arguments: 0...7)
  func eachStepOfTheBeginningCanBeTheLast(count: Int) throws {
    let whole = try Self.whole.get()
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    try FileManager.default.createDirectory(
      atPath: workspace.at("run"), withIntermediateDirectories: false)
    let line = try #require(whole.metrics.split(separator: "\n").first)
    let steps: [(name: String, bytes: [UInt8])] = [
      ("run.lock", []), (".tollgate-1-a.tmp", [1]),
      ("run.json", whole.files["run.json"] ?? []), (".tollgate-1-b.tmp", [1]),
      ("epoch-0000.safetensors", whole.files["epoch-0000.safetensors"] ?? []),
      (".tollgate-1-c.tmp", [1]),
      ("metrics.jsonl", Array(line.replacing(",}", with: ",\"seconds\":0}").utf8) + [10]),
    ]
    for step in steps.prefix(count) { try workspace.write("run/" + step.name, step.bytes) }
    let resumed = try Program.run(Self.command + ["--resume"], in: workspace)
    if count >= 3 {
      #expect(resumed.status == .exited(0), "\(resumed.error)")
    } else {
      #expect(resumed.status == .exited(1))
      expectOneLine(resumed, naming: ["run", "run.json is missing", "begin it without --resume"])
      let begun = try Program.run(Self.command, in: workspace)
      #expect(begun.status == .exited(0), "\(begun.error)")
    }
    try Finished(workspace).expectSame(as: whole)
  }

  @Test func aRunWithEpochsButNoStateIsNotTrainedOver() throws {
    let workspace = try TinyRun.workspace()
    try workspace.delete("run/state.safetensors")
    let before = try workspace.contents()
    let outcome = try Program.run(
      ["train", "--resume", "--data", "shapes", "--out", "run", "--epochs", "4"], in: workspace)
    #expect(outcome.status == .exited(1))
    expectOneLine(outcome, naming: ["run: epoch 3 is there", "state.safetensors", "anew"])
    #expect(try workspace.contents() == before)
  }
}
