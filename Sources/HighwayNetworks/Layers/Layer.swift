/// A layer, bound to its place in the parameters.
///
/// Activations are `[examples] + shape.extents`, row-major; nothing outside a layer knows what the
/// extents mean. A layer holds no state: whoever runs it brings the memory.
protocol Layer: Sendable {
  /// The shape of one example's input.
  var input: Shape { get }
  /// The shape of one example's output.
  var output: Shape { get }
  /// Where the layer's parameters lie in the network's.
  var parameters: Range<Int> { get }
  /// The number of values per example that a forward pass leaves for the backward pass, apart from the
  /// output.
  var cachePerExample: Int { get }

  /// The weights turned around for ``LayerMemory/turned``, or nil where that would not help.
  func turnedWeights(_ parameters: FloatSlice) -> TurnedMatrix?

  /// Computes the output.
  func forward(_ memory: LayerMemory)

  /// Computes the gradients.
  ///
  /// `gradient` is ∂loss/∂output; its contents are lost, and so are the cache's. `inputGradient`
  /// receives ∂loss/∂input unless it is nil. `parameterGradient` has the extent of ``parameters`` and
  /// receives ∂loss/∂parameters, whatever it held before.
  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice)
}

/// What a layer works on.
struct LayerMemory {
  /// The number of examples.
  let examples: Int
  /// The layer's own parameters.
  let parameters: FloatSlice
  /// The input; `[examples] + input.extents`.
  let input: FloatSlice
  /// The output; `[examples] + output.extents`.
  let output: FloatSlice
  /// What the backward pass needs; `[examples, cachePerExample]`.
  let cache: FloatSlice
  /// The layer's weights turned around, where they have been.
  var turned: TurnedMatrix?
}

extension LayerMemory {
  /// Computes `products ← input·weightsᵀ`; the weights are not asked for where they have been turned.
  func multiply(by weights: @autoclosure () -> Matrix, into products: Matrix) {
    if let turned {
      HighwayNetworks.multiply(
        Matrix(input, rows: examples, columns: turned.rows), turned, into: products)
    } else {
      let weights = weights()
      HighwayNetworks.multiply(
        Matrix(input, rows: examples, columns: weights.columns), weights.transposed,
        into: products)
    }
  }
}
