import TensorFiles

/// A kind of layer as data: its description, its shapes, its parameters, and the layer itself.
///
/// A new kind is one file with one type that conforms, and one line in ``kinds``; tensor names, the limit of
/// parameters, initialization and the words for people follow from it.
protocol LayerSpec: Hashable, Sendable {
  /// The name that descriptions use, such as `conv-highway`.
  static var kind: String { get }
  /// The members of a description, apart from `kind` and `count`.
  static var members: [String] { get }
  /// Whether a layer sees its input as a vector, wherever the values stand.
  static var takesVectors: Bool { get }

  /// Reads a description of a layer whose input has a shape.
  ///
  /// - Throws: ``DescriptionError`` naming the member that is wrong or does not go with the input.
  init(_ field: JSONField, input: Shape) throws(DescriptionError)
  /// Reads a description of a layer that is made of more than its input; others look at that alone.
  ///
  /// - Throws: ``DescriptionError`` as ``init(_:input:)`` does.
  init(_ field: JSONField, input: Shape, below: LayersBelow) throws(DescriptionError)
  /// The members that ``init(_:input:)`` reads.
  var document: [JSON.Member] { get }
  /// The layer in words, such as `dense, 50 units, tanh`.
  var text: String { get }

  /// The shape of the output; nil where the layer cannot have such an input.
  func output(of input: Shape) -> Shape?
  /// The tensors of parameters, in their order in memory.
  ///
  /// - Precondition: ``output(of:)`` is not nil for the input.
  func parameters(of input: Shape) -> [Parameter]
  /// The layer, its parameters beginning at an offset, with T of its units held at values `[units]` that
  /// are not NaN.
  ///
  /// - Precondition: ``output(of:)`` is not nil for the input.
  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer

  /// The non-linearity, where the layer has one.
  var activation: Activation? { get }
  /// How its gates combine, where it has gates.
  var gating: Gating? { get }
  /// What its transform-gate biases start with, where that is known.
  var gateBias: Float? { get }
  /// The signals that it computes, where it has gates.
  var signals: [Signal] { get }
  /// The number of the layer whose parameters it uses beside its own; nil for most.
  var sharedLayer: Int? { get }
  /// The same layer in a network whose inputs have so many steps.
  func fitted(steps: Int) -> Self
}

/// What is below a layer, for one that is made of more than its input.
struct LayersBelow {
  /// The shape of the network's input.
  let input: Shape
  /// The layers, from 0.
  var layers: [any LayerSpec] = []
}

extension LayerSpec {
  init(_ field: JSONField, input: Shape, below: LayersBelow) throws(DescriptionError) {
    try self.init(field, input: input)
  }

  func fitted(steps: Int) -> Self { self }

  var activation: Activation? { nil }
  var gating: Gating? { nil }
  var gateBias: Float? { nil }
  var sharedLayer: Int? { nil }
  var signals: [Signal] {
    gating == nil ? [] : [.blockState, .transformGate, .carryGate, .blockOutput]
  }

  /// Whether two layers are described alike.
  func isEqual(_ other: any LayerSpec) -> Bool { (other as? Self) == self }
}

/// The kinds of layers that there are, a line each.
enum LayerKinds {
  static let all: [any LayerSpec.Type] = [
    DenseSpec.self,
    HighwaySpec.self,
    ConvolutionSpec.self,
    ConvolutionHighwaySpec.self,
    MaxPoolSpec.self,
    AveragePoolSpec.self,
    GlobalAveragePoolSpec.self,
    FlattenSpec.self,
    DropoutSpec.self,
    BatchNormSpec.self,
    ResidualSpec.self,
    LSTMSpec.self,
    GRUSpec.self,
    HighwayLSTMSpec.self,
    FinalStateSpec.self,
    EmbeddingSpec.self,
    CharacterCNNSpec.self,
    RecurrentHighwaySpec.self,
    LatentSpec.self,
    DecoderLSTMSpec.self,
  ]

  /// Reads a description of a layer of any kind.
  ///
  /// - Throws: ``DescriptionError``.
  static func read(
    _ field: JSONField, input: Shape, below: LayersBelow
  ) throws(DescriptionError) -> any LayerSpec {
    let kind = try field.required("kind")
    let name = try kind.string()
    guard let found = all.first(where: { $0.kind == name }) else {
      throw kind.mismatch(all.map { $0.kind }.joined(separator: " or "))
    }
    try field.allow(["kind"] + found.members + ["count"])
    return try found.init(field, input: input, below: below)
  }
}

// MARK: - What several kinds have

extension JSONField {
  /// The member `units`: a number of features.
  func units() throws(DescriptionError) -> Int {
    try required("units").integer(in: 1...Parameter.maximumCount)
  }

  /// The member `activation`.
  func activation() throws(DescriptionError) -> Activation {
    let name = try required("activation")
    guard let activation = Activation(rawValue: try name.string()) else {
      throw name.mismatch(
        "one of " + Activation.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return activation
  }

  /// The members `gating` and, where it is frozen, `p`.
  func gating() throws(DescriptionError) -> Gating {
    let name = try required("gating")
    let constant = try optional("p")
    let text = try name.string()
    if text == "frozen" {
      let p = try required("p")
      let value = try p.float()
      guard 0...1 ~= value else { throw p.mismatch("a number from 0 to 1") }
      return .frozen(p: value)
    }
    guard let gating = Gating.withoutConstant.first(where: { $0.name == text }) else {
      throw name.mismatch("one of " + Gating.names.joined(separator: ", "))
    }
    if let constant {
      throw .unknown(path: constant.path, expected: "p where the gating is frozen")
    }
    return gating
  }
}

extension Gating {
  /// The members that ``JSONField/gating()`` reads, and `gateBias`.
  func document(gateBias: Float?) -> [JSON.Member] {
    var members = [JSON.Member("gating", .string(name))]
    if case .frozen(let p) = self { members.append(JSON.Member("p", .real(p))) }
    if let gateBias { members.append(JSON.Member("gateBias", .real(gateBias))) }
    return members
  }

  /// What biases of a part start with: 0 for H; a transform gate starts at the gate bias and a carry gate
  /// of its own at its negative, so that a `full` layer starts like a `coupled` one.
  func initialBias(of part: GatePart, gateBias: Float?) -> Float {
    switch part {
    case .transform: 0
    case .gate: gateBias ?? -1
    case .carry: gateBias.map { -$0 } ?? 1
    }
  }
}
