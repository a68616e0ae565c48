/// The running sums of a pass over the data, from which the statistics are computed.
///
/// Within a batch the kernels add floats; after it they go into doubles, so that the error does not grow
/// with the number of samples. T is summed about its value for the first sample: the variance of a gate
/// that hardly moves would otherwise drown in rounding.
struct GateSums {
  private let thresholds: Thresholds
  private let classes: Int
  private var layers: [LayerSums]
  private var samples = 0
  private var samplesByClass: [Int]
  private var loss = 0.0
  private var right = 0

  init(_ stack: LayerStack, shift: [[Float]], thresholds: Thresholds) {
    self.thresholds = thresholds
    classes = stack.classes
    samplesByClass = [Int](repeating: 0, count: stack.classes)
    let gated = stack.layers.indices.filter { stack.layers[$0] is HighwayLayer }
    // From the last layer down: the run of a layer ends where that of a gated successor does.
    var lastOfRun: [Int: Int] = [:]
    for index in gated.reversed() { lastOfRun[index] = lastOfRun[index + 1] ?? index }
    layers = zip(gated, shift).compactMap { index, shift in
      guard let layer = stack.layers[index] as? HighwayLayer else { return nil }
      return LayerSums(
        index, layer, lastOfRun: lastOfRun[index] ?? index, shift: shift, classes: stack.classes)
    }
  }

  /// Adds the batch that has just gone forward.
  mutating func add(_ workspace: Workspace, right: Int) {
    samples += workspace.examples
    self.right += right
    for label in workspace.labels { samplesByClass[Int(label)] += 1 }
    let losses = workspace.losses
    for example in 0..<losses.count { loss += Double(losses[example]) }
    for index in layers.indices { layers[index].add(workspace, thresholds: thresholds) }
  }

  /// Adds the sums of other samples.
  mutating func add(_ other: GateSums) {
    samples += other.samples
    right += other.right
    loss += other.loss
    for label in samplesByClass.indices { samplesByClass[label] += other.samplesByClass[label] }
    for index in layers.indices { layers[index].add(other.layers[index]) }
  }

  /// What the sums say.
  func statistics(of network: Network) -> GateStatistics {
    GateStatistics(
      layers: layers.map {
        $0.statistics(of: network, samples: samples, samplesByClass: samplesByClass)
      },
      samples: samples, samplesByClass: samplesByClass,
      loss: samples > 0 ? loss / Double(samples) : 0,
      accuracy: samples > 0 ? Double(right) / Double(samples) : 0, thresholds: thresholds)
  }
}

/// The sums of one layer; arrays are `[units]` unless they say otherwise.
private struct LayerSums {
  private let index: Int
  private let layer: HighwayLayer
  private let lastOfRun: Int
  private let shift: [Float]
  private let classes: Int
  private let kernel: KernelSums
  private var sum: [Double]
  private var squares: [Double]
  private var carry: [Double]
  /// Σ (T − shift) over each class; `[classes, units]`.
  private var classSum: [Double]
  /// The sum over samples and units of |y − x|.
  private var change = 0.0
  /// The sum over samples and units of y − y_last.
  private var difference = 0.0
  private var differenceSquares = 0.0

  init(_ index: Int, _ layer: HighwayLayer, lastOfRun: Int, shift: [Float], classes: Int) {
    self.index = index
    self.layer = layer
    self.lastOfRun = lastOfRun
    self.shift = shift
    self.classes = classes
    kernel = KernelSums(layer, shift: shift, classes: classes)
    sum = [Double](repeating: 0, count: layer.units)
    squares = sum
    carry = sum
    classSum = [Double](repeating: 0, count: layer.units * classes)
  }

