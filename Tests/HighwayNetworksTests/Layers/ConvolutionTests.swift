import Foundation
import TensorFiles
import Testing

@testable import HighwayNetworks

/// Layers of feature maps need a map of their own and nothing else: against float64 values of autograd.
@Suite struct ConvolutionTests {
  /// Values of a network on maps, reordered from `[examples, channels, positions]`.
  private struct Maps {
    let tensors: [String: (shape: [Int], values: [Double])]
    let architecture: JSON

    init(_ name: String) throws {
      let url = try #require(
        Bundle.module.url(
          forResource: name, withExtension: "safetensors",
          subdirectory: "Fixtures/reference/systems"))
      let file = try SafetensorsFile(url.path)
      architecture = try JSON(parsing: #require(file.metadata("architecture")))
      var tensors: [String: (shape: [Int], values: [Double])] = [:]
      for tensor in file.tensors where tensor.type == .f64 {
        let bytes = try file.bytes(of: tensor)
        let values = stride(from: 0, to: bytes.count, by: 8).map { start in
          let bits = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) }
          return Double(bitPattern: bits)
        }
        tensors[tensor.name] = (tensor.shape, values)
      }
      self.tensors = tensors
    }

    /// A tensor `[outer, channels, …]` as `[outer, …, channels]`.
    func channelsLast(_ name: String) throws -> [Double] {
      let (shape, values) = try #require(tensors[name])
      guard shape.count == 4 else { return values }
      let (channels, positions) = (shape[1], shape[2] * shape[3])
      return values.indices.map { index in
        let (outer, rest) = index.quotientAndRemainder(dividingBy: channels * positions)
        let (position, channel) = rest.quotientAndRemainder(dividingBy: channels)
        return values[outer * channels * positions + channel * positions + position]
      }
    }

    func shape(_ name: String) throws -> Shape {
      let shape = try #require(tensors[name]).shape
      return Shape(positions: Array(shape[2...]), features: shape[1])
    }

    /// The parameters of a layer, or their gradients, as they stand in memory.
    func parameters(_ prefix: String, _ layer: Int, _ parts: [String]) throws -> [Double] {
      let names = parts.map { "\(prefix).layers.\(layer)" + ($0.isEmpty ? "" : ".\($0)") }
      return try names.flatMap { try channelsLast("\($0).weight") }
        + names.flatMap { try channelsLast("\($0).bias") }
    }
  }

  /// The memory of a layer over a batch.
  private func memory(
    _ layer: some Layer, _ parameters: [Double], _ input: [Double]
  ) -> LayerMemory {
    let examples = input.count / layer.input.count
    return LayerMemory(
      examples: examples, parameters: FloatBuffer(parameters.map { Float($0) }).all,
      input: FloatBuffer(input.map { Float($0) }).all,
      output: FloatBuffer(count: examples * layer.output.count).all,
      cache: FloatBuffer(count: examples * layer.cachePerExample).all)
  }

  private func rows(_ values: SignalValues, count: Int, units: Int) -> [Float] {
    (0..<count).flatMap { row -> [Float] in
      switch values {
      case .rows(let all, let stride): all[row * stride..<row * stride + units].array
      case .constant(let row): row.array
      case .complement: []
      }
    }
  }

  @Test(arguments: [
    ("conv-highway-residual", Gating.residual, Activation.relu),
    ("conv-highway-full", .full, .tanh),
  ])
  func highwayLayersTakeMapsAsTheyTakeVectors(
    _ name: String, _ gating: Gating, _ activation: Activation
  ) throws {
    let maps = try Maps(name)
    for index in [1, 2] {
      let shape = try maps.shape("out.\(index)")
      let parts = gating.parts.map(\.rawValue)
      let parameters = try maps.parameters("param", index, parts)
      let layer = HighwayLayer(
        DirectConvolutionMap(
          shape, channels: gating.partCount * shape.features, kernel: 3, padding: 1),
        activation: activation, gating: gating, at: 0)
      #expect(layer.parameters.count == parameters.count)
      let memory = memory(layer, parameters, try maps.channelsLast("out.\(index - 1)"))
      layer.forward(memory)
      let count = memory.examples * shape.positionCount
      for (signal, symbol) in ["H", "T", "C", "y"].enumerated() {
        let found = rows(
          layer.values(ofSignal: signal, in: memory), count: count, units: shape.features)
        let expected = try maps.channelsLast("block.\(index).\(symbol)")
        #expect(relativeError(found, expected) < 1e-5, "layer \(index), \(symbol)")
      }
    }
  }

  @Test func plainLayersTakeMaps() throws {
    let maps = try Maps("conv-plain")
    for (index, stride) in [(0, 1), (1, 2)] {
      let input = try maps.shape(index == 0 ? "input" : "out.0")
      let layer = AffineLayer(
        DirectConvolutionMap(input, channels: 4, kernel: 3, stride: stride, padding: 1),
        activation: .relu, at: 0)
      let output = try maps.shape("out.\(index)")
      #expect(layer.output == output)
      let memory = memory(
        layer, try maps.parameters("param", index, [""]),
        try maps.channelsLast(index == 0 ? "input" : "out.0"))
      layer.forward(memory)
      let expected = try maps.channelsLast("out.\(index)")
      #expect(relativeError(memory.output.array, expected) < 1e-5, "layer \(index)")
    }
  }

  /// The gradient of Σ c·y, for random c, against central differences.
  @Test(arguments: FiniteDifferenceTests.gatings)
  func gradientsOfMapsAreSlopes(_ gating: Gating) {
    let shape = Shape(positions: [3, 4], features: 2)
    let layer = HighwayLayer(
      DirectConvolutionMap(shape, channels: gating.partCount * 2, kernel: 3, padding: 1),
      activation: .tanh, gating: gating, at: 0)
    var random = RandomSource(seed: 3)
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in Double(random.normal()) / 2 } }
    let parameters = numbers(layer.parameters.count)
    let input = numbers(2 * shape.count)
    let weights = numbers(2 * shape.count)
    func value(_ parameters: [Double], _ input: [Double]) -> Double {
      let memory = memory(layer, parameters, input)
      layer.forward(memory)
      return zip(memory.output.array, weights).reduce(0) { $0 + Double($1.0) * $1.1 }
    }
    let own = memory(layer, parameters, input)
    layer.forward(own)
    let gradient = FloatBuffer(count: parameters.count)
    let inputGradient = FloatBuffer(count: input.count)
    layer.backward(
      own, gradient: FloatBuffer(weights.map { Float($0) }).all, inputGradient: inputGradient.all,
      parameterGradient: gradient.all)
    // float32 values of about 10 have steps of 1e-6; over 2·0.02 that is 2.5e-5 in the slope.
    let step = 0.02
    func slopes(_ values: [Double], _ value: ([Double]) -> Double) -> [Double] {
      values.indices.map { index in
        var (above, below) = (values, values)
        above[index] += step
        below[index] -= step
        return (value(above) - value(below)) / (2 * step)
      }
    }
    #expect(relativeError(gradient.all.array, slopes(parameters) { value($0, input) }) < 2e-3)
    #expect(relativeError(inputGradient.all.array, slopes(input) { value(parameters, $0) }) < 2e-3)
  }
}
