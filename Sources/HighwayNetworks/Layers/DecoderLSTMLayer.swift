/// An LSTM layer that begins with h from below and is given the tokens that the network reads, one step late.
///
/// The cache holds that of the cells, then the tokens' vectors, `[examples × steps, width]`, their gradients, and c
/// before the first step, `[examples, units]`, which is 0.
struct DecoderLSTMLayer: GatedLayer {
  let input: Shape
  let parameters: Range<Int>
  let cachePerExample: Int
  let signals: [Signal]
  let returnsInputWhenClosed = false
  private let cells: LSTMLayer
  private let weights: ParameterPlaces

  var output: Shape { cells.output }
  private var units: Int { output.features }
  private var steps: Int { output.positionCount }
  private var width: Int { cells.input.features }

  init(_ cells: LSTMLayer, weights: ParameterPlaces) {
    self.cells = cells
    self.weights = weights
    input = Shape(features: cells.output.features)
    parameters = cells.parameters
    signals = cells.signals
    cachePerExample = cells.cachePerExample + 2 * cells.input.count + cells.output.features
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { cells.prepared(parameters) }

  func values(ofSignal index: Int, in memory: LayerMemory) -> SignalValues {
    cells.values(ofSignal: index, in: parts(memory).memory)
  }

  /// What the cells work on, and where the gradients of their input go.
  private func parts(_ memory: LayerMemory) -> (memory: LayerMemory, vectorGradient: FloatSlice) {
    var end = memory.examples * cells.cachePerExample
    func part(_ count: Int) -> FloatSlice {
      defer { end += count }
      return memory.cache[end..<end + count]
    }
    let vectors = part(memory.examples * steps * width)
    let gradient = part(memory.examples * steps * width)
    var own = memory
    own.input = vectors
    own.cache = memory.cache.first(memory.examples * cells.cachePerExample)
    own.start = [memory.input, part(memory.examples * units)]
    own.end = []
    return (own, gradient)
  }

  func forward(_ memory: LayerMemory) {
    guard memory.examples > 0 else { return }
    let own = parts(memory).memory
    own.start[1].fill(0)
    takeRows(own.input, of: vectors(memory), tokens(memory), width: width)
    cells.forward(own)
  }

  private func vectors(_ memory: LayerMemory) -> FloatSlice {
    guard let vectors = memory.shared else { preconditionFailure("an embedding is below") }
    return vectors
  }

  /// The token that each step is given; what is none counts as nothing.
  ///
  /// Which are replaced depends on the run's seed, the step of training, and the place in the mini-batch alone; the mark
  /// of the beginning never is.
  private func tokens(_ memory: LayerMemory) -> BufferSlice<Int32> {
    guard let read = memory.networkInput else { preconditionFailure("the network reads tokens") }
    let limit = Float(vectors(memory).count / width)
    let tokens = AlignedBuffer<Int32>(count: memory.examples * steps).all
    let dropout = memory.pass?.wordDropout ?? 0
    for example in 0..<memory.examples {
      var key = RandomKey(memory.pass?.key(ofLayer: memory.layer) ?? 0)
      key.mix(UInt64((memory.pass?.firstExample ?? 0) + example))
      for step in 0..<steps {
        let row = example * steps + step
        guard step > 0 else {
          tokens[row] = Int32(DecoderLSTMSpec.begin)
          continue
        }
        let token = read[row - 1]
        let isDropped =
          memory.pass?.droppedWords?.contains(row) ?? (dropout > 0 && key.uniform() < dropout)
        tokens[row] =
          isDropped
          ? Int32(DecoderLSTMSpec.unknown) : token >= 0 && token < limit ? Int32(token) : 0
      }
    }
    return tokens
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    guard memory.examples > 0 else { return parameterGradient.fill(0) }
    guard let sharedGradient = memory.sharedGradient else {
      preconditionFailure("the gradient of the embedding has a place")
    }
    let (own, vectorGradient) = parts(memory)
    cells.backward(
      own, gradient: gradient, inputGradient: vectorGradient, parameterGradient: parameterGradient)
    addRows(vectorGradient, to: sharedGradient, tokens(memory), width: width)
    guard let inputGradient, case .rows(let gates, let stride) = cells.values(ofSignal: 1, in: own)
    else { return }
    // What the first step's gates ask of the h that it began with.
    let first = FloatBuffer(count: memory.examples * 4 * units).all
    for example in 0..<memory.examples {
      let start = example * steps * stride
      first.examples(example..<example + 1, each: 4 * units).assign(
        gates[start..<start + 4 * units])
    }
    multiply(
      Matrix(first, rows: memory.examples, columns: 4 * units),
      Matrix(memory.parameters[weights["weight_hh"]], rows: 4 * units, columns: units),
      into: Matrix(inputGradient, rows: memory.examples, columns: units))
  }
}
