/// What a network is made of: its input, its layers, and a linear output with a score for each class,
/// where there is one.
public struct Architecture: Hashable, Sendable {
  /// One layer, with runs of equal layers unrolled.
  public struct Layer: Hashable, Sendable {
    /// The layer's kind and what it is set to.
    let spec: any LayerSpec

    init(_ spec: any LayerSpec) { self.spec = spec }

    /// `y = act(x·Wᵀ + b)`: a plain layer, which may change the width.
    public static func dense(units: Int, activation: Activation) -> Layer {
      precondition(units > 0, "a layer has at least one unit")
      return Layer(DenseSpec(units: units, activation: activation))
    }

    /// A highway layer, which keeps the width.
    ///
    /// `gateBias` is the initial transform-gate bias, kept so that drift can be shown, and the negative of
    /// a carry gate's own; nil where no gate is learned or it is not known.
    public static func highway(
      units: Int, activation: Activation, gating: Gating, gateBias: Float?
    ) -> Layer {
      precondition(units > 0, "a layer has at least one unit")
      return Layer(
        HighwaySpec(units: units, activation: activation, gating: gating, gateBias: gateBias))
    }

    /// The linear layer behind the others, with a score for each class.
    static func output(classes: Int) -> Layer { .dense(units: classes, activation: .linear) }

    /// The name of the kind, such as `highway`.
    public var kind: String { type(of: spec).kind }
    /// The layer in words, such as `dense, 50 units, tanh`.
    public var text: String { spec.text }
    /// The non-linearity, where the layer has one.
    public var activation: Activation? { spec.activation }
    /// How the layer's gates combine; nil for a layer without gates.
    public var gating: Gating? { spec.gating }
    /// What the transform-gate biases start with, where that is known.
    public var gateBias: Float? { spec.gateBias }

    /// Whether two layers are of one kind and set alike.
    public static func == (left: Layer, right: Layer) -> Bool { left.spec.isEqual(right.spec) }

    /// Feeds the kind and what it is set to to a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(spec)) }
  }

  /// What the output is for.
  public enum Task: String, Hashable, Sendable, CaseIterable {
    /// A class for each input.
    case classify
    /// A class for each sequence.
    case classifySequence = "classify-sequence"
    /// A class for each step of a sequence.
    case tagSequence = "tag-sequence"
    /// The token that follows each step of a text, whose state goes on where the text was cut.
    case nextToken = "next-token"
    /// The same tokens again, out of a code for each line of a text.
    case autoencode

    /// Whether inputs are text.
    public var readsText: Bool { self == .nextToken || self == .autoencode }

    /// Whether inputs are sequences.
    public var takesSequences: Bool { self != .classify }

    /// Whether each step of a sequence has an output.
    public var hasOutputPerStep: Bool { self == .tagSequence || readsText }
  }

  /// What the output is for.
  public let task: Task

  /// The shape of one input, such as 784 features or 28 × 28 positions of one; for sequences with room for the
  /// longest, one step where nobody knows how long they are.
  public let input: Shape

  /// The number of classes; nil for a network without an output layer.
  public let classes: Int?

  /// The layers between input and output, from 0 as in the checkpoint's tensor names.
  public let layers: [Layer]

  /// The number of the embedding whose vectors are the output's weights; nil where the output has its own.
  public let tied: Int?

  /// The shape that each layer takes, and behind them the one that reaches the output;
  /// `[layers.count + 1]`.
  ///
  /// Where the first layer sees a vector, so does the network: the values of an image stand in the order
  /// of its file then.
  public let shapes: [Shape]

  /// Creates an architecture.
  ///
  /// - Precondition: Widths and classes are positive and each layer can have the input that the one
  ///   before it returns; an output is tied to an embedding of as many tokens and of the width that
  ///   reaches it. Descriptions from files are checked by ``init(json:)`` first.
  public init(
    input: Shape, classes: Int?, layers: [Layer], task: Task = .classify, tied: Int? = nil
  ) {
    precondition(classes.map { $0 > 0 } ?? true, "an output has at least one class")
    precondition(input.isSequence == task.takesSequences, "a task for such inputs")
    let layers =
      input.isSequence
      ? layers.map { Layer($0.spec.fitted(steps: input.positionCount)) } : layers
    var shapes = [Self.entry(input, before: layers.first)]
    shapes.reserveCapacity(layers.count + 1)
    for layer in layers {
      guard let output = layer.spec.output(of: shapes[shapes.count - 1]) else {
        preconditionFailure("a layer fits its input; a highway layer keeps the width")
      }
      shapes.append(output)
    }
    self.task = task
    self.input = input
    self.classes = classes
    self.layers = layers
    self.shapes = shapes
    self.tied = tied
    precondition(
      tied.map { Self.canTie($0, of: layers, to: shapes[layers.count], classes: classes) } ?? true,
      "an output is tied to an embedding of its extents")
  }

