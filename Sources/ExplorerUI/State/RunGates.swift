package import HighwayNetworks

/// Which gates of a run are wanted.
package struct RunGatesRequest: Hashable, Sendable {
  /// The run.
  package var path: String
  /// The recorded epoch.
  package var epoch: Int
  /// Over which samples of the run's data set; the other ones where it has none of them.
  package var split: SampleSplit
  /// What counts as carried and as transformed.
  package var thresholds: Thresholds

  /// Describes what is wanted.
  package init(path: String, epoch: Int, split: SampleSplit, thresholds: Thresholds) {
    self.path = path
    self.epoch = epoch
    self.split = split
    self.thresholds = thresholds
  }
}

/// What is kept of a run's statistics to set it beside others: much less than all of them.
package struct RunGates: Sendable {
  /// The mean of T by layer; `[layers][units]`.
  package let meanT: [[Float]]
  /// The mean numbers of cells per sample, by layer.
  package let cells: [CellCounts]
  /// The number of samples that they were taken over.
  package let samples: Int
  /// Which samples they were, in a word or two.
  package let dataName: String
  /// The top of a scale that all but a few in a thousand of the means lie within.
  let upper: Float

  /// Keeps what is set side by side of a run's statistics; the name may come from a file.
  package init(_ statistics: GateStatistics, dataName: String) {
    let statistics = statistics.byMicroSteps
    meanT = statistics.layers.map(\.meanT)
    cells = statistics.layers.map(\.cells)
    samples = statistics.samples
    self.dataName = dataName
    upper = ColorScale.clipping(0.002, of: meanT.joined(), map: .viridis).upper
  }

  /// The mean of T with its layers spread over a number of rows, so that first and last layers of
  /// networks of any depth lie at one height.
  ///
  /// A row shows the mean of the layers that share it; a layer may take several rows.
  func rows(_ count: Int) -> [[Float]] {
    let layers = meanT.count
    guard layers > 0, count > 0 else { return [] }
    return (0..<count).map { row in
      let first = row * layers / count
      let shared = meanT[first..<max(first + 1, (row + 1) * layers / count)]
      guard shared.count > 1 else { return meanT[first] }
      var sum = [Float](repeating: 0, count: shared.map(\.count).max() ?? 0)
      var counts = [Float](repeating: 0, count: sum.count)
      for layer in shared {
        for (unit, value) in layer.enumerated() {
          sum[unit] += value
          counts[unit] += 1
        }
      }
      return zip(sum, counts).map { $0 / $1 }
    }
  }

  /// The fraction of cells of a kind by relative depth: 0 at the first highway layer, 1 at the last.
  func shares(_ measure: Comparison.CellMeasure) -> [(depth: Double, share: Double)] {
    let last = Double(max(1, cells.count - 1))
    return cells.indices.map { index in
      let count =
        switch measure {
        case .open: cells[index].open
        case .carried: cells[index].carried
        case .mixed: cells[index].mixed
        case .transformed: cells[index].transformed
        }
      let units = Double(max(1, meanT[index].count))
      return (Double(index) / last, count / units)
    }
  }
}
