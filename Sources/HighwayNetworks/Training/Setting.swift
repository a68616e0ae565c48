import TensorFiles

/// One thing that can be set before a network is trained: what it may be, and how it is written.
///
/// The command line and the explorer's form check by these.
package struct Setting<Value: Sendable>: Sendable {
  /// What it is called on the command line, such as `learning-rate`.
  package let name: String
  /// What it may be, for messages.
  package let expected: String
  private let parse: @Sendable (String) -> Value?
  private let isValid: @Sendable (Value) -> Bool

  init(
    _ name: String, _ expected: String, parse: @escaping @Sendable (String) -> Value?,
    isValid: @escaping @Sendable (Value) -> Bool = { _ in true }
  ) {
    self.name = name
    self.expected = expected
    self.parse = parse
    self.isValid = isValid
  }

  /// Checks a value and returns it.
  ///
  /// - Throws: ``SettingError`` where it is not what it may be.
  package func checked(_ value: Value) throws(SettingError) -> Value {
    guard isValid(value) else {
      throw SettingError(name: name, expected: expected, found: "\(value)")
    }
    return value
  }

  /// Reads a text.
  ///
  /// - Throws: ``SettingError`` where it is not what it may be.
  package func read(_ text: String) throws(SettingError) -> Value {
    guard let value = parse(text), isValid(value) else {
      throw SettingError(
        name: name, expected: expected, found: text.isEmpty ? "nothing" : text.excerpt)
    }
    return value
  }
}

/// Something that was set to what it cannot be.
package struct SettingError: Error, Hashable, Sendable {
  /// What it is called on the command line.
  package var name: String
  /// What it may be.
  package var expected: String
  /// What it was set to.
  package var found: String

  /// Says what was wrong.
  package init(name: String, expected: String, found: String) {
    self.name = name
    self.expected = expected
    self.found = found
  }
}

extension SettingError: CustomStringConvertible {
  /// What was expected and what was found, without the name.
  package var description: String { "expected \(expected), found \(found)" }
}

// MARK: - Whole numbers

extension Setting<Int> {
  private init(_ name: String, _ range: ClosedRange<Int>) {
    self.init(
      name, "\(range.lowerBound) to \(range.upperBound)", parse: { Int($0) },
      isValid: { range ~= $0 })
  }

  /// The number of layers between input and output: one plain layer and highway layers.
  package static let depth = Setting("depth", 1...Architecture.maximumLayers)
  /// The number of units of each layer.
  package static let units = Setting("units", 1...100_000)
  /// The number of examples of a mini-batch.
  package static let batchSize = Setting("batch-size", 1...1_000_000)
  /// The epoch to train up to.
  package static let epochs = Setting("epochs", 1...EpochMetrics.maximumEpoch)
}

extension Setting<UInt64> {
  /// The seed that fixes initialization and shuffling.
  package static let seed = Setting("seed", "0 to \(UInt64.max)", parse: { UInt64($0) })
}

// MARK: - Numbers

extension Setting<Float> {
  private init(
    _ name: String, _ expected: String, where isValid: @escaping @Sendable (Float) -> Bool
  ) {
    self.init(name, expected, parse: { Float($0) }, isValid: isValid)
  }

  /// The transform gates' initial bias.
  package static let gateBias = Setting("gate-bias", "a number") { $0.isFinite }
  /// The constant of gates that are frozen.
  package static let constant = Setting("gating", "a number from 0 to 1") { 0...1 ~= $0 }
  /// The learning rate of the first epoch.
  package static let learningRate = Setting("learning-rate", "a positive number") {
    $0.isFinite && $0 > 0
  }
  /// The momentum.
  package static let momentum = Setting("momentum", "0 or more and less than 1") { 0..<1 ~= $0 }
  /// The norm of the whole gradient above which it is clipped.
  package static let clipNorm = Setting("clip-norm", "a positive number") { $0.isFinite && $0 > 0 }
  /// The weight decay.
  package static let weightDecay = Setting("weight-decay", "0 or more") {
    $0.isFinite && $0 >= 0
  }
}

extension Setting<Float> {
  /// A factor of the learning rate or the weight decay of parameters of a role.
  package static func factor(_ name: String) -> Setting {
    Setting(name, "0 or more") { $0.isFinite && $0 >= 0 }
  }
}

extension Setting<Int> {
  /// The rows and columns that are added to training images before they are cropped.
  package static let padding = Setting("pad", 0...Augmentation.maximumPadding)
}

