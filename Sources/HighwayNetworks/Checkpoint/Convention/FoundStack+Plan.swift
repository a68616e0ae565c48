import TensorFiles

extension FoundStack: FoundNetwork {
  var conventionName: String { convention.name }
  var kind: NetworkKind { .highway }
  var text: String { "\(layers.count) of \(width) units" }

  func plan(_ choice: StackChoice, in arrays: NamedArrays) throws(CheckpointError) -> NetworkPlan {
    let ends = DenseEnds(of: self, in: arrays)
    let origin: StackOrigin
    do { origin = try StackOrigin(self, ends, choice, in: arrays) } catch {
      throw CheckpointError(error)
    }
    do {
      return NetworkPlan(
        architecture: try architecture(ends, choice), origin: origin, sources: sources(ends, choice)
      )
    } catch {
      throw .convention(path: arrays.file.path, error)
    }
  }

  private func architecture(
    _ ends: DenseEnds, _ choice: StackChoice
  ) throws(ConventionError) -> Architecture {
    let activation = choice.activation ?? convention.activation
    let inputs = ends.input?.inputs ?? width
    let classes = ends.output?.outputs ?? 0
    let limit = Architecture.maximumParameters
    // Every factor is an extent of a tensor whose bytes are in the file, so that no product overflows.
    let count = 2 * layers.count * (width * width + width) + width * (inputs + 1 + classes)
    guard count <= limit, layers.count <= Architecture.maximumLayers else {
      throw .tooLarge(limit: limit)
    }
    let layer = Architecture.Layer.highway(
      units: width, activation: activation, gating: .coupled, gateBias: nil)
    let first = ends.input.map { _ in
      [Architecture.Layer.dense(units: width, activation: activation)]
    }
    return Architecture(
      input: Shape(features: inputs), classes: ends.output?.outputs,
      layers: (first ?? []) + repeatElement(layer, count: layers.count))
  }

  private func sources(_ ends: DenseEnds, _ choice: StackChoice) -> [NetworkPlan.Source] {
    let order: NetworkPlan.Order =
      convention.orientation == .inputsFirst ? .inputsFirst : .outputsFirst
    // 1 − σ(z) = σ(−z): a gate of the carry, negated, is the gate of the transform.
    let isNegated = (choice.gate ?? convention.gate) == .carry
    var sources: [NetworkPlan.Source] = []
    func add(_ map: Map, _ layer: Int?, _ prefix: String = "", isNegated: Bool = false) {
      sources.append(
        NetworkPlan.Source(
          layer: layer, parameter: prefix + "weight", tensor: map.weight, rows: map.rows,
          order: order, isNegated: isNegated))
      guard let bias = map.bias else { return }
      sources.append(
        NetworkPlan.Source(
          layer: layer, parameter: prefix + "bias", tensor: bias, rows: map.rows,
          isNegated: isNegated))
    }
    func end(_ layer: DenseEnds.Layer) -> Map {
      Map(weight: layer.weight, bias: layer.bias, rows: 0..<layer.outputs)
    }
    if let input = ends.input { add(end(input), 0) }
    let shift = ends.input == nil ? 0 : 1
    for (index, layer) in layers.enumerated() {
      let (state, gate) = choice.isSwapped ? (layer.gate, layer.state) : (layer.state, layer.gate)
      add(state, index + shift, "transform.")
      add(gate, index + shift, "gate.", isNegated: isNegated)
    }
    if let output = ends.output { add(end(output), nil) }
    return sources
  }
}
