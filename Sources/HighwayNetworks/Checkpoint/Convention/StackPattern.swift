/// The names of the tensors of one highway layer, with `{k}` for the layer's number.
///
/// In the names `/` counts as a point. What stands before a pattern names the stack; where `{k}` is the first part
/// of a pattern it may be left out, for a stack of one layer.
struct StackPattern: Sendable {
  /// The names of one affine map.
  struct Map: Sendable {
    let weight: String
    let bias: String
  }

  /// How a layer's two maps stand in the file.
  enum Maps: Sendable {
    /// H and the gate by themselves.
    case separate(state: Map, gate: Map)
    /// One map of twice the rows: those of H, then those of the gate.
    case rows(Map)
    /// Arrays without names but their numbers: the weight and bias of H, then those of the gate.
    case positions(prefix: String)
  }

  let maps: Maps
  /// Whether the names alone prove nothing: the stack has to be called a highway, or the biases speak for a gate.
  var needsSupport = false

  /// Maps whose weights and biases are called alike but for the last part.
  static func separate(
    _ state: String, _ gate: String, weight: String = ".weight", bias: String = ".bias",
    needsSupport: Bool = false
  ) -> StackPattern {
    StackPattern(
      maps: .separate(
        state: Map(weight: state + weight, bias: state + bias),
        gate: Map(weight: gate + weight, bias: gate + bias)), needsSupport: needsSupport)
  }

  /// One map of twice the rows.
  static func rows(_ name: String, needsSupport: Bool = false) -> StackPattern {
    StackPattern(
      maps: .rows(Map(weight: name + ".weight", bias: name + ".bias")), needsSupport: needsSupport)
  }
}

/// Where a pattern stands in a name.
struct PatternMatch: Hashable {
  /// What stands before the pattern, and names the stack.
  let prefix: String
  /// The layer's number; nil where it is left out.
  let layer: Int?

  /// Looks for a pattern at the end of a name, byte by byte: files have many names, and there are many patterns.
  init?(_ name: String, _ pattern: String) {
    let pattern = pattern.utf8
    guard let mark = pattern.firstIndex(of: UInt8(ascii: "{")) else { return nil }
    let before = pattern[..<mark]
    let after = pattern[mark...].dropFirst("{k}".utf8.count)
    let isFirst = before.isEmpty
    let name = name.utf8[...]
    var rest: Substring.UTF8View
    if name.count > after.count, name.suffix(after.count).elementsEqual(after) {
      rest = name.dropLast(after.count)
    } else if isFirst, after.first == UInt8(ascii: "."), name.elementsEqual(after.dropFirst()) {
      rest = name.prefix(0)
    } else {
      return nil
    }
    let digits = rest.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      .count
    guard digits < 6 else { return nil }
    layer = Int(Substring(rest.suffix(digits)))
    rest = rest.dropLast(digits)
    guard layer != nil || isFirst, rest.count >= before.count,
      rest.suffix(before.count).elementsEqual(before)
    else { return nil }
    rest = rest.dropLast(before.count)
    // A pattern begins with a part of a name, or with a number that may stand behind letters.
    guard rest.isEmpty || isFirst || rest.last == UInt8(ascii: ".") else { return nil }
    prefix = String(Substring(rest))
  }

  /// The name of another tensor of the same layer.
  func name(_ pattern: String) -> String {
    let number = layer.map(String.init) ?? ""
    let filled = pattern.replacing("{k}", with: number)
    return prefix + (prefix.isEmpty && layer == nil ? filled.drop { $0 == "." } : filled[...])
  }
}
