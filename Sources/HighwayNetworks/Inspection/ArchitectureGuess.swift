import TensorFiles

/// What network a file's tensors may be of, where the file does not say.
struct ArchitectureGuess {
  /// The network; its activations are a guess that nothing in the file supports.
  let architecture: Architecture
  /// What was assumed, in lines for people.
  let assumptions: [String]

  /// Reads names and shapes as ``ParameterLayout`` writes them, or returns nil where they are not such.
  ///
  /// The prefix stands before each name.
  init?(_ file: any TensorFile, prefix: String = "") {
    func shape(_ name: String) -> [Int]? { file[prefix + name]?.shape }
    guard let output = shape("output.weight"), output.count == 2, output[0] > 0 else { return nil }
    var layers: [Architecture.Layer] = []
    var gatings: [Gating] = []
    var input: Int?
    var width: Int?
    // Each layer has a tensor, so that there are no more layers than tensors.
    for index in 0..<file.tensors.count {
      let name = "layers.\(index)"
      let isHighway = shape(name + ".transform.weight") != nil
      guard let weight = shape(name + (isHighway ? ".transform" : "") + ".weight") else { break }
      guard weight.count == 2, weight[0] > 0, weight[1] > 0, weight[1] == width ?? weight[1],
        !isHighway || weight[0] == weight[1]
      else { return nil }
      input = input ?? weight[1]
      width = weight[0]
      guard isHighway else {
        layers.append(.dense(units: weight[0], activation: .tanh))
        continue
      }
      let gating = Self.gating(
        hasGate: shape(name + ".gate.weight") != nil,
        hasCarry: shape(name + ".carry.weight") != nil)
      gatings.append(gating)
      layers.append(
        .highway(units: weight[0], activation: .tanh, gating: gating, gateBias: nil))
    }
    guard output[1] == width ?? output[1], output[1] > 0 else { return nil }
    architecture = Architecture(
      input: Shape(features: input ?? output[1]), classes: output[0], layers: layers)
    var assumptions = ["activations are written as tanh; the file does not tell"]
    if gatings.contains(.coupled) {
      assumptions.append("gates without carry gates: coupled; transform-only looks the same")
    }
    if gatings.contains(.residual) {
      assumptions.append("layers without gates: residual; plain and frozen look the same")
    }
    self.assumptions = assumptions
  }

  private static func gating(hasGate: Bool, hasCarry: Bool) -> Gating {
    switch (hasGate, hasCarry) {
    case (true, true): .full
    case (true, false): .coupled
    case (false, true): .carryOnly
    case (false, false): .residual
    }
  }
}
