import Foundation
import HighwayNetworks

/// Opening a checkpoint that the file cache holds.
final class CheckpointCase: BenchmarkCase {
  let name = "checkpoint"
  let network: BenchmarkNetwork
  private let path: String
  private let size: Int

  /// Writes the checkpoint to a temporary file.
  init(_ network: BenchmarkNetwork) throws {
    self.network = network
    let directory = FileManager.default.temporaryDirectory
    path = directory.appendingPathComponent("tollgate-bench-\(UUID().uuidString).safetensors").path
    try Checkpoint(network.network, epoch: 1, normalization: Normalization()).write(to: path)
    size = try Data(contentsOf: URL(fileURLWithPath: path)).count
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var shape: String {
    "\(network.description), \(String(format: "%.2f", Double(size) / 1e6)) MB"
  }
  var bytes: Double? { Double(size) }

  /// Compares with the network that was written, and the bytes that the file's header points to with its
  /// parameters.
  func verify() throws {
    let written = network.network
    let found = try Checkpoint.read(path).network
    guard found.architecture == written.architecture else { throw Fault.architecture }
    let stored = try storedValues()
    for (index, value) in written.parameters.enumerated() {
      try Mismatch.check(
        "parameter \(index) in the file", expected: Double(value), found: Double(stored[index]),
        bound: 0)
      try Mismatch.check(
        "parameter \(index)", expected: Double(value), found: Double(found.parameters[index]),
        bound: 0)
    }
  }

  /// What the verification finds besides wrong numbers.
  private enum Fault: Error, CustomStringConvertible {
    case architecture
    case tensorNotFound(String)

    var description: String {
      switch self {
      case .architecture: "the architecture that is read is not the one that was written"
      case .tensorNotFound(let name): "the file's header does not say where \(name) lies"
      }
    }
  }

  /// The parameters as a plain reader finds them: eight bytes that tell the header's length, then for
  /// each tensor `"name":{…"data_offsets":[begin,end]}`.
  private func storedValues() throws -> [Float] {
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let length = (0..<8).reduce(0) { $0 | Int(file[$1]) << (8 * $1) }
    let header = String(decoding: file[8..<8 + length], as: UTF8.self)
    var values: [Float] = []
    for tensor in network.network.layout.tensors {
      guard let entry = header.range(of: "\"\(tensor.name)\":{"),
        let offsets = header.range(
          of: "\"data_offsets\":[", range: entry.upperBound..<header.endIndex),
        let begin = Int(header[offsets.upperBound...].prefix { $0.isNumber }),
        8 + length + begin + 4 * tensor.count <= file.count
      else { throw Fault.tensorNotFound(tensor.name) }
      for index in 0..<tensor.count {
        let start = 8 + length + begin + 4 * index
        let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(file[start + $1]) << (8 * UInt32($1)) }
        values.append(Float(bitPattern: bits))
      }
    }
    return values
  }

  func prepare() -> () throws -> Void {
    { [path] in _ = try Checkpoint.read(path) }
  }
}
