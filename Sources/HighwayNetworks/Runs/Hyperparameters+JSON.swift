import TensorFiles

extension Hyperparameters {
  /// Reads all settings but the seed, which run.json keeps beside them.
  init(_ field: JSONField, seed: UInt64) throws(DescriptionError) {
    let learningRate = try field.required("learningRate")
    let momentum = try field.required("momentum")
    let weightDecay = try field.required("weightDecay")
    self.init(
      batchSize: try field.required("batchSize").integer(in: 1...Int(Int32.max)),
      learningRate: try learningRate.float(),
      schedule: try LearningRateSchedule(try field.required("schedule")),
      momentum: try momentum.float(),
      nesterov: try field.required("nesterov").bool(),
      weightDecay: try weightDecay.float(),
      seed: seed)
    guard self.learningRate >= 0 else { throw learningRate.mismatch("a number of at least 0") }
    guard 0 <= self.momentum, self.momentum < 1 else {
      throw momentum.mismatch("a number from 0 to below 1")
    }
    guard self.weightDecay >= 0 else { throw weightDecay.mismatch("a number of at least 0") }
  }

  var document: JSON {
    .object([
      JSON.Member("batchSize", .integer(batchSize)),
      JSON.Member("learningRate", .real(learningRate)),
      JSON.Member("schedule", schedule.document),
      JSON.Member("momentum", .real(momentum)),
      JSON.Member("nesterov", .bool(nesterov)),
      JSON.Member("weightDecay", .real(weightDecay)),
    ])
  }
}

extension LearningRateSchedule {
  init(_ field: JSONField) throws(DescriptionError) {
    let kind = try field.required("kind")
    switch try kind.string() {
    case "constant": self = .constant
    case "exponential": self = .exponential(factor: try field.required("factor").float())
    case "steps":
      var after: [Int] = []
      for item in try field.required("after").items() {
        after.append(try item.epoch())
      }
      self = .steps(after: after, factor: try field.required("factor").float())
    default: throw kind.mismatch("constant, exponential or steps")
    }
  }

  var document: JSON {
    switch self {
    case .constant: .object([JSON.Member("kind", .string("constant"))])
    case .exponential(let factor):
      .object([
        JSON.Member("kind", .string("exponential")), JSON.Member("factor", .real(factor)),
      ])
    case .steps(let after, let factor):
      .object([
        JSON.Member("kind", .string("steps")),
        JSON.Member("after", .array(after.map { .integer($0) })),
        JSON.Member("factor", .real(factor)),
      ])
    }
  }
}
