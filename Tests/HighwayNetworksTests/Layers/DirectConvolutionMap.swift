@testable import HighwayNetworks

/// A convolution in plain loops: what a linear map on feature maps has to do, and nothing of speed.
///
/// Weights are `[outputs, rows, columns, inputs]` in memory, channels last as all activations.
struct DirectConvolutionMap: LinearMap {
  let input: Shape
  let output: Shape
  let kernel: Int
  let stride: Int
  let padding: Int

  var weightCount: Int { output.features * kernel * kernel * input.features }

  init(_ input: Shape, channels: Int, kernel: Int, stride: Int = 1, padding: Int) {
    self.input = input
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    output = Shape(
      positions: input.positions.map { ($0 + 2 * padding - kernel) / stride + 1 },
      features: channels)
  }

  func prepared(_ weights: FloatSlice) -> (any PreparedMap)? { nil }

  func forward(_ input: FloatSlice, weights: FloatSlice, examples: Int, into output: FloatSlice) {
    output.fill(0)
    forEachProduct(examples: examples) { output[$0] += input[$1] * weights[$2] }
  }

  func backward(
    weightGradient: FloatSlice, input: FloatSlice, gradient: FloatSlice, examples: Int
  ) {
    weightGradient.fill(0)
    forEachProduct(examples: examples) { weightGradient[$2] += gradient[$0] * input[$1] }
  }

  func backward(
    inputGradient: FloatSlice, weights: FloatSlice, gradient: FloatSlice, examples: Int,
    adding: Bool
  ) {
    if !adding { inputGradient.fill(0) }
    forEachProduct(examples: examples) { inputGradient[$1] += gradient[$0] * weights[$2] }
  }

  /// Calls with the places of an output, an input and a weight that belong together.
  private func forEachProduct(examples: Int, _ body: (Int, Int, Int) -> Void) {
    let (height, width) = (input.positions[0], input.positions[1])
    let rows = output.positions[0]
    let columns = output.positions[1]
    for place in 0..<examples * rows * columns {
      let (example, row, column) = (
        place / (rows * columns), place / columns % rows, place % columns
      )
      for tap in 0..<kernel * kernel {
        let y = row * stride + tap / kernel - padding
        let x = column * stride + tap % kernel - padding
        guard (0..<height).contains(y), (0..<width).contains(x) else { continue }
        for outgoing in 0..<output.features {
          for incoming in 0..<input.features {
            body(
              place * output.features + outgoing,
              ((example * height + y) * width + x) * input.features + incoming,
              (outgoing * kernel * kernel + tap) * input.features + incoming)
          }
        }
      }
    }
  }
}
