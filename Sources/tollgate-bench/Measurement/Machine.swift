import COneDNN
import Foundation

/// What the benchmark runs on.
struct Machine {
  /// The processor's name.
  let processor: String
  /// The version of oneDNN that is linked, and the instruction set it takes.
  let oneDNN: String

  init() {
    processor = Machine.processorName() ?? "unknown processor"
    guard let version = unsafe dnnl_version()?.pointee else {
      oneDNN = "unknown"
      return
    }
    oneDNN = unsafe "\(version.major).\(version.minor).\(version.patch)"
  }

  /// Whether the program was built with optimization.
  static var isOptimized: Bool {
    #if DEBUG
    false
    #else
    true
    #endif
  }

  private static func processorName() -> String? {
    let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
  }
}
