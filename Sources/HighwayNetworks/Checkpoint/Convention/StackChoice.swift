/// What a person says about a checkpoint of another program, in place of what would be taken.
public struct StackChoice: Hashable, Sendable {
  /// The name of the convention; nil for the one that the names fit.
  public var convention: String?
  /// What the gate multiplies; nil for what the convention says.
  public var gate: GateMeaning?
  /// Whether what the convention takes for H is the gate, and the gate H.
  public var isSwapped: Bool
  /// The non-linearity of H; nil for what the convention's programs use.
  public var activation: Activation?

  /// Whether something is said of what only highway layers have.
  var speaksOfGates: Bool { gate != nil || isSwapped }

  /// The names of the conventions.
  public static let conventions = Conventions.read.map { $0.name }

  /// Says nothing but what is given.
  public init(
    convention: String? = nil, gate: GateMeaning? = nil, isSwapped: Bool = false,
    activation: Activation? = nil
  ) {
    self.convention = convention
    self.gate = gate
    self.isSwapped = isSwapped
    self.activation = activation
  }
}