extension Setting<Float> {
  /// The probability with which a decoder is not given a word.
  package static let wordDropout = Setting("word-dropout", "0 or more and less than 1") {
    0..<1 ~= $0
  }
}

extension Setting<DivergenceSchedule> {
  /// How fast the weight of the divergence of codes grows, and the step at which it is one half.
  package static let divergence = Setting(
    "kl-schedule", "RATE,STEP such as 0.0025,2500",
    parse: { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 2, let rate = Float(parts[0]), let middle = Int(parts[1]) else {
        return nil
      }
      return DivergenceSchedule(rate: rate, middle: middle)
    },
    isValid: { $0.rate.isFinite && $0.rate >= 0 && 0...1_000_000_000 ~= $0.middle })
}

extension Setting<WarmUp> {
  /// The first epochs and what their learning rate is multiplied by.
  package static let warmUp = Setting(
    "warm-up", "EPOCHS,FACTOR such as 1,0.1",
    parse: { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 2, let epochs = Int(parts[0]), let factor = Float(parts[1]) else {
        return nil
      }
      return WarmUp(epochs: epochs, factor: factor)
    },
    isValid: { 1...EpochMetrics.maximumEpoch ~= $0.epochs && $0.factor.isFinite && $0.factor > 0 }
  )
}

// MARK: - Choices

extension Setting<Activation> {
  /// The activation of all layers.
  package static let activation = Setting(
    "activation", Activation.allCases.map(\.rawValue).joined(separator: ", "),
    parse: { Activation(rawValue: $0) })
}

extension Setting<TextUnit> {
  /// What a text is cut into.
  package static let textUnit = Setting(
    "text", TextUnit.allCases.map(\.rawValue).joined(separator: " or "),
    parse: { TextUnit(rawValue: $0) })
}

extension Setting<Gating> {
  /// The gating of the highway layers; `frozen` alone is a coin's toss, P = 0.5.
  package static let gating = Setting(
    "gating",
    Gating.withoutConstant.map(\.name).joined(separator: ", ")
      + " or frozen=P with P in [0, 1]",
    parse: { text in
      if let found = Gating.withoutConstant.first(where: { $0.name == text }) { return found }
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.first == "frozen", parts.count <= 2,
        let p = try? Setting<Float>.constant.read(parts.count == 1 ? "0.5" : String(parts[1]))
      else { return nil }
      return .frozen(p: p)
    })
}

extension Gating {
  /// The gating as ``Setting/gating`` reads it.
  package var argument: String {
    if case .frozen(let p) = self { "frozen=\(p)" } else { name }
  }
}

extension Setting<OptimizerKind> {
  /// How a gradient moves the parameters.
  package static let optimizer = Setting(
    "optimizer", "sgd or adam",
    parse: { name in [OptimizerKind.sgd, .adam()].first { $0.name == name } })
}

extension Setting<LearningRateSchedule> {
  /// How the learning rate changes from epoch to epoch.
  package static let schedule = Setting(
    "schedule", "constant, exponential=F, steps=F@E,E… or validation=F@P",
    parse: { LearningRateSchedule(argument: $0) })
}

extension LearningRateSchedule {
  fileprivate init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts[0], parts.count) {
    case ("constant", 1): self = .constant
    case ("exponential", 2):
      guard let factor = Self.factor(parts[1]) else { return nil }
      self = .exponential(factor: factor)
    case ("steps", 2):
      let halves = parts[1].split(separator: "@", omittingEmptySubsequences: false)
      let epochs = halves.last.map { $0.split(separator: ",").map { Int($0) } } ?? []
      guard halves.count == 2, let factor = Self.factor(halves[0]), !epochs.isEmpty,
        epochs.allSatisfy({ ($0 ?? 0) > 0 })
      else { return nil }
      self = .steps(after: epochs.compactMap { $0 }, factor: factor)
    case ("validation", 2):
      let halves = parts[1].split(separator: "@", omittingEmptySubsequences: false)
      guard halves.count == 2, let factor = Self.factor(halves[0]),
        let least = Self.factor(halves[1])
      else { return nil }
      self = .validation(factor: factor, least: least)
    default: return nil
    }
  }

  private static func factor(_ text: Substring) -> Float? {
    Float(text).flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }

  /// The schedule as ``Setting/schedule`` reads it.
  package var argument: String {
    switch self {
    case .constant: "constant"
    case .exponential(let factor): "exponential=\(factor)"
    case .steps(let after, let factor):
      "steps=\(factor)@" + after.map(String.init).joined(separator: ",")
    case .validation(let factor, let least): "validation=\(factor)@\(least)"
    }
  }
}
