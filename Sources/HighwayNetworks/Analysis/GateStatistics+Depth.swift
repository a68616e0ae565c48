/// Quantities that follow from a layer's statistics taken along the depth of the network.
extension GateStatistics {
  /// The distribution of the number of transforming layers on a path through the network.
  ///
  /// Each highway layer is passed through its transform with probability p_l, the mean of T over its
  /// units and the samples, independently of the others: a Poisson-binomial law.
  ///
  /// - Returns: The probability of each length from 0 to the number of highway layers; one below 10⁻³⁰ counts
  ///   as 0. Not a number, all of them, where a mean of T is none or nobody knows how gates combine.
  /// - Complexity: O(layers^1.5), since no more than some √layers lengths are that likely.
  public var pathLengths: [Double] { pathLengths(of: layers.indices) }

  /// The same for the layers of one of the ``runs``.
  public func pathLengths(of run: Range<Int>) -> [Double] {
    var law = [Double](repeating: 0, count: run.count + 1)
    law[0] = 1
    // The lengths that are likely enough to count.
    var (least, most) = (0, 0)
    for layer in layers[run] {
      let p = min(max(mean(layer.meanTransformGate), 0), 1)
      guard p.isFinite, layer.gating != nil else {
        return [Double](repeating: .nan, count: law.count)
      }
      most += 1
      for length in stride(from: most, to: least, by: -1) {
        law[length] = law[length] * (1 - p) + law[length - 1] * p
      }
      law[least] *= 1 - p
      while least < most, law[least] < Self.leastProbability {
        law[least] = 0
        least += 1
      }
      while least < most, law[most] < Self.leastProbability {
        law[most] = 0
        most -= 1
      }
    }
    return law
  }

  private static let leastProbability = 1e-30

  /// The number of units, of all layers, whose T is not a number for some sample.
  public var unitsWithoutGates: Int {
    layers.reduce(0) { sum, layer in sum + layer.meanT.count { !$0.isFinite } }
  }

  /// Whether the network does no better than a guess: it is right about as often as one in all classes.
  public var isAtChance: Bool {
    let classes = samplesByClass.count { $0 > 0 }
    guard classes > 1, let accuracy else { return false }
    return accuracy * Double(classes) < 1.1
  }

  /// Runs of layers that follow each other and keep the shape, as ranges of indices in ``layers``.
  public var runs: [Range<Int>] { ranges(ofRuns: layers.map(\.run)) }

  /// The mean number of transforming layers: the sum over layers of the mean of T.
  public var meanPathLength: Double { meanPathLength(of: layers.indices) }

  /// The same for the layers of one of the ``runs``.
  public func meanPathLength(of run: Range<Int>) -> Double {
    layers[run].reduce(0) { $0 + ($1.gating == nil ? .nan : mean($1.meanTransformGate)) }
  }

  /// The product of the mean of C over the layers of the last run of equal shape.
  ///
  /// It says how much of the copy of the run's input survives; `[units]` of that run.
  public var carryProduct: [Double] { carryProducts.last ?? [] }

  /// For each highway layer, the product of the mean of C, or of d where cells have a depth gate, from the
  /// first layer of its run of equal shape up to and including it; `[layers][units]`.
  public var carryProducts: [[Double]] {
    var products: [[Double]] = []
    for (index, layer) in layers.enumerated() {
      // A gate that carries along something else than the depth has no product along it.
      var product =
        layer.gating == nil
        ? [Double](repeating: .nan, count: layer.units) : layer.meanCarryAlongDepth.map(Double.init)
      if index > 0, layers[index - 1].run == layer.run {
        for unit in product.indices { product[unit] *= products[index - 1][unit] }
      }
      products.append(product)
    }
    return products
  }

  /// For each highway layer, the correlation over its units of the gate bias with the mean of T.
  ///
  /// It is nil where the gating has no transform-gate bias, or where either does not vary.
  public var selectivityOverUnits: [Double?] {
    layers.map { layer in
      layer.gateBias.flatMap {
        correlation($0.map(Double.init), layer.meanT.map(Double.init))
      }
    }
  }

  /// The correlation over layers of the layer's mean gate bias with its mean of T.
  ///
  /// It is nil where fewer than two layers have a transform-gate bias, or where either does not vary.
  public var selectivityOverLayers: Double? {
    let gated = layers.compactMap { layer in
      layer.gateBias.map { (bias: mean($0), gate: mean(layer.meanT)) }
    }
    return correlation(gated.map(\.bias), gated.map(\.gate))
  }

  private func mean(_ values: [Float]) -> Double {
    values.reduce(0) { $0 + Double($1) } / Double(max(1, values.count))
  }

  /// Pearson's correlation, or nil where it is not defined.
  private func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    guard x.count > 1 else { return nil }
    let count = Double(x.count)
    let meanX = x.reduce(0, +) / count
    let meanY = y.reduce(0, +) / count
    var xy = 0.0
    var xx = 0.0
    var yy = 0.0
    for (x, y) in zip(x, y) {
      xy += (x - meanX) * (y - meanY)
      xx += (x - meanX) * (x - meanX)
      yy += (y - meanY) * (y - meanY)
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : nil
  }
}
