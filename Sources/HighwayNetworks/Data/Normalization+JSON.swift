package import TensorFiles

extension Normalization {
  /// Reads `{"mean": 0.28, "std": 0.35}`, or a list with one value per channel for each; `"pixelMean"`, a list,
  /// and `"contrast": true` may stand beside them.
  ///
  /// - Throws: `DescriptionError` where the numbers of values differ, a deviation is not a positive number or a
  ///   mean of a pixel is not finite.
  package init(_ field: JSONField) throws(DescriptionError) {
    let meanField = try field.required("mean")
    let stdField = try field.required("std")
    let mean = try Self.values(meanField)
    let std = try Self.values(stdField)
    guard !mean.isEmpty else { throw meanField.mismatch("at least one value") }
    guard mean.count == std.count else {
      throw stdField.mismatch("as many values as the mean has, \(mean.count)")
    }
    guard std.allSatisfy(Normalization.isDeviation) else {
      throw stdField.mismatch("positive values whose reciprocals are finite")
    }
    var pixelMean: [Float] = []
    if let field = try field.optional("pixelMean") {
      pixelMean = try Self.values(field)
      guard pixelMean.allSatisfy(\.isFinite) else { throw field.mismatch("finite values") }
    }
    self.init(
      mean: mean, std: std, pixelMean: pixelMean,
      normalizesContrast: try field.optional("contrast")?.bool() ?? false)
  }

  /// The description that ``init(_:)`` reads; one value stands without a list.
  package var document: JSON {
    func values(_ values: [Float]) -> JSON {
      values.count == 1 ? .real(values[0]) : .array(values.map { .real($0) })
    }
    var members = [JSON.Member("mean", values(mean)), JSON.Member("std", values(std))]
    if !pixelMean.isEmpty {
      members.append(JSON.Member("pixelMean", .array(pixelMean.map { .real($0) })))
    }
    if normalizesContrast { members.append(JSON.Member("contrast", .bool(true))) }
    return .object(members)
  }

  /// Whether pixels can be divided by a number.
  package static func isDeviation(_ value: Float) -> Bool { value > 0 && (1 / value).isFinite }

  private static func values(_ field: JSONField) throws(DescriptionError) -> [Float] {
    guard case .array = field.value else { return [try field.float()] }
    var values: [Float] = []
    for item in try field.items() { values.append(try item.float()) }
    return values
  }
}
