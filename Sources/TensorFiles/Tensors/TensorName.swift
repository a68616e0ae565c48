/// A tensor's name around the number of its layer: the first number that stands between points.
package struct TensorName {
  /// What stands before the number, or the whole name.
  package let prefix: String
  /// The layer's number, where there is one.
  package let layer: Int?
  /// What stands behind the number.
  package let suffix: String

  /// Takes a name apart.
  package init(_ name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard
      let index = parts.firstIndex(where: {
        !$0.isEmpty && $0.utf8.count < 10 && $0.utf8.allSatisfy { (48...57).contains($0) }
          && ($0 == "0" || $0.first != "0")
      }), let layer = Int(parts[index])
    else {
      (prefix, self.layer, suffix) = (name, nil, "")
      return
    }
    prefix = parts[..<index].map { $0 + "." }.joined()
    self.layer = layer
    suffix = parts[(index + 1)...].map { "." + $0 }.joined()
  }

  /// Names that differ in the layer alone as one, such as `layers.1-3,7.gate.bias`, in the order of their
  /// first.
  package static func folded(_ names: [String]) -> [String] {
    var rows: [(name: TensorName, layers: [ClosedRange<Int>])] = []
    var indices: [[String]: Int] = [:]
    for name in names.map(TensorName.init) {
      let key = [name.prefix, name.suffix, name.layer == nil ? "" : "#"]
      guard let index = indices[key], let layer = name.layer else {
        indices[key] = rows.count
        rows.append((name, name.layer.map { [$0...$0] } ?? []))
        continue
      }
      if let last = rows[index].layers.last, last.upperBound + 1 == layer {
        rows[index].layers[rows[index].layers.count - 1] = last.lowerBound...layer
      } else {
        rows[index].layers.append(layer...layer)
      }
    }
    return rows.map { name, layers in
      name.prefix + layers.map(text).joined(separator: ",") + name.suffix
    }
  }

  /// Layers as `7` or `1-3`.
  package static func text(_ layers: ClosedRange<Int>) -> String {
    layers.count == 1 ? "\(layers.lowerBound)" : "\(layers.lowerBound)-\(layers.upperBound)"
  }
}
