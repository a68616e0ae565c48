/// What the gates of a network did over a set of samples.
///
/// T is the transform gate, C the carry gate, y the block output; a *cell* is one unit of one layer for
/// one sample.
public struct GateStatistics: Sendable {
  /// One entry per highway layer, in the order of the network.
  public let layers: [LayerStatistics]

  /// The number of samples the statistics were taken over.
  public let samples: Int

  /// The number of those samples that belong to each class; `[classes]`.
  public let samplesByClass: [Int]

  /// The mean softmax cross-entropy, in nats.
  public let loss: Double

  /// The fraction of samples whose most probable class is the true one.
  public let accuracy: Double

  /// The thresholds that the cell counts were taken with.
  public let thresholds: Thresholds
}

/// The values of T below which a cell counts as carried and above which as transformed.
public struct Thresholds: Hashable, Sendable {
  /// A cell is *carried* where T < low.
  public var low: Float
  /// A cell is *transformed* where T > high.
  public var high: Float

  /// Creates thresholds.
  ///
  /// - Precondition: 0 ≤ low ≤ high ≤ 1.
  public init(low: Float = 0.1, high: Float = 0.9) {
    precondition(0 <= low && low <= high && high <= 1, "thresholds lie in order within [0, 1]")
    self.low = low
    self.high = high
  }
}

/// The mean number of cells of each kind per sample, in one layer.
public struct CellCounts: Hashable, Sendable {
  /// Cells with T < low.
  public var carried: Double
  /// Cells with low ≤ T ≤ high.
  public var mixed: Double
  /// Cells with T > high.
  public var transformed: Double
  /// Cells with T > 0.5, the two-way split.
  public var open: Double
}

/// The statistics of one highway layer; arrays are `[units]` unless they say otherwise.
public struct LayerStatistics: Sendable {
  /// The number of bins of each unit's histogram of T over [0, 1].
  public static let histogramBins = 64

  /// The layer's number, as in the checkpoint's tensor names.
  public let layer: Int
  /// The layer's gating.
  public let gating: Gating
  /// The transform-gate biases, or nil where the gating has none.
  public let gateBias: [Float]?
  /// The mean of T.
  public let meanT: [Float]
  /// The standard deviation of T over the samples.
  public let stdT: [Float]
  /// The smallest T.
  public let minT: [Float]
  /// The largest T.
  public let maxT: [Float]
  /// The mean of C.
  public let meanC: [Float]
  /// How many samples fall in each bin of T; `[units, histogramBins]`.
  public let histogram: [UInt32]
  /// The mean of T over each class's samples; `[classes, units]`; 0 for a class without samples.
  public let classMeanT: [Float]
  /// The share of T's variance that lies between classes, η²: 0 = same for every class, 1 = the class
  /// alone decides; 0 where T does not vary.
  public let classShare: [Float]
  /// The mean numbers of cells per sample.
  public let cells: CellCounts
  /// The mean numbers of cells per sample of each class; `[classes]`.
  public let cellsByClass: [CellCounts]
  /// The mean over samples and units of |y − x|: what the layer changes.
  public let change: Double
  /// The mean over samples and units of y − y_last, the estimation error.
  ///
  /// y_last is the output of the last layer of the run of equal width that this layer belongs to
  /// (Greff et al. 2017).
  public let estimationErrorMean: Double
  /// The standard deviation of y − y_last over samples and units.
  public let estimationErrorStd: Double

  /// The number of units.
  public var units: Int { meanT.count }

  /// The class deviation: the mean of T over one class's samples minus the mean over all.
  ///
  /// This is what Figure 3 of the highway paper shows.
  public func classDeviation(_ unit: Int, class label: Int) -> Float {
    classMeanT[label * units + unit] - meanT[unit]
  }
}
