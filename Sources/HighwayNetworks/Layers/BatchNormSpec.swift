import TensorFiles

/// Batch normalization of each feature, over examples and positions.
struct BatchNormSpec: LayerSpec {
  static let kind = "batch-norm"
  static let takesVectors = false
  static let members = ["activation", "momentum", "epsilon"]

  let settings: Normalizer.Settings
  var activation: Activation? { settings.activation }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    try field.refuseSequence(input)
    var settings = Normalizer.Settings()
    if try field.optional("activation") != nil { settings.activation = try field.activation() }
    if let momentum = try field.optional("momentum") {
      settings.momentum = try momentum.float()
      guard 0...1 ~= settings.momentum else { throw momentum.mismatch("a number from 0 to 1") }
    }
    if let epsilon = try field.optional("epsilon") {
      settings.epsilon = try epsilon.float()
      guard settings.epsilon > 0 else { throw epsilon.mismatch("a positive number") }
    }
    self.settings = settings
  }

  var document: [JSON.Member] {
    let usual = Normalizer.Settings()
    return [JSON.Member("activation", .string(settings.activation.rawValue))]
      + (settings.momentum == usual.momentum
        ? [] : [JSON.Member("momentum", .real(settings.momentum))])
      + (settings.epsilon == usual.epsilon
        ? [] : [JSON.Member("epsilon", .real(settings.epsilon))])
  }

  var text: String {
    settings.activation == .linear ? Self.kind : "batch-norm, \(settings.activation.rawValue)"
  }

  func output(of input: Shape) -> Shape? { input.isSequence ? nil : input }

  func parameters(of input: Shape) -> [Parameter] {
    Normalizer.parameters(features: input.features)
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    BatchNormLayer(input, settings, at: offset)
  }
}

/// A norm as a layer of its own.
struct BatchNormLayer: Layer {
  let input: Shape
  let parameters: Range<Int>
  private let norm: Normalizer

  var output: Shape { input }
  /// The first example's share has room for what the norm keeps.
  var cachePerExample: Int { norm.kept }

  init(_ input: Shape, _ settings: Normalizer.Settings, at offset: Int) {
    self.input = input
    norm = Normalizer(features: input.features, settings, at: 0)
    parameters = offset..<offset + 4 * input.features
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  func forward(_ memory: LayerMemory) {
    norm.forward(
      memory.input, memory, kept: memory.cache.first(norm.kept), into: memory.output)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    norm.backward(
      gradient, output: memory.output, input: memory.input, memory,
      kept: memory.cache.first(norm.kept), parameterGradient: parameterGradient,
      into: inputGradient)
  }
}
