/// Batch normalization of features over rows: `y = act(γ · (x − m) / √(v + ε) + β)` (Ioffe and Szegedy 2015).
///
/// In training m and v are the mean and the biased variance of the rows of one part of the mini-batch, in
/// evaluation the running statistics. Parts are the shards of at least 50 examples that a mini-batch is always
/// divided into, whatever the number of threads: so threads need not wait for each other at each norm, and the
/// same seed gives the same bits. He et al. (2015) did the same, with 128 examples on two processors. The running
/// statistics move to the mean over the parts of their means and unbiased variances.
struct Normalizer: Sendable {
  /// What a norm is set to.
  struct Settings: Hashable, Sendable {
    var activation: Activation = .linear
    /// How far the running statistics move to those of a mini-batch.
    var momentum: Float = 0.1
    /// What is added to the variance.
    var epsilon: Float = 1e-5
  }

  /// The number of features.
  let features: Int
  let settings: Settings
  /// Where γ, β, and the running mean and variance lie in the layer's parameters.
  private let places: [Range<Int>]

  /// The number of values that a pass keeps of a norm: mean, 1/√(v + ε), scale, shift, and what the gradients
  /// need.
  var kept: Int { 8 * features }

  /// Takes a norm whose parameters stand one after the other from a place on.
  init(features: Int, _ settings: Settings, at place: Int) {
    self.features = features
    self.settings = settings
    places = (0..<4).map { place + $0 * features..<place + ($0 + 1) * features }
  }

  /// The parameters of a norm, in the order in which they stand.
  static func parameters(_ prefix: String = "", features: Int) -> [Parameter] {
    [
      Parameter(prefix + "weight", .scale(initial: 1), [features]),
      Parameter(prefix + "bias", .bias(initial: 0), [features]),
      Parameter(prefix + "running_mean", .running(initial: 0), [features]),
      Parameter(prefix + "running_var", .running(initial: 1), [features]),
    ]
  }

  /// What a pass keeps, `kept` values.
  struct Kept {
    let values: FloatSlice
    let features: Int

    fileprivate subscript(part: Int) -> FloatSlice {
      values[part * features..<(part + 1) * features]
    }
    fileprivate var mean: FloatSlice { self[0] }
    fileprivate var variance: FloatSlice { self[1] }
    /// γ / √(v + ε).
    var scale: FloatSlice { self[2] }
    /// β − m · scale.
    var shift: FloatSlice { self[3] }
  }

  /// Computes what values are scaled and shifted by.
  func measure(_ input: FloatSlice, _ memory: LayerMemory, kept values: FloatSlice) -> Kept {
    let kept = Kept(values: values, features: features)
    let parameters = memory.parameters
    if memory.pass != nil {
      HighwayNetworks.measure(input, mean: kept.mean, variance: kept.variance)
    } else {
      kept.mean.assign(parameters[places[2]])
      kept.variance.assign(parameters[places[3]])
    }
    let (weights, biases) = (parameters[places[0]], parameters[places[1]])
    for index in 0..<features {
      let scale = weights[index] / (kept.variance[index] + settings.epsilon).squareRoot()
      kept.scale[index] = scale
      kept.shift[index] = biases[index] - kept.mean[index] * scale
    }
    return kept
  }

  /// output ← the normalized input.
  func forward(
    _ input: FloatSlice, _ memory: LayerMemory, kept: FloatSlice, into output: FloatSlice
  ) {
    let kept = measure(input, memory, kept: kept)
    applyNorm(
      input, scale: kept.scale, shift: kept.shift, into: output, activation: settings.activation)
  }

  /// Computes the gradients; that with respect to the input goes to `to`, or is added there, and may take the
  /// input's place.
  ///
  /// `output` is what the forward pass returned, and `gradient` ∂loss/∂output, or, where there is another
  /// `activation` behind what was added to the output, with respect to that.
  func backward(
    _ gradient: FloatSlice, output: FloatSlice, activation: Activation? = nil,
    input: FloatSlice, _ memory: LayerMemory, kept values: FloatSlice,
    parameterGradient: FloatSlice, into to: FloatSlice?, adding: Bool = false
  ) {
    guard let pass = memory.pass else { preconditionFailure("a norm is trained on a batch") }
    let kept = Kept(values: values, features: features)
    let (sum, product) = (kept[4], kept[5])
    sumNorm(
      gradient, output: output, input: input, mean: kept.mean,
      activation: activation ?? settings.activation, sum: sum, product: product)
    let (weights, parameters) = (memory.parameters[places[0]], memory.parameters)
    let rows = Float(input.count / features)
    let (b, c) = (kept[6], kept[7])
    let move = settings.momentum * pass.share
    for index in 0..<features {
      let variance = kept.variance[index]
      let inverse = 1 / (variance + settings.epsilon).squareRoot()
      let scale = weights[index] * inverse
      parameterGradient[places[0].lowerBound + index] = product[index] * inverse
      parameterGradient[places[1].lowerBound + index] = sum[index]
      b[index] = -scale * inverse * inverse * product[index] / rows
      c[index] = -scale * sum[index] / rows - kept.mean[index] * b[index]
      // What the running statistics move by, as a gradient whose rate is 1.
      let unbiased = rows > 1 ? variance * (rows / (rows - 1)) : variance
      parameterGradient[places[2].lowerBound + index] =
        move * (parameters[places[2].lowerBound + index] - kept.mean[index])
      parameterGradient[places[3].lowerBound + index] =
        move * (parameters[places[3].lowerBound + index] - unbiased)
    }
    if let to {
      applyNormBackward(
        gradient, input: input, a: kept.scale, b: b, c: c, into: to, adding: adding)
    }
  }
}
