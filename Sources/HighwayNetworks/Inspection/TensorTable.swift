import TensorFiles

/// The tensors of a file in lines for people, layers of the same make folded into one line.
struct TensorTable {
  /// One line: tensors whose names differ in the layer's number alone.
  private struct Row {
    let prefix: String
    let suffix: String
    let type: ElementType
    let shape: [Int]
    var layers: ClosedRange<Int>?
  }

  private var rows: [Row] = []

  /// Folds tensors.
  init(_ tensors: [StoredTensor]) {
    let parts = tensors.map { ($0, TensorName($0.name)) }.sorted {
      let (left, right) = ($0.1, $1.1)
      return (left.prefix, left.layer ?? -1, left.suffix) < (
        right.prefix, right.layer ?? -1, right.suffix
      )
    }
    // A layer extends only the latest row of its names, since names come in the order of layers.
    var latest: [[String]: Int] = [:]
    for (tensor, name) in parts {
      let key = [name.prefix, name.suffix]
      if let layer = name.layer, let index = latest[key], rows[index].type == tensor.type,
        rows[index].shape == tensor.shape, let layers = rows[index].layers,
        layers.upperBound == layer - 1
      {
        rows[index].layers = layers.lowerBound...layer
        continue
      }
      latest[key] = rows.count
      rows.append(
        Row(
          prefix: name.prefix, suffix: name.suffix, type: tensor.type, shape: tensor.shape,
          layers: name.layer.map { $0...$0 }))
    }
  }

  /// A name as it may stand in a line; of a long one the end, which tells tensors apart.
  private static func shortened(_ name: String) -> String {
    let text = name.excerpt(4_096)
    return text.count <= 72 ? text : "..." + text.suffix(69)
  }

  /// The lines, such as `layers.1-49.gate.bias  F32 [50]`.
  var lines: [String] {
    let names = rows.map { row in
      Self.shortened(row.prefix + (row.layers.map(TensorName.text) ?? "") + row.suffix)
    }
    let width = min(40, names.map(\.count).max() ?? 0)
    return zip(rows, names).map { row, name in
      name + String(repeating: " ", count: max(0, width - name.count)) + "  "
        + "\(row.type.name) \(StoredTensor.text(of: row.shape))"
    }
  }
}
