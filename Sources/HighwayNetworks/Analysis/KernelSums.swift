import CKernels

/// What the kernel adds up about one layer's gates; arrays are `[units]` unless they say otherwise.
///
/// The floats are to be taken out and cleared after each batch; the extremes and the histogram stay.
struct KernelSums {
  /// T of the first sample, about which T is summed.
  let shift: FloatSlice
  /// Σ (T − shift).
  let sum: FloatSlice
  /// Σ (T − shift)².
  let squares: FloatSlice
  /// Σ C where it is learned.
  let carry: FloatSlice
  /// Σ (T − shift) over each class; `[classes, units]`.
  let classSum: FloatSlice
  let minimum: FloatSlice
  let maximum: FloatSlice
  /// How many samples fall in each bin; `[bins, units]`.
  let histogram: BufferSlice<UInt32>
  /// Cells carried, mixed, transformed, open; `[classes, 4]`.
  let cells: BufferSlice<UInt32>

  /// What is added within a batch: from `sum` to the end of `classSum`.
  private let perBatch: FloatSlice
  private let constantT: FloatSlice

  init(_ layer: HighwayLayer, shift first: [Float], classes: Int) {
    let units = layer.units
    let floats = FloatBuffer(count: units * (7 + classes))
    var end = 0
    func take(_ count: Int) -> FloatSlice {
      defer { end += count }
      return floats[end..<end + count]
    }
    shift = take(units)
    sum = take(units)
    squares = take(units)
    carry = take(units)
    classSum = take(units * classes)
    minimum = take(units)
    maximum = take(units)
    constantT = take(units)
    perBatch = floats[units..<units * (4 + classes)]
    shift.assign(first)
    minimum.fill(.infinity)
    maximum.fill(-.infinity)
    constantT.assign(layer.constantTransformGate)
    let counts = AlignedBuffer<UInt32>(
      count: units * LayerStatistics.histogramBins + classes * 4)
    histogram = counts[0..<units * LayerStatistics.histogramBins]
    cells = counts[histogram.count..<counts.count]
  }

  /// How many samples of each unit fall in each bin; `[units, bins]`.
  var histogramOfUnits: [UInt32] {
    let units = shift.count
    return (0..<histogram.count).map { index in
      let (unit, bin) = index.quotientAndRemainder(dividingBy: LayerStatistics.histogramBins)
      return histogram[bin * units + unit]
    }
  }

  /// Makes room for the next batch.
  func clear() { perBatch.fill(0) }

  /// Adds the gates of a batch.
  func add(_ values: GateValues, labels: ArraySlice<UInt8>, thresholds: Thresholds) {
    let units = shift.count
    let classes = cells.count / 4
    precondition(labels.allSatisfy { $0 < classes }, "a label is a class")
    // A gate that is a constant is one row, read again and again.
    let t = values.transformGates ?? (constantT, stride: 0)
    let c = values.carryGates
    var sums = unsafe tg_gate_sums(
      shift: shift.base, sum: sum.base, sumOfSquares: squares.base, carrySum: carry.base,
      minimum: minimum.base, maximum: maximum.base, histogram: histogram.base,
      classSum: classSum.base, classCells: cells.base)
    unsafe labels.withUnsafeBufferPointer { labels in
      guard let label = labels.baseAddress else { return }
      unsafe tg_gate_sums_add(
        &sums, t.0.base, t.stride, c?.0.base, c?.stride ?? 0, label, labels.count, units, classes,
        LayerStatistics.histogramBins, thresholds.low, thresholds.high)
    }
  }
}

/// The sum over all values of |a − b|.
func sumOfDistances(_ a: FloatSlice, _ b: FloatSlice) -> Double {
  precondition(a.count == b.count, "the extents agree")
  return unsafe tg_sum_of_distances(a.base, b.base, a.count)
}

/// The sums over all values of a − b and of (a − b)².
func sumsOfDifference(_ a: FloatSlice, _ b: FloatSlice) -> (sum: Double, squares: Double) {
  precondition(a.count == b.count, "the extents agree")
  var sum = 0.0
  var squares = 0.0
  unsafe tg_sums_of_difference(a.base, b.base, a.count, &sum, &squares)
  return (sum, squares)
}
