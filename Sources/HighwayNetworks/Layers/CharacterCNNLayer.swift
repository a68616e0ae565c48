/// Convolutions over the characters of words; each distinct word of a batch is computed once.
///
/// A character is one of a few, so a kernel's products with their vectors are a table, `[width, characters, features]`,
/// made anew in each pass; what a window of a word comes to is a sum of its rows. The cache holds
/// features and the positions of their maxima, `[distinct words, features]` each.
struct CharacterCNNLayer: Layer {
  let input: Shape
  let output: Shape
  let parameters: Range<Int>
  let cachePerExample: Int
  private let spec: CharacterCNNSpec
  private let kernels: [Kernel]
  private let embedding: Range<Int>

  /// A convolution, with the places of its parameters in the layer's and of its features in a word's.
  private struct Kernel {
    let width: Int
    let features: Int
    let weights: Range<Int>
    let biases: Range<Int>
    let column: Int

    func tableCount(_ characters: Int) -> Int { width * characters * features }
  }

  /// - Precondition: The input is a sequence of words that are as long as the widest kernel.
  init(_ spec: CharacterCNNSpec, of input: Shape, at offset: Int) {
    guard let output = spec.output(of: input) else {
      preconditionFailure("a layer over characters takes words")
    }
    self.spec = spec
    self.input = input
    self.output = output
    var end = spec.characters * spec.units
    embedding = 0..<end
    var column = 0
    kernels = spec.kernels.map { kernel in
      let weights = end..<end + kernel.features * kernel.width * spec.units
      end = weights.upperBound + kernel.features
      defer { column += kernel.features }
      return Kernel(
        width: kernel.width, features: kernel.features, weights: weights,
        biases: weights.upperBound..<end, column: column)
    }
    parameters = offset..<offset + end
    cachePerExample = 2 * output.count
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  private func words(_ memory: LayerMemory) -> DistinctWords {
    DistinctWords(memory.input, length: input.features, characters: spec.characters)
  }

  /// Features of distinct words, and where they stand in them.
  private func parts(_ memory: LayerMemory) -> (maxima: FloatSlice, places: FloatSlice) {
    let half = memory.examples * output.count
    return (memory.cache.first(half), memory.cache[half..<2 * half])
  }

  private func characters(_ values: FloatSlice) -> Matrix {
    Matrix(values[embedding], rows: spec.characters, columns: spec.units)
  }

  private func weights(_ kernel: Kernel, _ values: FloatSlice) -> Matrix {
    Matrix(values[kernel.weights], rows: kernel.features * kernel.width, columns: spec.units)
  }

  /// The products of each character's vector with a kernel; `[characters, features × width]`.
  private func products(_ kernel: Kernel) -> Matrix {
    Matrix(
      FloatBuffer(count: kernel.tableCount(spec.characters)).all, rows: spec.characters,
      columns: kernel.features * kernel.width)
  }

  func forward(_ memory: LayerMemory) {
    guard memory.examples > 0 else { return }
    let words = words(memory)
    let (maxima, places) = parts(memory)
    for kernel in kernels {
      let products = products(kernel)
      multiply(
        characters(memory.parameters), weights(kernel, memory.parameters).transposed,
        into: products)
      let table = FloatBuffer(count: products.values.count).all
      characterTable(
        table, of: products.values, characters: spec.characters, width: kernel.width)
      words.maxima(
        table: table, bias: memory.parameters[kernel.biases], width: kernel.width, into: maxima,
        places: places, column: kernel.column, stride: output.features)
    }
    let features = maxima.first(words.count * output.features)
    activate(features, bias: nil, features: output.features, activation: spec.function)
    takeRows(memory.output, of: features, words.which, width: output.features)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    inputGradient?.fill(0)
    parameterGradient.fill(0)
    guard memory.examples > 0 else { return }
    let words = words(memory)
    let (maxima, places) = parts(memory)
    activateBackward(
      gradient, outputs: memory.output, biasGradient: nil, features: output.features,
      activation: spec.function)
    let sums = maxima.first(words.count * output.features)
    sums.fill(0)
    addRows(gradient, to: sums, words.which, width: output.features)
    for kernel in kernels {
      let table = FloatBuffer(count: kernel.tableCount(spec.characters)).all
      words.maximaBackward(
        table: table, bias: parameterGradient[kernel.biases], width: kernel.width, gradient: sums,
        places: places, column: kernel.column, stride: output.features)
      let products = products(kernel)
      characterProducts(
        products.values, of: table, characters: spec.characters, width: kernel.width)
      multiply(
        products.transposed, characters(memory.parameters),
        into: weights(kernel, parameterGradient))
      multiply(
        products, weights(kernel, memory.parameters), into: characters(parameterGradient),
        adding: true)
    }
  }
}
