public import TensorFiles

extension Architecture {
  /// The greatest number of layers that is read from a description.
  public static let maximumLayers = 100_000

  /// The greatest number of parameters of a network that is read from a description, 2³¹.
  public static let maximumParameters = Parameter.maximumCount

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
  /// - Throws: ``DescriptionError`` as ``init(json:)`` does.
  package init(_ field: JSONField) throws(DescriptionError) {
    try field.allow(["input", "task", "classes", "tied", "layers"])
    let task =
      try field.optional("task").map { field throws(DescriptionError) in
        guard let task = Task(rawValue: try field.string()) else {
          throw field.mismatch("one of " + Task.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return task
      } ?? .classify
    let input = try Self.input(try field.required("input"), task)
    var budget = ParameterBudget()
    var layers: [Layer] = []
    var below = LayersBelow(input: input)
    var shape = input
    for item in try field.required("layers").items() {
      if layers.isEmpty { shape = try Self.entry(input, before: item) }
      let layer = Layer(try LayerKinds.read(item, input: shape, below: below))
      let count = try item.optional("count")?.integer(in: 1...Int.max) ?? 1
      guard count <= Self.maximumLayers - layers.count else {
        throw .invalid(
          path: item.path + (count > 1 ? ".count" : ""),
          expected: "at most \(Self.maximumLayers) layers in all", found: "\(count) more")
      }
      try Self.take(layer, item, count: count, of: &shape, below, &budget)
      layers += repeatElement(layer, count: count)
      below.layers += repeatElement(layer.spec, count: count)
    }
    try Self.checkLatent(layers, task)
    let classes = try field.optional("classes")?.integer(in: 1...Self.maximumParameters)
    guard shape.isSequence == task.hasOutputPerStep || !task.takesSequences || classes == nil
    else {
      throw .invalid(
        path: "layers",
        expected: task.hasOutputPerStep
          ? "layers that return a sequence, so that each step has an output"
          : "a final-state layer, so that a sequence has one output", found: "\(shape)")
    }
    let tied = try Self.tied(field, to: shape, of: layers, classes: classes)
    if let classes, tied == nil, !budget.take(.output(classes: classes), of: shape, count: 1) {
      throw .invalid(
        path: "classes", expected: "a network of at most \(Self.maximumParameters) parameters",
        found: "more")
    }
    self.init(input: input, classes: classes, layers: layers, task: task, tied: tied)
  }

  /// Checks that a network has a code between an encoder and a decoder where it autoencodes, and nowhere else.
  private static func checkLatent(_ layers: [Layer], _ task: Task) throws(DescriptionError) {
    let codes = layers.count { $0.spec is LatentSpec }
    let decoders = layers.count { $0.spec is DecoderLSTMSpec }
    let isWhole = codes == 1 && decoders == 1
    guard task == .autoencode ? isWhole : codes + decoders == 0 else {
      throw .invalid(
        path: "layers",
        expected: task == .autoencode
          ? "one latent and one decoder-lstm layer, since the network autoencodes"
          : "latent and decoder-lstm in a network whose task is autoencode alone",
        found: "\(codes) latent and \(decoders) decoder-lstm")
    }
  }

  /// Reads which embedding the output is tied to.
  ///
  /// - Throws: ``DescriptionError`` where that is none, or it has other extents.
  private static func tied(
    _ field: JSONField, to shape: Shape, of layers: [Layer], classes: Int?
  ) throws(DescriptionError) -> Int? {
    guard let member = try field.optional("tied") else { return nil }
    try member.allow(["layer"])
    let number = try member.required("layer")
    let layer = try number.integer(in: 0...max(0, layers.count - 1))
    guard canTie(layer, of: layers, to: shape, classes: classes) else {
      throw number.mismatch(
        "an embedding of as many tokens as there are classes, and of \(shape.denseWidth) units, "
          + "the width that reaches the output")
    }
    return layer
  }

  /// Takes a run of equal layers: their parameters, and the shape that the last of them returns.
  ///
  /// - Throws: ``DescriptionError`` where one of them cannot have what the one before it returns, or there
  ///   are too many parameters.
  private static func take(
    _ layer: Layer, _ item: JSONField, count: Int, of shape: inout Shape, _ below: LayersBelow,
    _ budget: inout ParameterBudget
  ) throws(DescriptionError) {
    var left = count
    while left > 0 {
      // Each may have another input than the one before it, until one keeps the shape.
      if left < count { _ = try LayerKinds.read(item, input: shape, below: below) }
      let output = layer.spec.output(of: shape)
      let times = output == shape ? left : 1
      guard let output, budget.take(layer, of: shape, count: times) else {
        throw .invalid(
          path: item.path, expected: "a network of at most \(Self.maximumParameters) parameters",
          found: "more")
      }
      shape = output
      left -= times
    }
  }

  /// The shape in which an input reaches the first layer, whose description is not read yet.
  private static func entry(
    _ input: Shape, before item: JSONField
  ) throws(DescriptionError) -> Shape {
    guard !input.isSequence else { return input }
    let kind = try item.required("kind").string()
    let takesMaps = LayerKinds.all.contains { $0.kind == kind && !$0.takesVectors }
    return takesMaps ? input : Shape(features: input.count)
  }

  private static func input(_ field: JSONField, _ task: Task) throws(DescriptionError) -> Shape {
    let items = try field.items()
    guard items.count == 1 || items.count == (task.takesSequences ? 2 : 3) else {
      throw .invalid(
        path: field.path,
        expected: task.takesSequences
          ? "[features] or [steps, features]" : "[features] or [channels, height, width]",
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
    if task.takesSequences {
      return .sequence(
        steps: items.count == 2 ? extents[0] : 1, features: extents[extents.count - 1])
    }
    return Shape(positions: Array(extents.dropFirst()), features: extents[0])
  }

  /// The description as a document, for a larger one to hold.
  package var document: JSON {
    var entries: [JSON] = []
    var index = 0
    while index < layers.count {
      let layer = layers[index]
      let end = layers[index...].firstIndex { $0 != layer } ?? layers.count
      var members = [JSON.Member("kind", .string(layer.kind))] + layer.spec.document
      if end - index > 1 { members.append(JSON.Member("count", .integer(end - index))) }
      entries.append(.object(members))
      index = end
    }
    // One step is how long sequences are that nobody has seen yet.
    let extents = input.isSequence && input.positionCount == 1 ? [input.features] : input.extents
    return .object(
      [JSON.Member("input", .array(extents.map { .integer($0) }))]
        + (task == .classify ? [] : [JSON.Member("task", .string(task.rawValue))])
        + (classes.map { [JSON.Member("classes", .integer($0))] } ?? [])
        + (tied.map { [JSON.Member("tied", .object([JSON.Member("layer", .integer($0))]))] } ?? [])
        + [JSON.Member("layers", .array(entries))])
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
    let shape = Shape(features: units)
    guard
      budget.take(
        .dense(units: units, activation: .linear), of: Shape(features: inputs), count: 1),
      budget.take(layer, of: shape, count: depth - 1),
      budget.take(.output(classes: classes), of: shape, count: 1)
    else { return nil }
    return maximumParameters - budget.left
  }
}

/// What is left of ``Architecture/maximumParameters``; no sum of hostile sizes overflows it.
private struct ParameterBudget {
  var left = Architecture.maximumParameters

  mutating func take(_ layer: Architecture.Layer, of input: Shape, count: Int) -> Bool {
    var one = 0
    for parameter in layer.spec.parameters(of: input) {
      guard let values = parameter.count, values <= Architecture.maximumParameters else {
        return false
      }
      one += values
    }
    let (all, overflow) = one.multipliedReportingOverflow(by: count)
    guard !overflow, all <= left else { return false }
    left -= all
    return true
  }
}
