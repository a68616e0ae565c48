import TensorFiles

/// How a program names and lays out the tensors of layers of LSTM cells, gates in the order i f g o.
struct RecurrentConvention: Convention {
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
  /// The order of a weight's extents.
  var orientation = HighwayConvention.Orientation.outputsFirst
  /// Whether layers of one name are one above the other for certain.
  var isOneModule = false
  /// What may be otherwise, beside what shapes say.
  var remark: String?

  /// PyTorch's `nn.LSTM`.
  static let torchLSTM = RecurrentConvention(
    name: "torch-lstm", programs: "PyTorch's nn.LSTM",
    names: [
      Names(
        input: "weight_ih_l{k}", recurrent: "weight_hh_l{k}",
        biases: ["bias_ih_l{k}", "bias_hh_l{k}"], projection: "weight_hr_l{k}"),
      Names(
        input: "weight_ih_l{k}_reverse", recurrent: "weight_hh_l{k}_reverse",
        biases: ["bias_ih_l{k}_reverse", "bias_hh_l{k}_reverse"],
        projection: "weight_hr_l{k}_reverse", isReverse: true),
    ], isOneModule: true)

  /// PyTorch's `nn.LSTMCell`, also in lists of cells such as OpenNMT's decoders have.
  static let lstmCell = RecurrentConvention(
    name: "lstm-cell", programs: "PyTorch's nn.LSTMCell, OpenNMT",
    names: [
      Names(
        input: "{k}.weight_ih", recurrent: "{k}.weight_hh", biases: ["{k}.bias_ih", "{k}.bias_hh"])
    ])

  /// Keras' `LSTM`, and its `CuDNNLSTM` with biases of 8 units.
  static let kerasLSTM = RecurrentConvention(
    name: "keras-lstm", programs: "Keras",
    names: [
      Names(
        input: "{k}.kernel", recurrent: "{k}.recurrent_kernel", biases: ["{k}.bias"]),
      Names(input: "{k}.cell.vars.0", recurrent: "{k}.cell.vars.1", biases: ["{k}.cell.vars.2"]),
    ], orientation: .inputsFirst,
    remark: "gates are logistic; Keras before 2.3 had hard_sigmoid where nothing else was said")

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
        let layer = RecurrentLayer(match, names, orientation, in: arrays)
      else { continue }
      if layers[match.prefix] == nil { prefixes.append(match.prefix) }
      layers[match.prefix, default: [:]][match.layer ?? 0] = layer
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
      if name.isEmpty || NamedArrays.isWrapper(name) { name = "lstm" }
      if runs.count > 1 { name += (isOneModule ? "." : "_") + "\(run[0].key)" }
      if names.isReverse { name += ".reverse" }
      let used = Set(run.flatMap(\.value.used))
      let (first, count) = (run[0].value, run.count)
      guard first.gates == 4 else {
        return UnreadNetwork(
          name: name, conventionName: self.name,
          text: first.gates == 3 ? "\(count) of \(first.units) GRU units" : "without gates",
          used: used,
          reason: first.gates == 3
            ? "a GRU of \(first.units) units, for which there are no layers here; tollgate recorder records its "
              + "gates while a program runs it"
            : "a recurrent network without gates")
      }
      return FoundRecurrent(
        name: name, convention: self, layers: run.map(\.value), isReverse: names.isReverse,
        isPart: runs.count > 1, used: used)
    }
  }
}
