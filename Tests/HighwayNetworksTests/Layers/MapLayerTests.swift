import Testing

@testable import HighwayNetworks

/// Layers of maps against plain loops and against the slopes of a loss.
@Suite struct MapLayerTests {
  private static func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { _ in random.normal() }
  }

  struct Extents: Sendable {
    var height = 7
    var width = 5
    var channels = 3
    var outputs = 4
    var kernel = 3
    var stride = 1
    var padding = 1
    var examples = 3
  }

  @Test(arguments: [
    Extents(), Extents(channels: 1, outputs: 1), Extents(channels: 16, outputs: 32),
    Extents(stride: 2), Extents(kernel: 1, stride: 2, padding: 0),
    Extents(kernel: 5, padding: 0), Extents(kernel: 5, padding: 4),
    Extents(height: 8, width: 8, channels: 8, outputs: 16, stride: 2, examples: 5),
    Extents(height: 1, width: 1, channels: 2), Extents(height: 1, width: 1, examples: 67),
  ])
  func aConvolutionIsTheSumOfItsProducts(_ extents: Extents) {
    let shape = Shape(
      positions: [extents.height, extents.width], features: extents.channels)
    let map = ConvolutionMap(
      shape, channels: extents.outputs, kernel: extents.kernel, stride: extents.stride,
      padding: extents.padding)
    let direct = DirectConvolutionMap(
      shape, channels: extents.outputs, kernel: extents.kernel, stride: extents.stride,
      padding: extents.padding)
    #expect(map.output == direct.output && map.weightCount == direct.weightCount)
    let examples = extents.examples
    let input = FloatBuffer(Self.numbers(examples * shape.count, seed: 1)).all
    let weights = FloatBuffer(Self.numbers(map.weightCount, seed: 2)).all
    let gradient = FloatBuffer(Self.numbers(examples * map.output.count, seed: 3)).all
    func results(_ map: any LinearMap) -> [[Float]] {
      let output = FloatBuffer(count: examples * map.output.count).all
      map.forward(input, weights: weights, examples: examples, into: output)
      let prepared = FloatBuffer(count: output.count).all
      (map.prepared(weights) ?? nil)?.forward(input, examples: examples, into: prepared)
      if map.prepared(weights) == nil { prepared.assign(output) }
      let own = FloatBuffer(count: map.weightCount).all
      own.fill(.nan)
      map.backward(weightGradient: own, input: input, gradient: gradient, examples: examples)
      let back = FloatBuffer(count: input.count).all
      back.fill(.nan)
      map.backward(
        inputGradient: back, weights: weights, gradient: gradient, examples: examples,
        adding: false)
      let added = FloatBuffer(input.array).all
      let both = FloatBuffer(count: map.weightCount).all
      map.backward(
        weightGradient: both, inputGradient: added, weights: weights, input: input,
        gradient: gradient, examples: examples, adding: true
      ) { _ in }
      return [output.array, prepared.array, own.array, back.array, added.array, both.array]
    }
    let names = ["output", "prepared", "weights", "input", "input, added", "both"]
    for (name, (found, expected)) in zip(names, zip(results(map), results(direct))) {
      #expect(relativeError(found, expected.map { Double($0) }) < 1e-5, "\(name)")
    }
  }

  /// The same number of examples is always divided alike, and however it is the values are the same.
  @Test func everyExampleIsMetOnce() {
    let map = ConvolutionMap(Shape(positions: [64, 64], features: 1), channels: 1, kernel: 1)
    let examples = 5
    let input = FloatBuffer(Self.numbers(examples * 4096, seed: 1)).all
    let output = FloatBuffer(count: input.count).all
    var met: [Int] = []
    map.forward(input, weights: FloatBuffer([1]).all, examples: examples, into: output) {
      met += Array($0)
    }
    #expect(met == Array(0..<examples) && output.array == input.array)
  }

  static let networks: [(String, [String])] =
    FiniteDifferenceTests.gatings.map { gating in
      let p = gating.constantT == 0.3 ? #","p":0.3"# : ""
      return (
        gating.name,
        [
          #"{"kind":"conv","channels":3,"kernel":3,"padding":1,"activation":"tanh"}"#,
          #"{"kind":"conv-highway","channels":3,"kernel":3,"activation":"tanh","gating":"\#(gating.name)"\#(p)}"#,
          #"{"kind":"residual-block","channels":4,"stride":2,"shortcut":"pad","padBefore":1,"gating":"\#(gating.name)"\#(p),"activation":"tanh"}"#,
        ]
      )
    } + [
      (
        "projection",
        [
          #"{"kind":"residual-block","channels":3,"stride":2,"shortcut":"projection","gating":"full","activation":"tanh"}"#,
          #"{"kind":"flatten"}"#, #"{"kind":"dense","units":4,"activation":"tanh"}"#,
          #"{"kind":"batch-norm","activation":"sigmoid"}"#,
        ]
      ),
      (
        "pre-activation",
        [
          #"{"kind":"conv","channels":2,"kernel":3,"padding":1,"bias":false,"activation":"tanh"}"#,
          #"{"kind":"residual-block","channels":2,"order":"pre","gating":"coupled","activation":"tanh"}"#,
          #"{"kind":"residual-block","channels":2,"order":"pre","sharedActivation":true,"gating":"coupled","activation":"tanh"}"#,
          #"{"kind":"residual-block","channels":2,"order":"pre","sharedActivation":true,"activation":"tanh"}"#,
          #"{"kind":"residual-block","channels":4,"stride":2,"order":"pre","sharedActivation":true,"shortcut":"pad","gating":"carry-only","activation":"tanh"}"#,
          #"{"kind":"residual-block","channels":4,"order":"pre","convs":[{"kernel":1,"channels":2},{"kernel":3}],"shortcut":"projection","sharedActivation":true,"gating":"transform-only","activation":"tanh"}"#,
          #"{"kind":"global-average-pool"}"#,
        ]
      ),
      (
        "pools",
        [
          #"{"kind":"dropout","p":0.3}"#,
          #"{"kind":"conv","channels":3,"kernel":3,"padding":1,"stride":2,"activation":"tanh"}"#,
          #"{"kind":"average-pool","kernel":2,"stride":1}"#,
          #"{"kind":"max-pool","kernel":2,"stride":1,"ceil":false}"#,
        ]
      ),
    ]

  @Test(arguments: networks)
  func gradientsAreSlopes(_ name: String, _ layers: [String]) throws {
    let architecture = try Architecture(
      json: #"{"input":[2,5,5],"classes":3,"layers":[\#(layers.joined(separator: ","))]}"#)
    let layout = ParameterLayout(architecture)
    var random = RandomSource(seed: 9)
    var parameters = Network(architecture, random: &random).parameters
    for tensor in layout.tensors {
      if case .running = tensor.parameter.role { continue }
      for index in tensor.range { parameters[index] += 0.2 * random.normal() }
    }
    let loss = NetworkLoss(
      architecture, input: Self.numbers(5 * architecture.input.count, seed: 4),
      labels: [0, 1, 2, 1, 0])
    let computed = loss.gradient(at: parameters)
    // A float32 loss of about 6 has steps of 5e-7; over 2·0.01 that is 2.5e-5 in the slope.
    let step: Float = 0.01
    var squares = 0.0
    var norm = 0.0
    for tensor in layout.tensors {
      if case .running = tensor.parameter.role { continue }
      for index in tensor.range {
        var moved = parameters
        moved[index] += step
        let above = loss(moved)
        moved[index] = parameters[index] - step
        let slope = (above - loss(moved)) / Double(2 * step)
        squares += (slope - Double(computed[index])) * (slope - Double(computed[index]))
        norm += slope * slope
      }
    }
    #expect(norm > 0 && (squares / norm).squareRoot() < 5e-3)
  }

  @Test func runningStatisticsMoveToThoseOfTheParts() throws {
    let settings = Normalizer.Settings()
    let layer = BatchNormLayer(Shape(features: 1), settings, at: 0)
    let parameters: [Float] = [1, 0, 0.5, 2]
    var moved = parameters
    for (share, values) in [(Float(0.75), [1, 2, 6]), (0.25, [4])] as [(Float, [Float])] {
      let pass = TrainingPass()
      pass.share = share
      let memory = LayerMemory(
        examples: values.count, parameters: FloatBuffer(parameters).all,
        input: FloatBuffer(values).all, output: FloatBuffer(count: values.count).all,
        cache: FloatBuffer(count: values.count * layer.cachePerExample).all, pass: pass)
      layer.forward(memory)
      let gradient = FloatBuffer(count: 4)
      layer.backward(
        memory, gradient: FloatBuffer(values).all, inputGradient: nil,
        parameterGradient: gradient.all)
      for index in 2..<4 { moved[index] -= gradient.all[index] }
    }
    // Means 3 and 4, unbiased variances 7 and, of a single value, 0.
    #expect(abs(moved[2] - (0.9 * 0.5 + 0.1 * (0.75 * 3 + 0.25 * 4))) < 1e-6)
    #expect(abs(moved[3] - (0.9 * 2 + 0.1 * 0.75 * 7)) < 1e-6)
  }

  @Test func dropoutLeavesOutItsShareAndScalesTheRest() {
    let values = FloatBuffer([Float](repeating: 2, count: 40_000)).all
    let dropped = FloatBuffer(count: 40_000).all
    dropOut(values, into: dropped, examples: 4, key: 7, firstExample: 0, p: 0.2)
    let kept = dropped.array.filter { $0 != 0 }
    #expect(kept.allSatisfy { $0 == 2.5 })
    // Four deviations of a binomial distribution.
    #expect(abs(Double(kept.count) - 32_000) < 4 * 80)
    // The second half of the examples is the same where it is met on its own.
    let half = FloatBuffer(count: 20_000).all
    dropOut(values.first(20_000), into: half, examples: 2, key: 7, firstExample: 2, p: 0.2)
    #expect(half.array == Array(dropped.array[20_000...]))
    #expect(Array(dropped.array[..<10_000]) != Array(dropped.array[10_000..<20_000]))
  }

  @Test func poolingRoundsUpOrDown() {
    let input: [Float] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    func pooled(_ rows: Int, average: Bool) -> [Float] {
      let windows = Windows(
        height: 3, width: 3, rows: rows, columns: rows, kernel: 2, stride: 2)
      let output = FloatBuffer(count: rows * rows).all
      let pool = average ? averagePool : maxPool
      pool(FloatBuffer(input).all, output, 1, windows)
      return output.array
    }
    #expect(pooled(2, average: false) == [5, 6, 8, 9])
    #expect(pooled(1, average: false) == [5])
    #expect(pooled(2, average: true) == [3, 4.5, 7.5, 9])
    #expect(pooled(1, average: true) == [3])
  }

  @Test func theFirstOfEqualValuesTakesTheGradient() {
    let windows = Windows(height: 2, width: 2, rows: 1, columns: 1, kernel: 2, stride: 2)
    let inputGradient = FloatBuffer(count: 4).all
    maxPoolBackward(
      FloatBuffer([3]).all, input: FloatBuffer([1, 5, 5, 5]).all, output: FloatBuffer([5]).all,
      inputGradient: inputGradient, examples: 1, windows)
    #expect(inputGradient.array == [0, 3, 0, 0])
  }
}
