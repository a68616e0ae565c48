/// The non-linearity of a plain layer or of a highway layer's block state.
public enum Activation: String, Hashable, Sendable, CaseIterable {
  /// max(0, v).
  case relu
  /// The hyperbolic tangent.
  case tanh
  /// The logistic function 1 / (1 + e⁻ᵛ).
  case sigmoid
  /// The identity.
  case linear
}
