import TensorFiles

extension Hyperparameters {
  /// Reads all settings but the seed, which run.json keeps beside them.
  init(_ field: JSONField, seed: UInt64) throws(DescriptionError) {
    let learningRate = try field.required("learningRate")
    let momentum = try field.required("momentum")
    let weightDecay = try field.required("weightDecay")
    var optimizer = OptimizerKind.sgd
    if let field = try field.optional("optimizer") { optimizer = try OptimizerKind(field) }
    let clipNorm = try field.optional("clipNorm")
    let factors = try field.optional("factors")
    let warmUp = try field.optional("warmUp")
    let augmentation = try field.optional("augmentation")
    let wordDropout = try field.optional("wordDropout")
    let divergence = try field.optional("klSchedule")
    self.init(
      batchSize: try field.required("batchSize").integer(in: 1...Int(Int32.max)),
      learningRate: try learningRate.float(),
      schedule: try LearningRateSchedule(try field.required("schedule")),
      optimizer: optimizer,
      momentum: try momentum.float(),
      nesterov: try field.required("nesterov").bool(),
      weightDecay: try weightDecay.float(),
      clipNorm: try clipNorm?.float(),
      factors: try factors.map { field throws(DescriptionError) in try RoleFactors(field) }
        ?? RoleFactors(),
      warmUp: try warmUp.map { field throws(DescriptionError) in try WarmUp(field) },
      sumsSteps: try field.optional("sumsSteps")?.bool() ?? false,
      initialBound: try field.optional("initialBound")?.float(),
      wordDropout: try wordDropout?.float() ?? 0,
      divergence: try divergence.map { field throws(DescriptionError) in
        try DivergenceSchedule(field)
      },
      augmentation: try augmentation.map { field throws(DescriptionError) in
        try Augmentation(field)
      },
      seed: seed)
    guard self.learningRate >= 0 else { throw learningRate.mismatch("a number of at least 0") }
    guard 0 <= self.momentum, self.momentum < 1 else {
      throw momentum.mismatch("a number from 0 to below 1")
    }
    if let wordDropout {
      guard 0..<1 ~= self.wordDropout else {
        throw wordDropout.mismatch("a number from 0 to below 1")
      }
    }
    guard self.weightDecay >= 0 else { throw weightDecay.mismatch("a number of at least 0") }
    if let clipNorm, let norm = self.clipNorm, norm <= 0 {
      throw clipNorm.mismatch("a positive number")
    }
  }

  /// The description; what stands behind the weight decay is there only where it is not the usual one.
  var document: JSON {
    var members = [
      JSON.Member("batchSize", .integer(batchSize)),
      JSON.Member("learningRate", .real(learningRate)),
      JSON.Member("schedule", schedule.document),
      JSON.Member("momentum", .real(momentum)),
      JSON.Member("nesterov", .bool(nesterov)),
      JSON.Member("weightDecay", .real(weightDecay)),
    ]
    if optimizer != .sgd { members.append(JSON.Member("optimizer", optimizer.document)) }
    if let clipNorm { members.append(JSON.Member("clipNorm", .real(clipNorm))) }
    if factors != RoleFactors() { members.append(JSON.Member("factors", factors.document)) }
    if let warmUp { members.append(JSON.Member("warmUp", warmUp.document)) }
    if sumsSteps { members.append(JSON.Member("sumsSteps", .bool(true))) }
    if let initialBound { members.append(JSON.Member("initialBound", .real(initialBound))) }
    if wordDropout > 0 { members.append(JSON.Member("wordDropout", .real(wordDropout))) }
    if let divergence { members.append(JSON.Member("klSchedule", divergence.document)) }
    if let augmentation { members.append(JSON.Member("augmentation", augmentation.document)) }
    return .object(members)
  }
}

extension OptimizerKind {
  init(_ field: JSONField) throws(DescriptionError) {
    let kind = try field.required("kind")
    switch try kind.string() {
    case "sgd": self = .sgd
    case "adam":
      let beta1 = try field.required("beta1")
      let beta2 = try field.required("beta2")
      let epsilon = try field.required("epsilon")
      self = .adam(
        beta1: try beta1.float(), beta2: try beta2.float(), epsilon: try epsilon.float())
      for beta in [beta1, beta2] {
        let value = try beta.float()
        guard 0..<1 ~= value else { throw beta.mismatch("a number from 0 to below 1") }
      }
      let least = try epsilon.float()
      guard least > 0 else { throw epsilon.mismatch("a positive number") }
    default: throw kind.mismatch("sgd or adam")
    }
  }

  var document: JSON {
    switch self {
    case .sgd: .object([JSON.Member("kind", .string("sgd"))])
    case .adam(let beta1, let beta2, let epsilon):
      .object([
        JSON.Member("kind", .string("adam")), JSON.Member("beta1", .real(beta1)),
        JSON.Member("beta2", .real(beta2)), JSON.Member("epsilon", .real(epsilon)),
      ])
    }
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
    case "validation":
      self = .validation(
        factor: try field.required("factor").float(), least: try field.required("least").float())
    default: throw kind.mismatch("constant, exponential, steps or validation")
    }
  }

  var document: JSON {
    switch self {
    case .constant: .object([JSON.Member("kind", .string("constant"))])
    case .exponential(let factor):
      .object([
        JSON.Member("kind", .string("exponential")), JSON.Member("factor", .real(factor)),
      ])
    case .validation(let factor, let least):
      .object([
        JSON.Member("kind", .string("validation")), JSON.Member("factor", .real(factor)),
        JSON.Member("least", .real(least)),
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
