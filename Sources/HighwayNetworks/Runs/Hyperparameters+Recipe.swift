import TensorFiles

// What a recipe has beside rates and decay, as run.json holds it.

extension RoleFactors {
  init(_ field: JSONField) throws(DescriptionError) {
    try field.allow(["biasRate", "biasDecay", "normDecay", "outputDecay"])
    self.init(
      biasRate: try field.factor("biasRate"), biasDecay: try field.factor("biasDecay"),
      normDecay: try field.factor("normDecay"), outputDecay: try field.factor("outputDecay"))
  }

  var document: JSON {
    .object([
      JSON.Member("biasRate", .real(biasRate)), JSON.Member("biasDecay", .real(biasDecay)),
      JSON.Member("normDecay", .real(normDecay)), JSON.Member("outputDecay", .real(outputDecay)),
    ])
  }
}

extension WarmUp {
  init(_ field: JSONField) throws(DescriptionError) {
    try field.allow(["epochs", "factor"])
    self.init(
      epochs: try field.required("epochs").epoch(), factor: try field.factor("factor"))
  }

  var document: JSON {
    .object([JSON.Member("epochs", .integer(epochs)), JSON.Member("factor", .real(factor))])
  }
}

extension DivergenceSchedule {
  init(_ field: JSONField) throws(DescriptionError) {
    try field.allow(["rate", "middle"])
    self.init(
      rate: try field.factor("rate"), middle: try field.required("middle").count())
  }

  var document: JSON {
    .object([JSON.Member("rate", .real(rate)), JSON.Member("middle", .integer(middle))])
  }
}

extension Augmentation {
  init(_ field: JSONField) throws(DescriptionError) {
    try field.allow(["padding", "mirrors"])
    self.init(
      padding: try field.required("padding").integer(in: 0...Self.maximumPadding),
      mirrors: try field.required("mirrors").bool())
  }

  var document: JSON {
    .object([
      JSON.Member("padding", .integer(padding)), JSON.Member("mirrors", .bool(mirrors)),
    ])
  }
}

extension JSONField {
  /// A member that rates or decays are multiplied by.
  fileprivate func factor(_ key: String) throws(DescriptionError) -> Float {
    let field = try required(key)
    let factor = try field.float()
    guard factor >= 0 else { throw field.mismatch("a number of at least 0") }
    return factor
  }
}
