/// A tensor's name around the number of its layer.
///
/// The number is the first that is a part of the name, or ends one behind an underscore. Points and slashes stand
/// between parts.
package struct TensorName {
  /// What stands before the number, or the whole name.
  package let prefix: String
  /// The layer's number, where there is one.
  package let layer: Int?
  /// What stands behind the number.
  package let suffix: String

  /// Takes a name apart.
  package init(_ name: String) {
    let bytes = Array(name.utf8)
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    func ends(_ index: Int) -> Bool { index == bytes.count || [46, 47].contains(bytes[index]) }
    var start = 0
    while start < bytes.count {
      guard isDigit(bytes[start]) else {
        start += 1
        continue
      }
      let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
      // A point, a slash or an underscore stands before it.
      let begins = start == 0 || [46, 47, 95].contains(bytes[start - 1])
      if begins, ends(end), end - start < 10, end - start == 1 || bytes[start] != 48,
        let layer = Int(String(decoding: bytes[start..<end], as: UTF8.self))
      {
        prefix = String(decoding: bytes[..<start], as: UTF8.self)
        self.layer = layer
        suffix = String(decoding: bytes[end...], as: UTF8.self)
        return
      }
      start = end
    }
    (prefix, layer, suffix) = (name, nil, "")
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
