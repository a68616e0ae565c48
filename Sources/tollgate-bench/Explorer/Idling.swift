import Foundation
import HighwayNetworks
import TerminalHarness

/// What the explorer takes when nobody does anything.
enum Idling {
  private static let seconds = 4

  static func measure(_ subject: ExplorerSubject) throws -> [Finding] {
    let terminal = try subject.open()
    terminal.pause(.milliseconds(500))
    guard let before = ProcessUsage(of: terminal.process) else { return [] }
    terminal.pause(.seconds(seconds))
    guard let after = ProcessUsage(of: terminal.process) else { return [] }
    terminal.send("q")
    _ = try terminal.waitForExit()
    return [
      Finding(
        what: "CPU in \(seconds) idle seconds", goal: 0,
        found: Double(after.nanoseconds - before.nanoseconds) / 1e7 / Double(seconds),
        unit: .percent, note: "of all its threads"),
      Finding(
        what: "wake-ups in \(seconds) idle seconds", goal: 0,
        found: Double(after.switches - before.switches), unit: .count,
        note: "of its \(after.threads) \(after.threads == 1 ? "thread" : "threads")"),
      Finding(
        what: "memory with the model's statistics", goal: 60 * 1_048_576,
        found: Double(after.residentBytes), unit: .bytes,
        note: "resident; at most \(NumberFormat.fixed(Double(after.peakBytes) / 1_048_576, 1)) MiB"),
    ]
  }
}

/// What the kernel says that a process has used; nothing where there is no /proc.
struct ProcessUsage {
  var nanoseconds = 0
  /// How often its threads went to sleep or were taken off the processor.
  var switches = 0
  var threads = 0
  var residentBytes = 0
  var peakBytes = 0

  init?(of process: Int32) {
    let base = "/proc/\(process)"
    guard let tasks = try? FileManager.default.contentsOfDirectory(atPath: base + "/task") else {
      return nil
    }
    for task in tasks {
      let schedule = Self.text("\(base)/task/\(task)/schedstat").split(separator: " ")
      nanoseconds += schedule.first.flatMap { Int($0) } ?? 0
      let status = Self.text("\(base)/task/\(task)/status")
      switches += Self.field("voluntary_ctxt_switches", in: status)
      switches += Self.field("nonvoluntary_ctxt_switches", in: status)
      threads += 1
    }
    let status = Self.text(base + "/status")
    residentBytes = Self.field("VmRSS", in: status) * 1_024
    peakBytes = Self.field("VmHWM", in: status) * 1_024
  }

  /// The processor time of all threads of a process so far, in seconds; 0 where there is no /proc.
  static func processorSeconds(of process: Int32) -> Double {
    Double(ProcessUsage(of: process)?.nanoseconds ?? 0) / 1e9
  }

  private static func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  private static func field(_ name: String, in text: String) -> Int {
    let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
  }
}
