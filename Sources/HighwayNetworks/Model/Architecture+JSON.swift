public import TensorFiles

extension Architecture {
  /// The greatest number of layers that is read from a description.
  public static let maximumLayers = 100_000

  /// The greatest number of parameters of a network that is read from a description, 2³¹.
  public static let maximumParameters = 1 << 31

  /// Reads a description, as a checkpoint's `architecture` holds it.
  ///
  /// ```json
  /// {"input": [784], "classes": 10, "layers": [
  ///   {"kind": "dense", "units": 50, "activation": "tanh"},
  ///   {"kind": "highway", "units": 50, "activation": "tanh", "gating": "coupled", "gateBias": -4,
  ///    "count": 49}]}
  /// ```
  ///
  /// - Throws: `DescriptionError` naming the member that is wrong, such as `layers[1].units`.
  public init(json: String) throws(DescriptionError) {
    try self.init(try JSONField(parsing: json))
  }

  /// The description that ``init(json:)`` reads, on one line, runs of equal layers folded into one.
  public var json: String { document.text }

  /// Reads a description that stands in a larger document.
  ///
  /// - Throws: `DescriptionError` as ``init(json:)`` does.
  package init(_ field: JSONField) throws(DescriptionError) {
    try field.allow(["input", "classes", "layers"])
    let input = try Self.input(try field.required("input"))
    var budget = ParameterBudget()
    var layers: [Layer] = []
    var width = input.count
    for item in try field.required("layers").items() {
      let layer = try Layer(item, inputs: width)
      let count = try item.optional("count")?.integer(in: 1...Int.max) ?? 1
      guard count <= Self.maximumLayers - layers.count else {
        throw .invalid(
          path: item.path + (count > 1 ? ".count" : ""),
          expected: "at most \(Self.maximumLayers) layers in all", found: "\(count) more")
      }
      // The first layer of a run may have other inputs than the rest.
      guard budget.take(layer, inputs: width, count: 1),
        count == 1 || budget.take(layer, inputs: layer.units, count: count - 1)
      else {
        throw .invalid(
          path: item.path, expected: "a network of at most \(Self.maximumParameters) parameters",
          found: "more")
      }
      layers += repeatElement(layer, count: count)
      width = layer.units
    }
    let classesField = try field.required("classes")
    let classes = try classesField.integer(in: 1...Self.maximumParameters)
    guard budget.take(outputs: classes, inputs: width, count: 1) else {
      throw .invalid(
        path: "classes", expected: "a network of at most \(Self.maximumParameters) parameters",
        found: "more")
    }
    self.init(input: input, classes: classes, layers: layers)
  }

  private static func input(_ field: JSONField) throws(DescriptionError) -> Shape {
    let items = try field.items()
    guard items.count == 1 || items.count == 3 else {
      throw .invalid(
        path: field.path, expected: "[features] or [channels, height, width]",
        found: field.value.excerpt)
    }
    var extents: [Int] = []
    var product = 1
    for item in items {
      let extent = try item.integer(in: 1...maximumParameters)
      extents.append(extent)
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard !overflow, next <= maximumParameters else {
        throw .invalid(
          path: field.path, expected: "at most \(maximumParameters) values", found: "more")
      }
      product = next
    }
    return Shape(extents)
  }

  /// The description as a document, for a larger one to hold.
  package var document: JSON {
    var entries: [JSON] = []
    var index = 0
    while index < layers.count {
      let layer = layers[index]
      let end = layers[index...].firstIndex { $0 != layer } ?? layers.count
      entries.append(layer.document(count: end - index))
      index = end
    }
    return .object([
      JSON.Member("input", .array(input.extents.map { .integer($0) })),
      JSON.Member("classes", .integer(classes)),
      JSON.Member("layers", .array(entries)),
    ])
  }
}

extension Architecture {
  /// The number of parameters of one plain layer, `depth` − 1 highway layers and the output; nil where it
  /// exceeds ``maximumParameters``.
  static func parameterCount(
    inputs: Int, classes: Int, depth: Int, units: Int, gating: Gating
  ) -> Int? {
    var budget = ParameterBudget()
    let layer = Layer.highway(units: units, activation: .linear, gating: gating, gateBias: nil)
    guard budget.take(outputs: units, inputs: inputs, count: 1),
      budget.take(layer, inputs: units, count: depth - 1),
      budget.take(outputs: classes, inputs: units, count: 1)
    else { return nil }
    return maximumParameters - budget.left
  }
}

