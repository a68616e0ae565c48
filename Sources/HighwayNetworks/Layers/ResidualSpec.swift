import TensorFiles

/// A residual block: `y = F(x) ∘ T + s(x) ∘ C` with a branch F of convolutions and norms and a shortcut s.
///
/// With the order `post` (He et al. 2015) F = norm(conv(act(norm(conv(x))))), and the activation once more
/// after the sum; with `pre` (He et al. 2016) F = conv(act(norm(conv(act(norm(x)))))), and nothing after it. The
/// first convolution carries the stride, or another of the branch. Gates, where they are learned, are 1×1 convolutions of x.
struct ResidualSpec: LayerSpec {
  /// Where norms and activations stand.
  enum Order: String, Hashable, Sendable, CaseIterable {
    case post
    case pre
  }

  /// What the shortcut makes of the block's input.
  enum Shortcut: Hashable, Sendable {
    /// Nothing.
    case identity
    /// Every stride-th row and column, with maps of zeros, so many of them before those of the input.
    case pad(before: Int)
    /// A 1×1 convolution and, in the order `post`, a norm.
    case projection

    var name: String {
      switch self {
      case .identity: "identity"
      case .pad: "pad"
      case .projection: "projection"
      }
    }
  }

  /// One convolution of the branch; nil channels are the block's.
  struct Convolution: Hashable, Sendable {
    let kernel: Int
    let channels: Int?
  }

  static let kind = "residual-block"
  static let takesVectors = false
  static let members = [
    "channels", "stride", "strideAt", "convs", "order", "sharedActivation", "shortcut", "padBefore",
    "gating",
    "gateBias", "p", "activation",
  ]

  /// The number of maps of the output.
  let channels: Int
  /// How many rows and columns of the input become one.
  let stride: Int
  /// Which of the branch's convolutions carries the stride.
  let strideAt: Int
  /// The branch's convolutions.
  let convolutions: [Convolution]
  let order: Order
  /// Whether the shortcut too takes the first norm's activated output; only in the order `pre`.
  let sharesActivation: Bool
  let shortcut: Shortcut
  /// How the gates combine.
  let gates: Gating
  let gateBias: Float?
  let function: Activation

  var activation: Activation? { function }
  var gating: Gating? { gates }

