import TensorFiles

/// Where a network of another program comes from, and what of it the file proves.
public struct StackOrigin: Hashable, Sendable {
  /// The name of the stack in the file; a text of strangers.
  public let stack: String
  /// The name of the convention.
  public let convention: String
  /// The programs whose files are laid out so.
  public let programs: String
  /// What the gate multiplies; nil where no gate could multiply the other.
  public let gate: GateMeaning?
  /// What was taken in a few words, such as `gate of H`.
  public let claim: String
  /// Whether the names prove the claim, or a person said it; otherwise it is inferred.
  public let isConfirmed: Bool
  /// What the file proves, in lines for people.
  public let confirmed: [String]
  /// What was taken and may be otherwise, in lines for people.
  public let inferred: [String]

  /// What was taken, on one line.
  public var summary: String {
    "\(stack.excerpt) (convention \(convention)), "
      + (gate.map { "the gate multiplies the \($0.rawValue)" } ?? claim) + ": "
      + (isConfirmed ? "confirmed" : "inferred")
  }

  /// Says where a network without such a gate comes from.
  init(
    _ found: any FoundNetwork, programs: String, claim: String, isConfirmed: Bool,
    confirmed: [String], inferred: [String]
  ) {
    stack = found.name
    convention = found.conventionName
    self.programs = programs
    gate = nil
    self.claim = claim
    self.isConfirmed = isConfirmed
    self.confirmed = confirmed
    self.inferred = inferred
  }

  /// Weighs what is known of a stack.
  ///
  /// - Throws: What reading biases throws.
  init(
    _ found: FoundStack, _ ends: DenseEnds, _ choice: StackChoice, in arrays: NamedArrays
  ) throws(ReadError) {
    let convention = found.convention
    let gate = choice.gate ?? convention.gate
    stack = found.name
    self.convention = convention.name
    programs = convention.programs
    self.gate = gate
    claim = "gate of \(gate == .transform ? "H" : "x")"
    var confirmed = [
      "\(found.layers.count) highway layer\(found.layers.count == 1 ? "" : "s") of \(found.width) units: "
        + TensorName.folded(found.tensors).prefix(4).joined(separator: ", ").excerpt(200)
    ]
    var inferred: [String] = []
    let layout = "laid out as by \(convention.programs)"
    if convention.isPeculiar || choice.convention != nil {
      confirmed.append(layout + (choice.convention == nil ? "" : ", as --convention says"))
    } else {
      inferred.append(layout + "; other programs name tensors so too")
    }
    var states = found.layers.map(\.state)
    var gates = found.layers.map(\.gate)
    if choice.isSwapped { swap(&states, &gates) }
    let gateMean = try FoundStack.meanBias(of: gates, in: arrays.file)
    let stateMean = try FoundStack.meanBias(of: states, in: arrays.file)
    let vote = Self.vote(gateMean, for: gate)
    let isSaid = choice.gate != nil
    isConfirmed = isSaid || convention.isPeculiar && vote.speaks != false
    let meaning =
      "the gate multiplies the \(gate == .transform ? "transform H" : "carry x")"
      + (isSaid ? ", as was said" : "; \(vote.text)")
    if isConfirmed { confirmed.append(meaning) } else { inferred.append(meaning) }
    if let remark = convention.remark { confirmed.append(remark) }
    if choice.isSwapped { confirmed.append("H and the gate are exchanged, as --swap says") }
    if let gateMean, let stateMean, !choice.isSwapped, abs(stateMean) > StackFinder.speakingBias,
      abs(stateMean) > 2 * abs(gateMean)
    {
      inferred.append(
        "the biases of what is taken for H average \(Self.text(stateMean)), as a gate's do; "
          + "--swap exchanges the two")
    }
    let activation = choice.activation ?? convention.activation
    inferred.append(
      "H is \(activation.rawValue)"
        + (choice.activation == nil ? ", which the file does not tell" : ", as --activation says"))
    if gateMean == nil { inferred.append("the gates have no biases: 0") }
    if let input = ends.input {
      inferred.append(
        "\(input.weight.name.excerpt) is the input layer: \(input.inputs) inputs, \(activation.rawValue)"
      )
    }
    if let output = ends.output {
      inferred.append(
        "\(output.weight.name.excerpt) is the output layer: \(output.outputs) classes")
    }
    if ends.input == nil, ends.output == nil {
      inferred.append("a stack by itself: \(found.width) inputs, no output")
    }
    self.confirmed = confirmed
    self.inferred = inferred
  }

  /// A mean in two digits behind the point.
  private static func text(_ mean: Float) -> String {
    guard mean.magnitude < 1e6 else { return "\(mean)" }
    let hundredths = Int((mean * 100).rounded()).magnitude
    let sign = mean < 0 ? "-" : "+"
    return "\(sign)\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
  }

  /// What the mean of the gate's biases says of what the gate multiplies.
  private static func vote(
    _ mean: Float?, for gate: GateMeaning
  ) -> (speaks: Bool?, text: String) {
    guard let mean else { return (nil, "there are no biases that would speak for or against it") }
    let text = "its biases average \(Self.text(mean))"
    guard abs(mean) > StackFinder.speakingBias else {
      return (nil, text + ", which says nothing")
    }
    let speaks = (mean > 0) == (gate == .carry)
    return (
      speaks,
      text
        + (speaks
          ? ", as such gates' do"
          : ", which speaks against it; --gate \(gate == .carry ? "transform" : "carry") turns it")
    )
  }
}
