import TensorFiles

/// The tensors of one layer of recurrent cells.
struct RecurrentLayer: Sendable {
  let input: StoredTensor
  let recurrent: StoredTensor
  let biases: [StoredTensor]
  let projection: StoredTensor?
  /// The number of cells.
  let units: Int
  /// How many maps of so many units the tensors hold: 4 for an LSTM, 3 for a GRU.
  let gates: Int
  /// The width of the input.
  let inputs: Int
  /// Whether the one bias tensor holds two one behind the other, as cuDNN's.
  let isDoubled: Bool
  /// Whether the one bias tensor holds two as its rows, as Keras' GRU.
  let isPaired: Bool
  /// The names of its tensors in the spelling of ``NamedArrays``.
  let used: [String]

  /// Whether products with the input and with the state have biases of their own.
  var hasTwoBiases: Bool { isDoubled || isPaired || biases.count == 2 }

  /// The width of the output.
  var width: Int { projection?.shape[0] ?? units }

  /// Takes the tensors of a layer; nil where their shapes do not fit.
  init?(
    _ match: PatternMatch, _ names: RecurrentConvention.Names,
    _ orientation: HighwayConvention.Orientation, in arrays: NamedArrays
  ) {
    guard let input = arrays[match.name(names.input)],
      let recurrent = arrays[match.name(names.recurrent)],
      input.shape.count == 2, recurrent.shape.count == 2,
      (input.shape + recurrent.shape).allSatisfy({ $0 > 0 })
    else { return nil }
    let isOutputsFirst = orientation == .outputsFirst
    let rows = isOutputsFirst ? input.shape[0] : input.shape[1]
    let width = isOutputsFirst ? recurrent.shape[1] : recurrent.shape[0]
    guard rows == (isOutputsFirst ? recurrent.shape[0] : recurrent.shape[1]) else { return nil }
    let projection = names.projection.flatMap { arrays[match.name($0)] }
    if let projection {
      guard projection.shape.count == 2, projection.shape[0] == width, projection.shape[1] > 0
      else { return nil }
    }
    units = projection?.shape[1] ?? width
    gates = rows / units
    guard rows % units == 0, [1, 3, 4].contains(gates) else { return nil }
    let found = names.biases.filter { arrays[match.name($0)] != nil }
    let biases = found.compactMap { arrays[match.name($0)] }
    let doubled = biases.count == 1 && biases[0].shape == [2 * rows]
    let paired = biases.count == 1 && biases[0].shape == [2, rows]
    guard doubled || paired || biases.allSatisfy({ $0.shape == [rows] }) else { return nil }
    self.input = input
    self.recurrent = recurrent
    self.biases = biases
    self.projection = projection
    inputs = isOutputsFirst ? input.shape[1] : input.shape[0]
    isDoubled = doubled
    isPaired = paired
    let own = [names.input, names.recurrent] + found
    used =
      (own + (projection == nil ? [] : [names.projection ?? ""])).map(match.name)
  }
}

/// Layers of LSTM or GRU cells that were found among the tensors of another program's file.
struct FoundRecurrent: FoundNetwork {
  let name: String
  let convention: RecurrentConvention
  let layers: [RecurrentLayer]
  /// Whether they read sequences from their end.
  let isReverse: Bool
  /// Whether there are more layers of the name, which do not take what these return.
  let isPart: Bool
  let used: Set<String>

  var conventionName: String { convention.name }
  var kind: NetworkKind { isReverse || isUpper ? .reverse : .recurrent }
  var text: String {
    "\(layers.count) of \(layers[0].units) \(convention.cell.rawValue) cells"
      + (isReverse ? ", from the end" : "")
  }

  /// Whether these layers of a module take what both directions below return.
  private var isUpper: Bool {
    isPart && convention.isOneModule && !name.hasSuffix(".0") && !name.hasSuffix(".0.reverse")
  }

  func plan(_ choice: StackChoice, in arrays: NamedArrays) throws(CheckpointError) -> NetworkPlan {
    guard !choice.speaksOfGates, choice.activation == nil else {
      throw .convention(path: arrays.file.path, .noGate(name: name))
    }
    let members = [
      JSON.Member("input", .array([.integer(layers[0].inputs)])),
      JSON.Member("task", .string(Architecture.Task.tagSequence.rawValue)),
      JSON.Member("layers", .array(layers.map(description))),
    ]
    return NetworkPlan(
      architecture: try Architecture(members: members, of: name, in: arrays.file),
      origin: origin(in: arrays),
      sources: layers.indices.flatMap(sources))
  }

