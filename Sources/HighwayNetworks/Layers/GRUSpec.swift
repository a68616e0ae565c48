import TensorFiles

/// A layer of GRU cells: `h = (1 − z) ∘ n + z ∘ h_before`, `n = tanh(W_n·x + b_n + r ∘ (U_n·h_before + c_n))`.
///
/// In the family of highway layers it is a `coupled` one along time: the update gate z is its C, 1 − z its T, and n its
/// block state. The reset gate r says what of the state n sees. z multiplies the state, as in PyTorch, Keras and
/// cuDNN; papers also have it the other way round.
struct GRUSpec: LayerSpec {
  static let kind = "gru"
  static let takesVectors = false
  static let members = ["units"]
  static let signals = [
    Signal("n", .state), .transformGate, Signal("z", .carry), Signal("r", .output),
    Signal("h", .state),
  ]

  /// The number of cells.
  let units: Int

  var activation: Activation? { .tanh }
  var gating: Gating? { .coupled }
  var signals: [Signal] { Self.signals }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    units = try field.cells(of: input)
  }

  var document: [JSON.Member] { [JSON.Member("units", .integer(units))] }
  var text: String { "gru, \(units) cells" }

  func output(of input: Shape) -> Shape? {
    input.isSequence ? Shape(positions: input.positions, features: units) : nil
  }

  /// Gates in the order r z n; weights start uniform within ±1/√units, biases at 0.
  func parameters(of input: Shape) -> [Parameter] {
    let role = Parameter.Role.uniform(bound: 1 / Float(units).squareRoot())
    return [
      Parameter("weight_ih", role, [3 * units, input.features]),
      Parameter("weight_hh", role, [3 * units, units]),
      Parameter("bias_ih", .bias(initial: 0), [3 * units]),
      Parameter("bias_hh", .bias(initial: 0), [3 * units]),
    ]
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    GRULayer(self, of: input, holding: held, at: offset)
  }
}