  private static let usual = [
    Convolution(kernel: 3, channels: nil), Convolution(kernel: 3, channels: nil),
  ]

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    _ = try field.map(input)
    channels = try field.channels()
    stride = try field.optional("stride")?.integer(in: 1...JSONField.maximumKernel) ?? 1
    convolutions =
      try field.optional("convs").map { list throws(DescriptionError) in
        try Self.convolutions(list, channels: try field.channels())
      } ?? Self.usual
    strideAt = try field.optional("strideAt")?.integer(in: 0...convolutions.count - 1) ?? 0
    order =
      try field.optional("order").map { order throws(DescriptionError) in
        guard let found = Order(rawValue: try order.string()) else {
          throw order.mismatch("post or pre")
        }
        return found
      } ?? .post
    let shared = try field.optional("sharedActivation")
    sharesActivation = try shared?.bool() ?? false
    if let shared, sharesActivation && order == .post {
      throw shared.mismatch("false, as the order is post")
    }
    gates = try field.optional("gating") == nil ? .residual : try field.gating()
    gateBias = try field.optional("gateBias")?.float()
    function = try field.activation()
    shortcut = try Self.shortcut(field, channels: channels, stride: stride, input: input)
    guard input.convolved(kernel: 1, stride: stride, padding: 0, channels: channels) != nil else {
      throw .invalid(
        path: field.path + ".channels",
        expected: "at most \(Parameter.maximumCount) values of a layer's output", found: "more")
    }
  }

  private static func convolutions(
    _ list: JSONField, channels: Int
  ) throws(DescriptionError) -> [Convolution] {
    let items = try list.items()
    guard 1...16 ~= items.count else { throw list.mismatch("1 to 16 convolutions") }
    var found: [Convolution] = []
    for item in items {
      try item.allow(["kernel", "channels"])
      found.append(
        Convolution(
          kernel: try item.oddKernel(),
          channels: try item.optional("channels") == nil ? nil : try item.channels()))
    }
    if let last = found.last?.channels, last != channels, let item = items.last {
      throw try item.required("channels").mismatch("\(channels), the block's channels")
    }
    return found
  }

  private static func shortcut(
    _ field: JSONField, channels: Int, stride: Int, input: Shape
  ) throws(DescriptionError) -> Shortcut {
    let kind = try field.optional("shortcut")
    let before = try field.optional("padBefore")
    let name = try kind?.string() ?? "identity"
    if let before, name != "pad" {
      throw .unknown(path: before.path, expected: "padBefore where the shortcut is pad")
    }
    let path = field.path + ".shortcut"
    switch name {
    case "identity":
      guard stride == 1, channels == input.features else {
        throw .invalid(
          path: path,
          expected: "pad or projection, since the block turns \(input.features) maps into "
            + "\(channels) with stride \(stride)", found: "identity")
      }
      return .identity
    case "pad":
      let count = try before?.integer(in: 0...Parameter.maximumCount) ?? 0
      guard input.features + count <= channels else {
        throw .invalid(
          path: path,
          expected: "at least \(input.features + count) channels to carry \(input.features) maps"
            + (count > 0 ? " behind \(count) of zeros" : ""), found: "\(channels)")
      }
      return .pad(before: count)
    case "projection": return .projection
    default: throw (kind ?? field).mismatch("identity, pad or projection")
    }
  }

  var document: [JSON.Member] {
    var members = [JSON.Member("channels", .integer(channels))]
    if stride != 1 { members.append(JSON.Member("stride", .integer(stride))) }
    if strideAt != 0 { members.append(JSON.Member("strideAt", .integer(strideAt))) }
    if convolutions != Self.usual {
      members.append(
        JSON.Member(
          "convs",
          .array(
            convolutions.map { conv in
              .object(
                [JSON.Member("kernel", .integer(conv.kernel))]
                  + (conv.channels.map { [JSON.Member("channels", .integer($0))] } ?? []))
            })))
    }
    if order != .post { members.append(JSON.Member("order", .string(order.rawValue))) }
    if sharesActivation { members.append(JSON.Member("sharedActivation", .bool(true))) }
    if shortcut != .identity { members.append(JSON.Member("shortcut", .string(shortcut.name))) }
    if case .pad(let before) = shortcut, before > 0 {
      members.append(JSON.Member("padBefore", .integer(before)))
    }
    if gates != .residual || gateBias != nil { members += gates.document(gateBias: gateBias) }
    members.append(JSON.Member("activation", .string(function.rawValue)))
    return members
  }

  var text: String {
    "residual-block, \(channels) maps, "
      + convolutions.map { "\($0.kernel)×\($0.kernel)" }.joined(separator: ", ")
      + (stride == 1 ? "" : ", stride \(stride)") + (order == .post ? "" : ", pre-activation")
      + (shortcut == .identity ? "" : ", \(shortcut.name)")
      + ", \(function.rawValue), \(gates.name)"
      + (gateBias.map { ", gate bias from \($0)" } ?? "")
  }

  func output(of input: Shape) -> Shape? {
    switch shortcut {
    case .identity: guard stride == 1, channels == input.features else { return nil }
    case .pad(let before): guard input.features + before <= channels else { return nil }
    case .projection: break
    }
    return input.convolved(kernel: 1, stride: stride, padding: 0, channels: channels)
  }

  /// The tensors of the branch, of the shortcut, and of the gates, whose weights stand together.
  func parameters(of input: Shape) -> [Parameter] {
    var parameters: [Parameter] = []
    var features = input.features
    for (index, conv) in convolutions.enumerated() {
      let outputs = conv.channels ?? channels
      let own = Shape(features: features)
      let kernels = Parameter.kernels(
        "conv\(index + 1).weight", outputs, of: own, conv.kernel, isRectified: !function.saturates)
      parameters.append(kernels)
      parameters += Normalizer.parameters(
        "bn\(index + 1).", features: order == .pre ? features : outputs)
      features = outputs
    }
    if shortcut == .projection {
      parameters.append(
        .kernels("shortcut.conv.weight", channels, of: input, 1, isRectified: true))
      if order == .post {
        parameters += Normalizer.parameters("shortcut.bn.", features: channels)
      }
    }
    let parts = gates.parts.dropFirst()
    parameters += parts.map {
      .kernels("\($0.rawValue).weight", channels, of: input, 1, isRectified: false)
    }
    parameters += parts.map {
      Parameter(
        "\($0.rawValue).bias", .bias(initial: gates.initialBias(of: $0, gateBias: gateBias)),
        [channels])
    }
    return parameters
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    ResidualLayer(self, of: input, holding: held, at: offset)
  }
}
