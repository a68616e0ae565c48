/// A convolution of feature maps; weights are `[outputs, rows, columns, channels]` in memory.
///
/// Examples go through some at a time, so that what follows a convolution finds its results in the
/// processor's cache. How they are divided depends on their number alone.
struct ConvolutionMap: LinearMap {
  let input: Shape
  let output: Shape
  private let passes: ConvolutionPasses

  var weightCount: Int { passes.extents.weightCount }

  /// - Precondition: The input is a map, and the kernel is no larger than the padded map.
  init(_ input: Shape, channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0) {
    precondition(input.positions.count == 2, "a convolution goes over maps")
    let extents = ConvolutionExtents(
      height: input.positions[0], width: input.positions[1], channels: input.features,
      outputs: channels, kernel: kernel, stride: stride, padding: padding)
    precondition(extents.rows > 0 && extents.columns > 0, "the kernel lies in the padded map")
    self.input = input
    output = Shape(positions: [extents.rows, extents.columns], features: channels)
    passes = ConvolutionPasses(extents)
  }

  func prepared(_ weights: FloatSlice) -> (any PreparedMap)? {
    PreparedConvolution(self, weights)
  }

  func forward(_ input: FloatSlice, weights: FloatSlice, examples: Int, into output: FloatSlice) {
    forward(input, weights: weights, examples: examples, into: output) { _ in }
  }

  func forward(
    _ input: FloatSlice, weights: FloatSlice, examples: Int, into output: FloatSlice,
    then: (Range<Int>) -> Void
  ) {
    forward(input, weights: weights, arranged: nil, examples: examples, into: output, then: then)
  }

  fileprivate func forward(
    _ input: FloatSlice, weights: FloatSlice,
    arranged: (values: FloatSlice, pass: ConvolutionPass)?, examples: Int,
    into output: FloatSlice, then: (Range<Int>) -> Void
  ) {
    let pieces = Pieces(examples, positions: self.output.positionCount)
    guard pieces.count > 0 else { return }
    let outputs = PiecePasses(passes, .output, pieces)
    defer { outputs.giveBack() }
    let isArranged = outputs.all { pass in arranged?.pass.arrangesAlike(pass) ?? false }
    if !isArranged { outputs.each { $0.arrange(weights) } }
    for piece in 0..<pieces.count {
      let range = pieces[piece]
      outputs[range.count].run(
        input.examples(range, each: self.input.count),
        arranged: isArranged ? arranged?.values : nil,
        into: output.examples(range, each: self.output.count))
      then(range)
    }
  }

  func backward(
    weightGradient: FloatSlice, input: FloatSlice, gradient: FloatSlice, examples: Int
  ) {
    backward(
      weightGradient: weightGradient, inputGradient: nil, weights: weightGradient, input: input,
      gradient: gradient, examples: examples, adding: false
    ) { _ in }
  }

  func backward(
    inputGradient: FloatSlice, weights: FloatSlice, gradient: FloatSlice, examples: Int,
    adding: Bool
  ) {
    let pieces = Pieces(examples, positions: output.positionCount)
    guard pieces.count > 0 else { return }
    let inputs = PiecePasses(passes, .inputGradient(adding: adding), pieces)
    defer { inputs.giveBack() }
    inputs.each { $0.arrange(weights) }
    for piece in 0..<pieces.count {
      let range = pieces[piece]
      inputs[range.count].run(
        gradient.examples(range, each: output.count),
        into: inputGradient.examples(range, each: input.count))
    }
  }

