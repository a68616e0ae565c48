import Libc

/// What the kernel says of a process.
enum Process {
  /// The scheduler's state: S asleep, R running, T stopped, Z ended.
  static func state(of process: Int32) -> String? {
    field("State", of: process).map { String($0.prefix(1)) }
  }

  /// The signals that wait to be delivered, as a bit set.
  static func pendingSignals(of process: Int32) -> UInt64? {
    guard let thread = field("SigPnd", of: process).flatMap({ UInt64($0, radix: 16) }),
      let shared = field("ShdPnd", of: process).flatMap({ UInt64($0, radix: 16) })
    else { return nil }
    return thread | shared
  }

  /// How many times the process went to sleep of its own.
  static func wakeUps(of process: Int32) -> Int? {
    field("voluntary_ctxt_switches", of: process).flatMap { Int($0) }
  }

  private static func field(_ name: String, of process: Int32) -> String? {
    guard let file = unsafe fopen("/proc/\(process)/status", "r") else { return nil }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.map(
      String.init)
  }
}
