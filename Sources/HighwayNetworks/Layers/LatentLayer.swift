import Libc

/// `z = μ + σ ∘ ε`, μ and log σ² affine in the input, ε random in training and 0 in evaluation.
///
/// To the loss belongs the divergence of z from a standard normal code,
/// `KL = −½ Σ (1 + log σ² − μ² − σ²)`, whose gradient is added here. The cache holds μ and log σ² of each example,
/// `[examples, 2 · units]`, then ε, `[examples, units]`.
struct LatentLayer: Layer {
  let input: Shape
  let output: Shape
  let parameters: Range<Int>
  let cachePerExample: Int
  private let map: DenseMap
  private var units: Int { output.features }

  /// A unit whose mean has a greater variance than this over examples says something of them.
  static let leastVariance = 0.01

  init(input: Shape, units: Int, at offset: Int) {
    self.input = input
    output = Shape(features: units)
    map = DenseMap(input, outputs: 2 * units)
    parameters = offset..<offset + map.weightCount + 2 * units
    cachePerExample = 3 * units
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? {
    map.prepared(parameters.first(map.weightCount))
  }

  /// μ and log σ² side by side, `[examples, 2 · units]`, and ε.
  private func parts(_ memory: LayerMemory) -> (code: FloatSlice, noise: FloatSlice) {
    let count = memory.examples * 2 * units
    return (memory.cache.first(count), memory.cache[count..<memory.examples * 3 * units])
  }

  func forward(_ memory: LayerMemory) {
    let (code, noise) = parts(memory)
    map.forward(memory, into: code) { _ in }
    activate(
      code, bias: memory.parameters[map.weightCount..<parameters.count], features: 2 * units,
      activation: .linear)
    drawNoise(into: noise, memory)
    for example in 0..<memory.examples {
      let start = example * 2 * units
      for unit in 0..<units {
        let index = example * units + unit
        memory.output[index] =
          code[start + unit] + exp(code[start + units + unit] / 2) * noise[index]
      }
    }
  }

  /// What is random depends on the run's seed, the step, and the example's place in the mini-batch alone.
  private func drawNoise(into noise: FloatSlice, _ memory: LayerMemory) {
    guard let pass = memory.pass else { return noise.fill(0) }
    if let fixed = pass.fixedNoise { return noise.assign(fixed) }
    for example in 0..<memory.examples {
      var key = RandomKey(pass.key(ofLayer: memory.layer))
      key.mix(UInt64(pass.firstExample + example))
      for unit in 0..<units { noise[example * units + unit] = key.normal() }
    }
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    let (code, noise) = parts(memory)
    let scale = memory.pass?.divergenceScale ?? 0
    for example in 0..<memory.examples {
      let start = example * 2 * units
      for unit in 0..<units {
        let index = example * units + unit
        let (mean, logVariance) = (code[start + unit], code[start + units + unit])
        let own = gradient[index]
        code[start + unit] = own + scale * mean
        code[start + units + unit] =
          own * noise[index] * exp(logVariance / 2) / 2 + scale * (exp(logVariance) - 1) / 2
      }
    }
    let weights = map.weightCount
    let biasGradient = parameterGradient[weights..<parameters.count]
    biasGradient.fill(0)
    map.backward(
      weightGradient: parameterGradient.first(weights), inputGradient: inputGradient,
      weights: memory.parameters.first(weights), input: memory.input, gradient: code,
      examples: memory.examples, adding: false
    ) { range in
      activateBackward(
        code.examples(range, each: 2 * units), outputs: code.examples(range, each: 2 * units),
        biasGradient: biasGradient, features: 2 * units, activation: .linear)
    }
  }

  /// Of each example after a forward pass: its means, and how far each unit is from the standard normal one, in nats;
  /// `[examples, units]`.
  func codes(_ memory: LayerMemory) -> (means: [Float], divergences: [Float]) {
    let code = parts(memory).code
    var means: [Float] = []
    var divergences: [Float] = []
    for example in 0..<memory.examples {
      for unit in 0..<units {
        let mean = code[example * 2 * units + unit]
        let logVariance = code[example * 2 * units + units + unit]
        means.append(mean)
        divergences.append(-(1 + logVariance - mean * mean - exp(logVariance)) / 2)
      }
    }
    return (means, divergences)
  }
}
