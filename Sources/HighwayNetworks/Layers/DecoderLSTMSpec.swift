import TensorFiles

/// LSTM cells that write a line anew: they begin with h from below, and at each step are given the token before.
///
/// The tokens are those that the network reads, behind a mark of the beginning; in training some are replaced by the
/// mark of unknown words, so that the code has to say what they were.
struct DecoderLSTMSpec: LayerSpec {
  static let kind = "decoder-lstm"
  static let takesVectors = true
  static let members = ["units", "peephole", "biases", "forgetBias", "embedding"]

  /// The ids that stand for no word: nothing, the beginning and the end of a line, and words that are in no vocabulary.
  static let (padding, begin, end, unknown) = (0, 1, 2, 3)

  let settings: LSTMSettings
  /// The number of the embedding whose vectors the cells are given.
  let embedding: Int
  /// The width of those vectors.
  let width: Int
  /// The number of steps that there is room for.
  let steps: Int

  var activation: Activation? { .tanh }
  var gating: Gating? { .full }
  var signals: [Signal] { settings.signals(hasDepthGate: false) }
  var sharedLayer: Int? { embedding }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    throw .invalid(
      path: field.path, expected: "a layer above an embedding", found: "an input of \(input)")
  }

  init(_ field: JSONField, input: Shape, below: LayersBelow) throws(DescriptionError) {
    let number = try field.required("embedding")
    embedding = try number.integer(in: 0...max(0, below.layers.count - 1))
    guard below.layers.indices.contains(embedding),
      let vectors = below.layers[embedding] as? EmbeddingSpec, vectors.tokens > Self.unknown
    else {
      throw number.mismatch("the number of an embedding below, of more than \(Self.unknown) tokens")
    }
    width = vectors.units
    steps = below.input.positionCount
    settings = try LSTMSettings(field, input: .sequence(steps: steps, features: width))
    guard input.isVector, input.features == settings.units else {
      throw .invalid(
        path: field.path + ".units",
        expected: input.isVector
          ? "\(input.features), the width of what the cells begin with"
          : "a layer whose input is a vector", found: "\(settings.units)")
    }
  }

  private init(_ other: DecoderLSTMSpec, steps: Int) {
    settings = other.settings
    embedding = other.embedding
    width = other.width
    self.steps = steps
  }

  func fitted(steps: Int) -> DecoderLSTMSpec { DecoderLSTMSpec(self, steps: steps) }

  /// What the cells are given of each line.
  private var words: Shape { .sequence(steps: steps, features: width) }

  var document: [JSON.Member] {
    settings.document + [JSON.Member("embedding", .integer(embedding))]
  }

  var text: String { "decoder-lstm, " + settings.text + ", given the words of layer \(embedding)" }

  func output(of input: Shape) -> Shape? {
    input.isVector && input.features == settings.units ? settings.output(of: words) : nil
  }

  func parameters(of input: Shape) -> [Parameter] {
    settings.parameters(of: words, hasDepthGate: false)
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    DecoderLSTMLayer(
      LSTMLayer(settings, of: words, hasDepthGate: false, holding: held, at: offset),
      weights: ParameterPlaces(parameters(of: input)))
  }
}