  mutating func add(_ workspace: Workspace, thresholds: Thresholds) {
    kernel.clear()
    kernel.add(
      GateValues(layer, cache: workspace.cache(of: index), examples: workspace.examples),
      labels: workspace.labels, thresholds: thresholds)
    for unit in sum.indices {
      sum[unit] += Double(kernel.sum[unit])
      squares[unit] += Double(kernel.squares[unit])
      carry[unit] += Double(kernel.carry[unit])
    }
    for entry in classSum.indices { classSum[entry] += Double(kernel.classSum[entry]) }
    let output = workspace.output(of: index)
    change += sumOfDistances(output, workspace.input(of: index))
    let ahead = sumsOfDifference(output, workspace.output(of: lastOfRun))
    difference += ahead.sum
    differenceSquares += ahead.squares
  }

  mutating func add(_ other: LayerSums) {
    for unit in sum.indices {
      sum[unit] += other.sum[unit]
      squares[unit] += other.squares[unit]
      carry[unit] += other.carry[unit]
      kernel.minimum[unit] = min(kernel.minimum[unit], other.kernel.minimum[unit])
      kernel.maximum[unit] = max(kernel.maximum[unit], other.kernel.maximum[unit])
    }
    for entry in classSum.indices { classSum[entry] += other.classSum[entry] }
    for entry in 0..<kernel.cells.count { kernel.cells[entry] += other.kernel.cells[entry] }
    for entry in 0..<kernel.histogram.count {
      kernel.histogram[entry] += other.kernel.histogram[entry]
    }
    change += other.change
    difference += other.difference
    differenceSquares += other.differenceSquares
  }

  func statistics(
    of network: Network, samples: Int, samplesByClass: [Int]
  ) -> LayerStatistics {
    let units = layer.units
    let count = Double(max(samples, 1))
    let mean = sum.map { $0 / count }
    // Of a NaN and a number, max and min return the first: what depends on a NaN stays one.
    let variance = zip(squares, mean).map { max($0 / count - $1 * $1, 0) }
    var between = [Double](repeating: 0, count: units)
    var classMean = [Float](repeating: 0, count: classes * units)
    for label in 0..<classes where samplesByClass[label] > 0 {
      let members = Double(samplesByClass[label])
      for unit in 0..<units {
        let own = classSum[label * units + unit] / members
        classMean[label * units + unit] = Float(own + Double(shift[unit]))
        between[unit] += members / count * (own - mean[unit]) * (own - mean[unit])
      }
    }
    let meanT = zip(mean, shift).map { Float($0 + Double($1)) }
    let values = count * Double(units)
    let error = difference / values
    return LayerStatistics(
      layer: index, gating: layer.gating, gateBias: gateBias(of: network), meanT: meanT,
      stdT: variance.map { Float($0.squareRoot()) },
      minT: samples > 0 ? kernel.minimum.array : meanT,
      maxT: samples > 0 ? kernel.maximum.array : meanT,
      meanC: meanC(meanT: zip(mean, shift).map { $0 + Double($1) }, samples: count),
      histogram: kernel.histogramOfUnits, classMeanT: classMean,
      classShare: zip(between, variance).map { $1 == 0 ? 0 : Float(min($0 / $1, 1)) },
      cells: counts(samples: count, of: 0..<classes),
      cellsByClass: (0..<classes).map {
        counts(samples: Double(max(1, samplesByClass[$0])), of: $0..<$0 + 1)
      },
      change: change / values, estimationErrorMean: error,
      estimationErrorStd: max(differenceSquares / values - error * error, 0).squareRoot())
  }

  private func meanC(meanT: [Double], samples: Double) -> [Float] {
    if layer.gating.learnsCarryGate { return carry.map { Float($0 / samples) } }
    if layer.gating == .coupled { return meanT.map { Float(1 - $0) } }
    return layer.constantCarryGate
  }

  private func counts(samples: Double, of classes: Range<Int>) -> CellCounts {
    func mean(_ kind: Int) -> Double {
      classes.reduce(0) { $0 + Double(kernel.cells[$1 * 4 + kind]) } / samples
    }
    return CellCounts(carried: mean(0), mixed: mean(1), transformed: mean(2), open: mean(3))
  }

  private func gateBias(of network: Network) -> [Float]? {
    let name = "layers.\(index).gate.bias"
    return network.layout.tensors.first { $0.name == name }.map {
      Array(network.parameters[$0.range])
    }
  }
}
