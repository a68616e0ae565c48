import TensorFiles

/// What a word is by its characters, as in Kim's language model of 2015.
///
/// Convolutions of several widths go over the characters' vectors, and the maximum of each is taken over all
/// positions, padding included.
///
/// A step of the input is a word: the ids of its characters, filled up with padding.
struct CharacterCNNSpec: LayerSpec {
  static let kind = "char-cnn"
  static let takesVectors = false
  static let members = ["characters", "units", "kernels", "channels", "activation", "padding"]

  /// One of the convolutions.
  struct Kernel: Hashable, Sendable {
    /// How many characters it sees at once.
    let width: Int
    /// The number of features that it finds.
    let features: Int
  }

  /// The number of different characters.
  let characters: Int
  /// The width of their vectors.
  let units: Int
  /// The convolutions, whose features stand side by side in the output.
  let kernels: [Kernel]
  /// The non-linearity, which follows the maximum: none of them changes where that stands.
  let function: Activation
  /// The character that stands for nothing, whose vector stays 0.
  let padding: Int?

  var activation: Activation? { function }
  /// The number of features of a word.
  var features: Int { kernels.reduce(0) { $0 + $1.features } }

  /// The most convolutions of a layer.
  private static let mostKernels = 64

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    guard input.isSequence else {
      throw .invalid(
        path: field.path, expected: "a layer whose input is a sequence of words",
        found: "an input of \(input)")
    }
    characters = try field.required("characters").integer(in: 1...1 << 16)
    units = try field.units()
    function = try field.activation()
    padding = try field.optional("padding")?.integer(in: 0...characters - 1)
    let widths = try field.required("kernels").items()
    let channels = try field.required("channels").items()
    guard widths.count == channels.count, 1...Self.mostKernels ~= widths.count else {
      throw try field.required("channels").mismatch(
        "a number for each of the kernels, of which there are 1 to \(Self.mostKernels)")
    }
    var kernels: [Kernel] = []
    for (width, features) in zip(widths, channels) {
      kernels.append(
        Kernel(
          width: try Self.width(width, of: input),
          features: try features.integer(in: 1...1 << 20)))
    }
    self.kernels = kernels
    try field.checkOutput(of: input, features: features)
  }

  /// The width of a convolution, which no word is shorter than with its marks and padding.
  private static func width(_ field: JSONField, of input: Shape) throws(DescriptionError) -> Int {
    let width = try field.integer(in: 1...1 << 16)
    guard width <= input.features else {
      throw field.mismatch(
        "a width of at most \(input.features) characters, since words have so many here, their marks and padding "
          + "included")
    }
    return width
  }

  var document: [JSON.Member] {
    func list(_ values: [Int]) -> JSON { .array(values.map { .integer($0) }) }
    return [
      JSON.Member("characters", .integer(characters)), JSON.Member("units", .integer(units)),
      JSON.Member("kernels", list(kernels.map(\.width))),
      JSON.Member("channels", list(kernels.map(\.features))),
      JSON.Member("activation", .string(function.rawValue)),
    ] + (padding.map { [JSON.Member("padding", .integer($0))] } ?? [])
  }

  var text: String {
    "char-cnn, \(characters) characters of \(units) units, widths "
      + kernels.map { "\($0.width)" }.joined(separator: " ")
      + ", \(features) features, \(function.rawValue)"
  }

  func output(of input: Shape) -> Shape? {
    guard input.isSequence, kernels.allSatisfy({ $0.width <= input.features }) else { return nil }
    return Shape(positions: input.positions, features: features)
  }

  func parameters(of input: Shape) -> [Parameter] {
    [
      Parameter(
        "embedding.weight", .uniform(bound: 1 / Float(units).squareRoot()), [characters, units],
        padding: padding)
    ]
      + kernels.enumerated().flatMap { index, kernel in
        // In memory the units of a character stand together, in files the characters of a unit.
        let order =
          units > 1 && kernel.width > 1
          ? Parameter.ChannelOrder(channels: units, positions: kernel.width) : nil
        return [
          Parameter(
            "convs.\(index).weight",
            .weight(
              fanIn: units * kernel.width, fanOut: kernel.features,
              beforeRectifier: function == .relu),
            [kernel.features, units, kernel.width], channelOrder: order),
          Parameter("convs.\(index).bias", .bias(initial: 0), [kernel.features]),
        ]
      }
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    CharacterCNNLayer(self, of: input, at: offset)
  }
}
