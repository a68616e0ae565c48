import TensorFiles

/// A stack of highway layers that was found among the tensors of another program's file.
struct FoundStack: Sendable {
  /// One affine map of a layer: a tensor, or some of its rows.
  struct Map: Sendable {
    let weight: StoredTensor
    /// nil where the layer has no biases.
    let bias: StoredTensor?
    /// Which outputs of the tensors are the map's.
    let rows: Range<Int>
  }

  /// One layer.
  struct Layer: Sendable {
    let state: Map
    let gate: Map
  }

  /// What a person calls the stack by: `PATH#name`.
  let name: String
  /// How its tensors are named and laid out.
  let convention: HighwayConvention
  /// The layers from the first to the last.
  let layers: [Layer]
  /// The number of units of each layer.
  let width: Int
  /// The names of its tensors in the spelling of ``NamedArrays``.
  let used: Set<String>

  /// The tensors of the stack in the file's own names, each once.
  var tensors: [String] {
    layers.flatMap { layer in
      let isPacked = layer.state.weight == layer.gate.weight
      let maps = isPacked ? [layer.state] : [layer.state, layer.gate]
      return maps.flatMap { [$0.weight.name] + ($0.bias.map { [$0.name] } ?? []) }
    }
  }

  /// The mean of the biases of maps; nil where there are none.
  ///
  /// - Throws: What reading the file throws.
  static func meanBias(of maps: [Map], in file: any TensorFile) throws(ReadError) -> Float? {
    var sum = 0.0
    var count = 0
    for map in maps {
      guard let bias = map.bias else { continue }
      for value in try file.values(of: bias)[map.rows] { sum += Double(value) }
      count += map.rows.count
    }
    return count > 0 ? Float(sum / Double(count)) : nil
  }
}
