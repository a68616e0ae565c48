import HighwayNetworks

/// The statistics of all gates over the training samples, with all classes.
struct StatisticsCase: BenchmarkCase {
  let name = "statistics"
  let network: BenchmarkNetwork
  let data: BenchmarkData
  let threads: Int

  private var samples: Int { data.fullCount }
  var shape: String { "\(network.description), \(NumberFormat.count(samples)) samples" }
  var operations: Double? { network.forwardOperations * Double(samples) }

  /// Compares the statistics of the first samples, more than go through at once, in every layer.
  ///
  /// T differs from the reference by rounding, a few units in the last place of numbers below 1 for
  /// each layer it has passed.
  func verify() throws {
    let count = min(450, samples)
    let found = statistics(count)
    let reference = ReferenceNetwork(network.network)
    let passes = (0..<count).map { sample in
      reference.forward(data.input(sample), label: data.label(sample))
    }
    let loss = passes.reduce(0) { $0 + $1.loss } / Double(count)
    try Mismatch.check("loss", expected: loss, found: found.loss ?? .nan, bound: 1e-7 * loss)
    let gated = network.network.architecture.gatedLayers
    try Mismatch.check(
      "number of layers", expected: Double(gated.count), found: Double(found.layers.count),
      bound: 0)
    for (layer, index) in zip(found.layers, gated) {
      try compare(
        layer, with: passes.map { $0.layers[index] },
        last: passes.map { $0.layers[gated.last ?? 0] },
        thresholds: found.thresholds)
    }
  }

  private func compare(
    _ layer: LayerStatistics, with values: [ReferenceNetwork.LayerValues],
    last: [ReferenceNetwork.LayerValues], thresholds: Thresholds
  ) throws {
    let name = "layer \(layer.layer)"
    let gates = values.map(\.transformGate)
    let mean = means(of: gates)
    let squares = means(of: gates.map { row in zip(row, mean).map { ($0 - $1) * ($0 - $1) } })
    let all = LayerStatistics.histogramBins
    try Mismatch.check("\(name), mean T", expected: mean, found: layer.meanT, bound: 1e-5)
    try Mismatch.check(
      "\(name), spread of T", expected: squares.map { $0.squareRoot() }, found: layer.stdT,
      bound: 1e-5)
    for unit in mean.indices {
      let own = gates.map { $0[unit] }
      try Mismatch.check(
        "\(name), least T", expected: own.min() ?? .nan, found: Double(layer.minT[unit]),
        bound: 1e-5)
      try Mismatch.check(
        "\(name), greatest T", expected: own.max() ?? .nan, found: Double(layer.maxT[unit]),
        bound: 1e-5)
      // A value on the edge of a bin may fall to either side of it.
      var bins = layer.histogram[unit * all..<(unit + 1) * all].map(Double.init)
      for value in own { bins[min(all - 1, Int(value * Double(all)))] -= 1 }
      try Mismatch.check(
        "\(name), histogram", expected: 0, found: bins.reduce(0) { $0 + abs($1) }, bound: 4)
    }
    for label in 0..<(network.network.architecture.classes ?? 0) {
      let members = gates.indices.filter { data.label($0) == label }.map { gates[$0] }
      guard !members.isEmpty else { continue }
      let units = layer.units
      try Mismatch.check(
        "\(name), mean T of class \(label)", expected: means(of: members),
        found: Array(layer.classMeanT[label * units..<(label + 1) * units]), bound: 1e-5)
    }
    let low = Double(thresholds.low)
    let carried = gates.reduce(0) { $0 + $1.count { $0 < low } }
    try Mismatch.check(
      "\(name), carried cells", expected: Double(carried) / Double(gates.count),
      found: layer.cells.carried, bound: 4 / Double(gates.count))
    let change = means(of: values.map { zip($0.output, $0.input).map { abs($0 - $1) } })
    try Mismatch.check(
      "\(name), change", expected: change.reduce(0, +) / Double(change.count),
      found: layer.change, bound: 1e-5)
    let error = means(of: zip(values, last).map { zip($0.output, $1.output).map { $0 - $1 } })
    try Mismatch.check(
      "\(name), estimation error", expected: error.reduce(0, +) / Double(error.count),
      found: layer.estimationErrorMean, bound: 1e-5)
  }

  func prepare() -> () throws -> Void {
    { _ = statistics(samples) }
  }

  private func statistics(_ count: Int) -> GateStatistics {
    Inference(network.network).statistics(of: data.samples(count), threads: threads)
  }

  /// The mean over rows; `[rows[0].count]`.
  private func means(of rows: [[Double]]) -> [Double] {
    var sums = [Double](repeating: 0, count: rows.first?.count ?? 0)
    for row in rows { for unit in row.indices { sums[unit] += row[unit] } }
    return sums.map { $0 / Double(rows.count) }
  }
}