  private func description(_ layer: RecurrentLayer) -> JSON {
    var members = [
      JSON.Member("kind", .string(convention.cell.kind)),
      JSON.Member("units", .integer(layer.units)),
    ]
    if layer.projection != nil { members.append(JSON.Member("projection", .integer(layer.width))) }
    if convention.cell == .lstm {
      members.append(JSON.Member("biases", .integer(layer.hasTwoBiases ? 2 : 1)))
    }
    return .object(members)
  }

  private func sources(_ index: Int) -> [NetworkPlan.Source] {
    let layer = layers[index]
    let order: NetworkPlan.Order =
      layer.isDoubled
      ? .gateColumns(layer.gates)
      : convention.orientation == .inputsFirst ? .inputsFirst : .outputsFirst
    func source(
      _ parameter: String, _ tensor: StoredTensor, rows: Range<Int>? = nil,
      _ order: NetworkPlan.Order = .outputsFirst
    ) -> NetworkPlan.Source {
      NetworkPlan.Source(
        layer: index, parameter: parameter, tensor: tensor, rows: rows, order: order,
        gates: parameter == "weight_hr" ? [] : convention.gateOrder)
    }
    var sources = [
      source("weight_ih", layer.input, order), source("weight_hh", layer.recurrent, order),
    ]
    if let projection = layer.projection { sources.append(source("weight_hr", projection)) }
    let rows = layer.isPaired ? 1 : layer.gates * layer.units
    if layer.isDoubled || layer.isPaired {
      sources.append(source("bias_ih", layer.biases[0], rows: 0..<rows))
      sources.append(source("bias_hh", layer.biases[0], rows: rows..<2 * rows))
    } else {
      for (name, bias) in zip(["bias_ih", "bias_hh"], layer.biases) {
        sources.append(source(name, bias))
      }
    }
    return sources
  }

  private func origin(in arrays: NamedArrays) -> StackOrigin {
    let widths = layers.map { "\($0.units)" }.joined(separator: ", ")
    let cell = convention.cell
    let confirmed = [
      "\(layers.count) layer\(layers.count == 1 ? "" : "s") of \(widths) \(cell.rawValue) cells"
        + (layers[0].projection == nil ? "" : ", projected to \(layers[0].width)"),
      "laid out as by \(convention.programs): gates in the order \(convention.gatesInFile)",
    ]
    var inferred: [String] = []
    if layers.count > 1, !convention.isOneModule {
      inferred.append("each layer takes what the one before it returns, as their widths fit")
    }
    if layers.contains(where: \.biases.isEmpty) { inferred.append("cells without biases: 0") }
    if cell == .gru, !convention.isTorch, layers.contains(where: \.biases.isEmpty) {
      inferred.append("the reset gate acts behind the product, as reset_after=True has it")
    }
    if layers.contains(where: \.isDoubled) {
      inferred.append("weights in cuDNN's order, as the biases are of \(2 * cell.gateCount) units")
    }
    if isReverse {
      inferred.append("these cells read from the end: give the steps in reverse order")
    }
    if isPart, convention.isOneModule {
      inferred.append(
        isUpper
          ? "their inputs are the outputs of both directions below, side by side"
          : "the layers above take both directions' outputs and are not part of this")
    }
    if let remark = convention.remark { inferred.append(remark) }
    if let output = output(in: arrays) {
      inferred.append(
        "\(output.excerpt) may be an output behind them, and is not taken: nothing says whether it reads each step "
          + "or the last")
    }
    inferred.append("cells by themselves: \(layers[0].inputs) inputs a step, no output")
    return StackOrigin(
      self, programs: convention.programs, claim: "gates \(cell.gates)",
      isConfirmed: convention.remark == nil, confirmed: confirmed, inferred: inferred)
  }

  /// The name of a matrix that could take what the last layer returns.
  private func output(in arrays: NamedArrays) -> String? {
    let width = layers[layers.count - 1].width
    return arrays.entries.first { entry in
      entry.tensor.shape.count == 2 && !used.contains(entry.name)
        && entry.tensor.shape[convention.isTorch ? 1 : 0] == width
        && ["weight", "kernel"].contains { entry.name.hasSuffix($0) }
    }?.name
  }
}
