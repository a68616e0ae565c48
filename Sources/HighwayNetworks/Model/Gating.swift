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

  /// The gatings that a name alone tells.
  package static let withoutConstant: [Gating] = [
    .coupled, .full, .transformOnly, .carryOnly, .residual, .plain,
  ]

  /// The names of all gatings.
  package static let names = (withoutConstant + [.frozen(p: 0.5)]).map(\.name)

  /// Whether the transform gate has parameters of its own.
  public var learnsTransformGate: Bool {
    switch self {
    case .coupled, .full, .transformOnly: true
    case .carryOnly, .residual, .plain, .frozen: false
    }
  }

  /// Whether the carry gate has parameters of its own.
  public var learnsCarryGate: Bool {
    switch self {
    case .full, .carryOnly: true
    case .coupled, .transformOnly, .residual, .plain, .frozen: false
    }
  }

  /// Whether there are gates to learn, which a gate bias initializes.
  public var learnsGates: Bool { learnsTransformGate || learnsCarryGate }

  /// Whether C is 1 − T, also where T is held.
  public var couplesCarryGate: Bool {
    switch self {
    case .coupled, .frozen: true
    case .full, .transformOnly, .carryOnly, .residual, .plain: false
    }
  }

  /// T where it is not learned.
  public var constantT: Float {
    if case .frozen(let p) = self { p } else { 1 }
  }

  /// C where it is neither learned nor coupled.
  public var constantC: Float {
    switch self {
    case .plain: 0
    case .frozen(let p): 1 - p
    case .coupled, .full, .transformOnly, .carryOnly, .residual: 1
    }
  }

  /// Whether a layer returns its input, bit for bit, where T is held at 0.
  public var returnsInputWhenClosed: Bool {
    couplesCarryGate || (!learnsCarryGate && constantC == 1)
  }
}

/// One of the affine maps of a gated layer, as its tensors are named.
package enum GatePart: String, Hashable, Sendable {
  /// That of H.
  case transform
  /// That of T.
  case gate
  /// That of C.
  case carry
}

extension Gating {
  /// The affine maps of a layer in the order of its parameters: that of H, then one for each learned gate.
  package var parts: [GatePart] {
    [.transform] + (learnsTransformGate ? [.gate] : []) + (learnsCarryGate ? [.carry] : [])
  }

  /// The number of affine maps of a layer.
  package var partCount: Int { 1 + (learnsTransformGate ? 1 : 0) + (learnsCarryGate ? 1 : 0) }

  /// The width at which a layer has as many parameters as a coupled one of `units` units, as nearly as
  /// can be: 71 for a plain layer beside 50 coupled units (Highway Networks §3.1).
  ///
  /// - Precondition: `units` is positive and at most 100,000.
  public func width(matchingCoupled units: Int) -> Int {
    precondition(1...100_000 ~= units, "a width")
    let budget = 2 * (units * units + units)
    func parameters(_ width: Int) -> Int { partCount * (width * width + width) }
    // The greatest width within the budget, or the next one where that is nearer.
    var width = Int((Double(budget) / Double(partCount)).squareRoot())
    while width > 1 && parameters(width) > budget { width -= 1 }
    return parameters(width + 1) - budget < budget - parameters(width) ? width + 1 : max(1, width)
  }
}
