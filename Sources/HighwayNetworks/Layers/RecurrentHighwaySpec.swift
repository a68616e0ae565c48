import TensorFiles

/// A recurrent highway layer: within each step its state goes through highway layers.
///
/// See Zilly et al. 2016. Those are micro-steps, each `s ← s + T ∘ (H − s)`; the input enters at the first alone, and what the last leaves is
/// the output and the state of the next step.
struct RecurrentHighwaySpec: LayerSpec {
  static let kind = "rhn"
  static let takesVectors = false
  static let members = ["units", "depth", "activation", "gating", "gateBias"]

  /// The width of the state.
  let units: Int
  /// The number of micro-steps.
  let depth: Int
  /// The non-linearity of the block states.
  let function: Activation
  let gateBias: Float?

  var activation: Activation? { function }
  var gating: Gating? { .coupled }

  /// The most micro-steps.
  private static let mostSteps = 1_000

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    guard input.isSequence else {
      throw .invalid(
        path: field.path, expected: "a layer whose input is a sequence; see the member task",
        found: "an input of \(input)")
    }
    units = try field.units()
    depth = try field.required("depth").integer(in: 1...Self.mostSteps)
    function = try field.activation()
    gateBias = try field.optional("gateBias")?.float()
    if let gating = try field.optional("gating"), try gating.string() != Gating.coupled.name {
      throw gating.mismatch("coupled, as the gates of a recurrent highway layer are")
    }
    let (width, overflow) = units.multipliedReportingOverflow(by: depth)
    guard !overflow else {
      throw try field.required("units").mismatch("fewer units in all micro-steps")
    }
    try field.checkOutput(of: input, features: width)
  }

  var document: [JSON.Member] {
    [
      JSON.Member("units", .integer(units)), JSON.Member("depth", .integer(depth)),
      JSON.Member("activation", .string(function.rawValue)),
    ] + Gating.coupled.document(gateBias: gateBias)
  }

  var text: String {
    "rhn, \(units) units, \(depth) micro-step\(depth == 1 ? "" : "s"), \(function.rawValue), coupled"
      + (gateBias.map { ", gate bias from \($0)" } ?? "")
  }

  func output(of input: Shape) -> Shape? {
    input.isSequence
      ? Shape(positions: input.positions, features: units, microSteps: depth) : nil
  }

  /// Weights start uniform within ±1/√units; those of H and T stand after each other, so that one product computes
  /// both.
  func parameters(of input: Shape) -> [Parameter] {
    let role = Parameter.Role.uniform(bound: 1 / Float(units).squareRoot())
    let parts = Gating.coupled.parts
    return parts.map { Parameter("input.\($0.rawValue).weight", role, [units, input.features]) }
      + (0..<depth).flatMap { step in
        parts.map { Parameter("steps.\(step).\($0.rawValue).weight", role, [units, units]) }
          + parts.map {
            Parameter(
              "steps.\(step).\($0.rawValue).bias",
              .bias(initial: Gating.coupled.initialBias(of: $0, gateBias: gateBias)), [units])
          }
      }
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    RecurrentHighwayLayer(self, of: input, holding: held, at: offset)
  }
}