/// What is left of ``Architecture/maximumParameters``; no sum of hostile sizes overflows it.
private struct ParameterBudget {
  var left = Architecture.maximumParameters

  mutating func take(_ layer: Architecture.Layer, inputs: Int, count: Int) -> Bool {
    guard case .highway(let units, _, let gating, _) = layer else {
      return take(outputs: layer.units, inputs: inputs, count: count)
    }
    let parts = 1 + (gating.learnsTransformGate ? 1 : 0) + (gating.learnsCarryGate ? 1 : 0)
    return take(outputs: units, inputs: inputs, count: count * parts)
  }

  mutating func take(outputs: Int, inputs: Int, count: Int) -> Bool {
    let (one, overflow) = outputs.multipliedReportingOverflow(by: inputs + 1)
    guard !overflow else { return false }
    let (all, allOverflow) = one.multipliedReportingOverflow(by: count)
    guard !allOverflow, all <= left else { return false }
    left -= all
    return true
  }
}

extension Architecture.Layer {
  fileprivate init(_ field: JSONField, inputs: Int) throws(DescriptionError) {
    let kind = try field.required("kind")
    switch try kind.string() {
    case "dense":
      try field.allow(["kind", "units", "activation", "count"])
      self = .dense(units: try Self.units(field), activation: try Self.activation(field))
    case "highway":
      try field.allow(["kind", "units", "activation", "gating", "gateBias", "p", "count"])
      let units = try Self.units(field)
      let gating = try Gating(field)
      guard units == inputs else {
        throw .invalid(
          path: field.path + ".units", expected: "\(inputs), the width of the layer's input",
          found: "\(units)")
      }
      self = .highway(
        units: units, activation: try Self.activation(field), gating: gating,
        gateBias: try field.optional("gateBias")?.float())
    case "conv", "conv-highway", "max-pool":
      throw .unsupported(path: kind.path, found: kind.value.excerpt)
    default: throw kind.mismatch("dense or highway")
    }
  }

  private static func units(_ field: JSONField) throws(DescriptionError) -> Int {
    try field.required("units").integer(in: 1...Architecture.maximumParameters)
  }

  private static func activation(_ field: JSONField) throws(DescriptionError) -> Activation {
    let name = try field.required("activation")
    guard let activation = Activation(rawValue: try name.string()) else {
      throw name.mismatch(
        "one of " + Activation.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return activation
  }

  fileprivate func document(count: Int) -> JSON {
    var members: [JSON.Member] = []
    switch self {
    case .dense(let units, let activation):
      members = [
        JSON.Member("kind", .string("dense")), JSON.Member("units", .integer(units)),
        JSON.Member("activation", .string(activation.rawValue)),
      ]
    case .highway(let units, let activation, let gating, let gateBias):
      members = [
        JSON.Member("kind", .string("highway")), JSON.Member("units", .integer(units)),
        JSON.Member("activation", .string(activation.rawValue)),
        JSON.Member("gating", .string(gating.name)),
      ]
      if case .frozen(let p) = gating { members.append(JSON.Member("p", .real(p))) }
      if let gateBias { members.append(JSON.Member("gateBias", .real(gateBias))) }
    }
    if count > 1 { members.append(JSON.Member("count", .integer(count))) }
    return .object(members)
  }
}

extension Gating {
  fileprivate init(_ field: JSONField) throws(DescriptionError) {
    let name = try field.required("gating")
    let constant = try field.optional("p")
    switch try name.string() {
    case "coupled": self = .coupled
    case "full": self = .full
    case "transform-only": self = .transformOnly
    case "carry-only": self = .carryOnly
    case "residual": self = .residual
    case "plain": self = .plain
    case "frozen":
      let p = try field.required("p")
      let value = try p.float()
      guard 0...1 ~= value else { throw p.mismatch("a number from 0 to 1") }
      self = .frozen(p: value)
    default:
      throw name.mismatch(
        "one of coupled, full, transform-only, carry-only, residual, plain, frozen")
    }
    if let constant, name.value != .string("frozen") {
      throw .unknown(path: constant.path, expected: "p where the gating is frozen")
    }
  }
}