  /// Whether the output can have the vectors of a layer for weights.
  static func canTie(_ layer: Int, of layers: [Layer], to shape: Shape, classes: Int?) -> Bool {
    guard layers.indices.contains(layer), let spec = layers[layer].spec as? EmbeddingSpec else {
      return false
    }
    return spec.tokens == classes && spec.units == shape.denseWidth
  }

  /// The linear layer behind the others; nil where there is no output.
  var output: Layer? {
    classes.map { classes in
      tied.map { Layer(TiedOutputSpec(classes: classes, embedding: $0)) }
        ?? .output(classes: classes)
    }
  }

  /// The shape in which an input reaches the first layer.
  static func entry(_ input: Shape, before layer: Layer?) -> Shape {
    input.isSequence || layer.map { !type(of: $0.spec).takesVectors } ?? false
      ? input : Shape(features: input.count)
  }

  /// The same network with room for sequences of another length, or for images of other extents, where data of a shape
  /// are such that it takes with the parameters that it has.
  public func fitted(to data: Shape) -> Architecture {
    guard data.features == input.features, data != input,
      task.takesSequences ? data.isSequence : keepsParameters(with: data)
    else { return self }
    return Architecture(input: data, classes: classes, layers: layers, task: task, tied: tied)
  }

  /// Whether images of other extents need no other parameters, as where the mean of each map goes to the output.
  private func keepsParameters(with data: Shape) -> Bool {
    guard data.positions.count == 2, input.positions.count == 2 else { return false }
    var shape = data
    for (layer, own) in zip(layers, shapes) {
      guard let output = layer.spec.output(of: shape), output.count <= Parameter.maximumCount,
        layer.spec.parameters(of: shape).map(\.shape) == layer.spec.parameters(of: own).map(\.shape)
      else { return false }
      shape = output
    }
    return shape == shapes[layers.count]
  }

  /// Whether each step of the input is a word by its characters.
  package var readsCharacters: Bool { alphabet != nil }

  /// Whether a code stands between an encoder and a decoder, as in a variational autoencoder.
  package var hasCode: Bool { layers.contains { $0.spec is LatentSpec } }

  /// The number of characters that words are read by; nil where they are not.
  var alphabet: Int? { (layers.first?.spec as? CharacterCNNSpec)?.characters }

  /// The number of different tokens that are read by their ids; nil where others are read.
  var tokens: Int? { (layers.first?.spec as? EmbeddingSpec)?.tokens }

  /// The shape of what a layer returns.
  public func output(ofLayer layer: Int) -> Shape { shapes[layer + 1] }

  /// The numbers of the layers with gates.
  public var gatedLayers: [Int] { layers.indices.filter { layers[$0].gating != nil } }

  /// The greatest number of units of a layer; 0 where there are no layers.
  public var width: Int { shapes.dropFirst().map(\.units).max() ?? 0 }

  /// Runs of gated layers that follow each other and keep the shape, as ranges of positions in
  /// ``gatedLayers``: what is carried can be followed within a run, not through a layer between two, nor from one
  /// recurrent highway layer, which carries its own state, to the next.
  public var runs: [Range<Int>] {
    let gated = gatedLayers
    var runs: [Range<Int>] = []
    var start = 0
    for index in gated.indices {
      let next = index + 1
      if next < gated.count, gated[next] == gated[index] + 1,
        output(ofLayer: gated[next]) == output(ofLayer: gated[index]),
        output(ofLayer: gated[next]).microSteps == 0
      {
        continue
      }
      runs.append(start..<next)
      start = next
    }
    return runs
  }
}
