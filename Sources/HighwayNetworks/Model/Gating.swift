/// How a highway layer combines its block state H with its input x: `y = H ∘ T + x ∘ C`.
public enum Gating: Hashable, Sendable {
  /// T is learned and C = 1 − T (Highway Networks, equation 3).
  case coupled
  /// T and C are learned, each with its own weights (Highway Networks, equation 2).
  case full
  /// T is learned and C = 1 (Greff et al. 2017).
  case transformOnly
  /// T = 1 and C is learned (Greff et al. 2017).
  case carryOnly
  /// T = C = 1: a residual network as a highway whose gates stand open.
  case residual
  /// T = 1 and C = 0: an ordinary deep network.
  case plain
  /// T = p and C = 1 − p with a constant p in [0, 1].
  case frozen(p: Float)

  /// The name that checkpoints use, such as `transform-only`.
  public var name: String {
    switch self {
    case .coupled: "coupled"
    case .full: "full"
    case .transformOnly: "transform-only"
    case .carryOnly: "carry-only"
    case .residual: "residual"
    case .plain: "plain"
    case .frozen: "frozen"
    }
  }

  /// Whether the transform gate has parameters of its own.
  public var learnsTransformGate: Bool {
    switch self {
    case .coupled, .full, .transformOnly: true
    case .carryOnly, .residual, .plain, .frozen: false
    }
  }

  /// Whether there are gates to learn, which a gate bias initializes.
  public var learnsGates: Bool { learnsTransformGate || learnsCarryGate }

  /// Whether the carry gate has parameters of its own.
  public var learnsCarryGate: Bool {
    switch self {
    case .full, .carryOnly: true
    case .coupled, .transformOnly, .residual, .plain, .frozen: false
    }
  }
}
