import Foundation
import TensorFiles
import Testing

@testable import HighwayNetworks

/// Values computed in float64 by PyTorch's autograd (`Fixtures/reference/make_reference.py`).
struct Reference: CustomTestStringConvertible {
  let testDescription: String
  let architecture: Architecture
  let sgd: Hyperparameters
  let sgdSteps: Int
  private let tensors: [String: [Double]]

  static let names: [String] =
    ["coupled", "full", "transform-only", "carry-only", "residual", "plain", "frozen"]
    .flatMap { ["dense-\($0)-tanh", "dense-\($0)-relu"] } + ["dense-coupled-batch1"]

  init(_ name: String) throws {
    testDescription = name
    let url = try #require(
      Bundle.module.url(
        forResource: name, withExtension: "safetensors", subdirectory: "Fixtures/reference"))
    let file = try SafetensorsFile(url.path)
    architecture = try Architecture(json: #require(file.metadata("architecture")))
    let settings = try JSON(parsing: #require(file.metadata("sgd")))
    sgd = Hyperparameters(
      learningRate: try #require(Self.number(settings["lr"])?.float),
      momentum: try #require(Self.number(settings["momentum"])?.float),
      nesterov: settings["nesterov"] == .bool(true),
      weightDecay: try #require(Self.number(settings["weightDecay"])?.float))
    sgdSteps = try #require(Self.number(settings["steps"])?.integer)
    var tensors: [String: [Double]] = [:]
    for tensor in file.tensors {
      let bytes = try file.bytes(of: tensor)
      tensors[tensor.name] = stride(from: 0, to: bytes.count, by: 8).map { start in
        let bits = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) }
        return tensor.type == .i64 ? Double(Int64(bitPattern: bits)) : Double(bitPattern: bits)
      }
    }
    self.tensors = tensors
  }

  subscript(name: String) -> [Double] { tensors[name] ?? [] }

  var labels: [Int32] { self["labels"].map { Int32($0) } }

  /// One flat array in the network's layout, taken from tensors `prefix + name`.
  func flat(_ prefix: String) -> [Double] {
    ParameterLayout(architecture).tensors.flatMap { self[prefix + $0.name] }
  }

  private static func number(_ value: JSON?) -> JSON.Number? {
    if case .number(let number)? = value { number } else { nil }
  }
}

/// ‖a − b‖ / ‖b‖, or ‖a‖ where b is zero; infinite where the extents differ.
func relativeError(_ a: [Float], _ b: [Double]) -> Double {
  guard a.count == b.count, !a.isEmpty else { return .infinity }
  let difference = zip(a, b).reduce(0.0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
  let norm = b.reduce(0.0) { $0 + $1 * $1 }
  return norm > 0 ? (difference / norm).squareRoot() : difference.squareRoot()
}
