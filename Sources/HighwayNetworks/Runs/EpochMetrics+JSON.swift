public import TensorFiles

extension EpochMetrics {
  /// Reads a line of metrics.jsonl.
  ///
  /// A measure that is null was not finite, or not taken, and becomes NaN; members that are not known are
  /// passed over.
  ///
  /// - Throws: `DescriptionError` naming the member that is wrong.
  public init(json: String) throws(DescriptionError) {
    let field = try JSONField(parsing: json)
    func measure(_ key: String) throws(DescriptionError) -> Double {
      if case .null? = field.value[key] { return .nan }
      return try field.required(key).double()
    }
    self.init(
      epoch: try field.required("epoch").epoch(),
      step: try field.required("step").count(),
      learningRate: try measure("learningRate"),
      trainLoss: try measure("trainLoss"),
      trainAccuracy: try measure("trainAccuracy"),
      testLoss: try measure("testLoss"),
      testAccuracy: try measure("testAccuracy"),
      validationLoss: field.value["validationLoss"] == nil ? nil : try measure("validationLoss"),
      code: field.value["kl"] == nil
        ? nil
        : CodeMetrics(
          nll: try measure("nll"), kl: try measure("kl"), klWeight: try measure("klWeight"),
          activeUnits: try field.required("activeUnits").count()),
      seconds: try measure("seconds"),
      exchangeSeconds: field.value["exchangeSeconds"] == nil
        ? nil : try measure("exchangeSeconds"))
  }

  /// The line that ``init(json:)`` reads, without a line break; what is not finite becomes null.
  public var json: String {
    JSON.object(
      [
        JSON.Member("epoch", .integer(epoch)),
        JSON.Member("step", .integer(step)),
        JSON.Member("learningRate", .real(learningRate)),
        JSON.Member("trainLoss", .real(trainLoss)),
        JSON.Member("trainAccuracy", .real(trainAccuracy)),
        JSON.Member("testLoss", .real(testLoss)),
        JSON.Member("testAccuracy", .real(testAccuracy)),
      ] + (validationLoss.map { [JSON.Member("validationLoss", .real($0))] } ?? [])
        + (code.map {
          [
            JSON.Member("nll", .real($0.nll)), JSON.Member("kl", .real($0.kl)),
            JSON.Member("klWeight", .real($0.klWeight)),
            JSON.Member("activeUnits", .integer($0.activeUnits)),
          ]
        } ?? [])
        + [JSON.Member("seconds", .real(seconds))]
        + (exchangeSeconds.map { [JSON.Member("exchangeSeconds", .real($0))] } ?? [])
    ).text
  }
}
