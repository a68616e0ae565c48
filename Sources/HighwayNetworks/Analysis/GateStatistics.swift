import Libc

/// What the gates of a network did over a set of samples.
///
/// T is the transform gate, C the carry gate, y the block output; a *cell* is one unit of one layer at one
/// position of one sample.
public struct GateStatistics: Sendable {
  /// One entry per gated layer, in the order of the network.
  public let layers: [LayerStatistics]

  /// The number of samples the statistics were taken over.
  public let samples: Int

  /// The number of those samples that belong to each class; `[classes]`.
  public let samplesByClass: [Int]

  /// The mean softmax cross-entropy, in nats; nil where there is no output or there are no labels.
  public let loss: Double?

  /// The fraction of samples whose most probable class is the true one; nil where ``loss`` is.
  public let accuracy: Double?

  /// The thresholds that the cell counts were taken with.
  public let thresholds: Thresholds

  /// What the codes of a variational autoencoder say of the samples; nil elsewhere.
  public internal(set) var codes: CodeStatistics?

  /// T of each word, where a highway layer sees one at a time; nil elsewhere.
  public internal(set) var words: WordGates?
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
  /// Cells whose T is not a number.
  public var notANumber = 0.0
}

/// What one gate of a layer did; arrays are `[units]` unless they say otherwise.
///
/// Groups are classes, or whatever the samples are grouped by.
public struct SignalStatistics: Sendable {
  /// The number of bins of each unit's histogram over [0, 1].
  public static let histogramBins = 64

  /// The gate.
  public let signal: Signal
  /// The mean over samples and positions.
  public let mean: [Float]
  /// The standard deviation over samples and positions.
  public let std: [Float]
  /// The smallest value.
  public let minimum: [Float]
  /// The greatest value.
  public let maximum: [Float]
  /// How many samples and positions fall in each bin; `[units, histogramBins]`.
  public let histogram: [UInt32]
  /// How many samples and positions lie below the low threshold.
  public let carried: [UInt32]
  /// How many samples and positions lie above the high threshold.
  public let transformed: [UInt32]
  /// The mean over each group; `[groups, units]`; 0 for a group without samples.
  public let groupMean: [Float]
  /// The share of the variance that lies between groups, η²: 0 = same for every group, 1 = the group
  /// alone decides; 0 where the gate does not vary.
  public let groupShare: [Float]
  /// The values that the gate can take; bins and thresholds divide it.
  public internal(set) var range: ClosedRange<Float> = 0...1
  /// The gate's biases, `[units]`; nil where it has none or they are not known.
  public internal(set) var bias: [Float]?
  /// The mean numbers of cells per sample.
  public internal(set) var cells = CellCounts(carried: 0, mixed: 0, transformed: 0, open: 0)
  /// The mean numbers of cells per sample of each group; `[groups]`.
  public internal(set) var groupCells: [CellCounts] = []
}

/// The statistics of one gated layer; arrays are `[units]` unless they say otherwise.
public struct LayerStatistics: Sendable {
  /// The number of bins of each unit's histogram of T over [0, 1].
  public static let histogramBins = SignalStatistics.histogramBins

  /// The layer's number, as in the checkpoint's tensor names.
  public let layer: Int
  /// The index of the run of equal shape that the layer belongs to.
  public let run: Int
  /// How the layer's gates combine; nil where that is not known.
  public let gating: Gating?
  /// The transform-gate biases, or nil where the gating has none.
  public let gateBias: [Float]?
  /// The gates that were measured: T first, then those that do not follow from it.
  public let signals: [SignalStatistics]
  /// The mean of C.
  public let meanC: [Float]
  /// The mean numbers of cells per sample.
  public let cells: CellCounts
  /// The mean numbers of cells per sample of each class; `[classes]`.
  public let cellsByClass: [CellCounts]
  /// The mean over samples, positions and units of |y − x|: what the layer changes; not a number where x has
  /// other extents than y.
  public let change: Double
  /// The mean over samples, positions and units of y − y_last, the estimation error.
  ///
  /// y_last is the output of the last layer of the run of equal shape that this layer belongs to
  /// (Greff et al. 2017).
  public let estimationErrorMean: Double
  /// The standard deviation of y − y_last over samples, positions and units.
  public let estimationErrorStd: Double
  /// What the block's branch returns, where the transform gate is not learned; nil elsewhere.
  public internal(set) var response: ResponseStatistics?
  /// What LSTM cells are made of; nil elsewhere.
  public internal(set) var cellParts: CellParts?
  /// The same of each micro-step of a recurrent highway layer by itself; none of layers that have no more than one.
  ///
  /// What a micro-step changes is told by the one before; of the first it is not a number.
  public internal(set) var microSteps: [LayerStatistics] = []
}

// MARK: - The transform gate

extension LayerStatistics {
  /// The number of units.
  public var units: Int { meanC.count }
  /// The mean of T.
  public var meanT: [Float] { signals[0].mean }
  /// The standard deviation of T over the samples.
  public var stdT: [Float] { signals[0].std }
  /// The smallest T.
  public var minT: [Float] { signals[0].minimum }
  /// The largest T.
  public var maxT: [Float] { signals[0].maximum }
  /// How many samples fall in each bin of T; `[units, histogramBins]`.
  public var histogram: [UInt32] { signals[0].histogram }
  /// How many samples have T below the low threshold; `[units]`.
  public var carriedByUnit: [UInt32] { signals[0].carried }
  /// How many samples have T above the high threshold; `[units]`.
  public var transformedByUnit: [UInt32] { signals[0].transformed }
  /// The mean of T over each class's samples; `[classes, units]`; 0 for a class without samples.
  public var classMeanT: [Float] { signals[0].groupMean }
  /// The share of T's variance that lies between classes, η².
  public var classShare: [Float] { signals[0].groupShare }

  /// How many steps a unit remembers: −1/ln of the mean of f, `[units]`; nil where no gate carries along time.
  ///
  /// It is infinite where f is 1 throughout.
  public var memory: [Double]? {
    guard signals.contains(where: { $0.signal.role == .output }),
      let forget = signals.first(where: { $0.signal.role == .carry })
    else { return nil }
    return forget.mean.map { -1 / log(Double($0)) }
  }

  /// The mean of T, also where another gate stands in front of it.
  var meanTransformGate: [Float] {
    signals.first { $0.signal.role == .transform }?.mean ?? meanT
  }

  /// The mean of the gate of what comes from the layer below.
  ///
  /// That is C or, of LSTM cells, whose C carries along time, d; 0 where they have none.
  public var meanCarryAlongDepth: [Float] {
    if let depth = signals.first(where: { $0.signal.role == .depth }) { return depth.mean }
    return signals.contains { $0.signal.role == .output }
      ? [Float](repeating: 0, count: units) : meanC
  }

  /// The class deviation: the mean of T over one class's samples minus the mean over all.
  ///
  /// This is what Figure 3 of the highway paper shows.
  public func classDeviation(_ unit: Int, class label: Int) -> Float {
    classMeanT[label * units + unit] - meanT[unit]
  }
}
