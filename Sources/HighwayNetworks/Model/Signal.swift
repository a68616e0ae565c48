/// One of the values that a gated layer computes at each of its units: a gate, or what the gates act on.
public struct Signal: Hashable, Sendable {
  /// What a signal does.
  public enum Role: String, Hashable, Sendable {
    /// A gate of what is computed anew: T, an LSTM's i.
    case transform
    /// A gate of what is carried on: C, an LSTM's f.
    case carry
    /// A gate of what is shown of the state: an LSTM's o.
    case output
    /// A gate of what comes from the cell below: d.
    case depth
    /// No gate but a value: H, y, g, c, h.
    case state
  }

  /// The letter of the papers, such as `T`.
  public let symbol: String
  /// What it does.
  public let role: Role

  /// Whether it is a gate, with values in [0, 1].
  public var isGate: Bool { role != .state }

  /// The values that it can take; those of a state go beyond, if it is a cell's.
  var range: ClosedRange<Float> { isGate ? 0...1 : -1...1 }

  /// Whether it is what LSTM cells hold, or give.
  var isOfCell: Bool { role == .state && (symbol == "c" || symbol == "h") }

  /// Names a signal.
  public init(_ symbol: String, _ role: Role) {
    self.symbol = symbol
    self.role = role
  }

  /// The block input x, which the carry gate acts on.
  public static let blockInput = Signal("x", .state)
  /// The block state H.
  public static let blockState = Signal("H", .state)
  /// The transform gate T.
  public static let transformGate = Signal("T", .transform)
  /// The carry gate C.
  public static let carryGate = Signal("C", .carry)
  /// The block output y.
  public static let blockOutput = Signal("y", .state)
}

extension [Signal] {
  /// The index of a signal.
  ///
  /// Where none has its name, H stands for the first state, y for the last, and T and C for
  /// the first gate of their roles, as an LSTM's g, h, i and f.
  package func index(of signal: Signal) -> Int? {
    if let index = firstIndex(of: signal) { return index }
    switch signal {
    case .blockState: return firstIndex { $0.role == .state }
    case .blockOutput: return lastIndex { $0.role == .state }
    case .transformGate, .carryGate: return firstIndex { $0.role == signal.role }
    default: return nil
    }
  }
}
