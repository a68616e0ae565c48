import TensorFiles

/// How a program names and lays out the tensors of layers of LSTM or GRU cells.
struct RecurrentConvention: Convention {
  /// What the cells are.
  enum Cell: String, Sendable {
    case lstm = "LSTM"
    case gru = "GRU"

    /// Their maps of the input, in Tollgate's order.
    var gates: String { self == .lstm ? "i f g o" : "r z n" }
    /// The number of those maps.
    var gateCount: Int { self == .lstm ? 4 : 3 }
    /// The kind of the layers.
    var kind: String { self == .lstm ? LSTMSpec.kind : GRUSpec.kind }
  }

  /// The names of the tensors of one layer; see ``StackPattern``.
  struct Names: Sendable {
    let input: String
    let recurrent: String
    let biases: [String]
    var projection: String?
    /// Whether the cells read sequences from their end.
    var isReverse = false
  }

  let name: String
  let programs: String
  let names: [Names]
  var cell = Cell.lstm
  /// Which of the file's gates each of Tollgate's is; none where they stand alike.
  var gateOrder: [Int] = []
  /// The order of a weight's extents.
  var orientation = HighwayConvention.Orientation.outputsFirst
  /// Whether layers of one name are one above the other for certain.
  var isOneModule = false
  /// What may be otherwise, beside what shapes say.
  var remark: String?

  /// Whether matrices stand as in PyTorch, whose GRUs all reset behind the product.
  var isTorch: Bool { orientation == .outputsFirst }

  /// The gates in the order of the file.
  var gatesInFile: String {
    let gates = cell.gates.split(separator: " ")
    return gateOrder.isEmpty
      ? cell.gates
      : gates.indices.map { file in gates[gateOrder.firstIndex(of: file) ?? file] }
        .joined(separator: " ")
  }

  func networks(
    in arrays: NamedArrays, isSaid: Bool
  ) throws(ReadError) -> [any FoundNetwork] {
    names.flatMap { networks($0, in: arrays) }
  }

  private func networks(_ names: Names, in arrays: NamedArrays) -> [any FoundNetwork] {
    var prefixes: [String] = []
    var layers: [String: [Int: RecurrentLayer]] = [:]
    for entry in arrays.entries {
      guard let match = PatternMatch(entry.name, names.input),
        let layer = RecurrentLayer(match, names, orientation, in: arrays),
        layer.gates == cell.gateCount || layer.gates == 1 && cell == .lstm
      else { continue }
      if layers[match.prefix] == nil { prefixes.append(match.prefix) }
      layers[match.prefix, default: [:]][match.layer ?? 0] = layer
    }
    // Keras calls layers lstm, lstm_1, lstm_2.
    for prefix in prefixes {
      guard let first = layers[prefix]?[0], layers[prefix + "_"]?[0] == nil else { continue }
      if layers[prefix + "_"]?[1] != nil, layers[prefix]?.count == 1 {
        layers[prefix + "_"]?[0] = first
        layers[prefix] = nil
      }
    }
    return prefixes.flatMap { prefix in
      networks(prefix, names, (layers[prefix] ?? [:]).sorted { $0.key < $1.key })
    }
  }

  /// Layers that can stand one above the other are one network.
  private func networks(
    _ prefix: String, _ names: Names, _ layers: [(key: Int, value: RecurrentLayer)]
  ) -> [any FoundNetwork] {
    var runs: [[(key: Int, value: RecurrentLayer)]] = []
    for layer in layers {
      if let below = runs.last?.last, layer.key == below.key + 1,
        layer.value.inputs == below.value.width, layer.value.gates == below.value.gates
      {
        runs[runs.count - 1].append(layer)
      } else {
        runs.append([layer])
      }
    }
    return runs.compactMap { run -> (any FoundNetwork)? in
      var name = NamedArrays.shortened(prefix)
      if name.isEmpty || NamedArrays.isWrapper(name) { name = cell.kind }
      if runs.count > 1 { name += (isOneModule ? "." : "_") + "\(run[0].key)" }
      if names.isReverse { name += ".reverse" }
      let used = Set(run.flatMap(\.value.used))
      let first = run[0].value
      guard first.gates > 1 else {
        return UnreadNetwork(
          name: name, conventionName: self.name, text: "without gates", used: used,
          reason: "a recurrent network without gates")
      }
      guard cell == .lstm || isTorch || first.biases.isEmpty || first.hasTwoBiases
      else {
        return UnreadNetwork(
          name: name, conventionName: self.name, text: "\(run.count) of \(first.units) GRU cells",
          used: used,
          reason:
            "a GRU of \(first.units) units whose reset gate acts before the product (reset_after=False); "
            + UnreadConvention.advice)
      }
      return FoundRecurrent(
        name: name, convention: self, layers: run.map(\.value), isReverse: names.isReverse,
        isPart: runs.count > 1, used: used)
    }
  }
}