  func backward(
    weightGradient: FloatSlice, inputGradient: FloatSlice?, weights: FloatSlice,
    input: FloatSlice, gradient: FloatSlice, examples: Int, adding: Bool,
    first: (Range<Int>) -> Void
  ) {
    let pieces = Pieces(examples, positions: output.positionCount)
    guard pieces.count > 0 else {
      weightGradient.fill(0)
      return
    }
    let gradients = PiecePasses(passes, .weightGradient, pieces)
    let inputs = inputGradient.map { _ in
      PiecePasses(passes, .inputGradient(adding: adding), pieces)
    }
    defer {
      gradients.giveBack()
      inputs?.giveBack()
    }
    inputs?.each { $0.arrange(weights) }
    for piece in 0..<pieces.count {
      let range = pieces[piece]
      first(range)
      let own = gradient.examples(range, each: output.count)
      gradients[range.count].accumulate(
        input.examples(range, each: self.input.count), gradient: own,
        isFirst: pieces.isFirstOfItsSize(piece))
      if let inputs, let inputGradient {
        inputs[range.count].run(
          own, into: inputGradient.examples(range, each: self.input.count))
      }
    }
    var adds = false
    gradients.each { pass in
      pass.collect(weightGradient, adding: adds)
      adds = true
    }
  }

  /// A pass that keeps weights in the order in which most passes do.
  fileprivate var representative: ConvolutionPass {
    ConvolutionPass(
      passes.extents, .output, examples: Pieces.most(positions: output.positionCount))
  }
}

/// A convolution with its weights in the library's order.
private struct PreparedConvolution: PreparedMap {
  let map: ConvolutionMap
  let weights: FloatSlice
  let arranged: (values: FloatSlice, pass: ConvolutionPass)

  init(_ map: ConvolutionMap, _ weights: FloatSlice) {
    self.map = map
    self.weights = weights
    let pass = map.representative
    arranged = (FloatBuffer(count: pass.arrangedCount).all, pass)
    pass.arrange(weights, into: arranged.values)
  }

  func forward(_ input: FloatSlice, examples: Int, into output: FloatSlice) {
    forward(input, examples: examples, into: output) { _ in }
  }

  func forward(
    _ input: FloatSlice, examples: Int, into output: FloatSlice, then: (Range<Int>) -> Void
  ) {
    map.forward(
      input, weights: weights, arranged: arranged, examples: examples, into: output, then: then)
  }
}

/// How examples are divided: into as few pieces as have a limited number of positions, their sizes at most
/// one apart.
private struct Pieces {
  let examples: Int
  let count: Int

  init(_ examples: Int, positions: Int) {
    self.examples = examples
    let most = Self.most(positions: positions)
    count = (examples + most - 1) / most
  }

  /// The number of examples of a piece, more than which gains nothing.
  static func most(positions: Int) -> Int { max(1, min(64, 4096 / positions)) }

  /// The smaller of the two sizes of pieces.
  var small: Int { examples / count }
  /// Whether there are pieces that have one example more.
  var hasLarge: Bool { examples % count > 0 }

  /// The larger pieces first.
  subscript(piece: Int) -> Range<Int> {
    let larger = examples % count
    let start = piece * small + min(piece, larger)
    return start..<start + small + (piece < larger ? 1 : 0)
  }

  func isFirstOfItsSize(_ piece: Int) -> Bool { piece == 0 || piece == examples % count }
}

/// The passes for pieces of two sizes.
private struct PiecePasses {
  private let passes: ConvolutionPasses
  private let kind: ConvolutionPass.Kind
  private let size: Int
  private let small: ConvolutionPass
  private let large: ConvolutionPass?

  init(_ passes: ConvolutionPasses, _ kind: ConvolutionPass.Kind, _ pieces: Pieces) {
    self.passes = passes
    self.kind = kind
    size = pieces.small
    small = passes.take(kind, examples: size)
    large = pieces.hasLarge ? passes.take(kind, examples: size + 1) : nil
  }

  subscript(examples: Int) -> ConvolutionPass { examples == size ? small : large ?? small }

  func each(_ body: (ConvolutionPass) -> Void) {
    body(small)
    if let large { body(large) }
  }

  func all(_ body: (ConvolutionPass) -> Bool) -> Bool { body(small) && (large.map(body) ?? true) }

  func giveBack() {
    passes.give(small, kind, examples: size)
    if let large { passes.give(large, kind, examples: size + 1) }
  }
}
