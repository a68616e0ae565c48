/// Some rows of a block: of consecutive samples of one file all positions, or of one sample some.
struct RecordedRows {
  let samples: Range<Int>
  let positions: Range<Int>
}

/// Reads those of some rows that count: steps behind a sample's length do not.
struct RecordedRowReader {
  private let recording: Recording
  private let part: RecordingFile
  /// The rows as they lie in the file.
  private let stored: Range<Int>
  /// Which of them count, as ranges within them; nil where all do.
  private let kept: [Range<Int>]?
  /// How many of each sample count.
  private let counts: [Int]

  /// Takes rows of blocks that have the shape of one.
  init(_ recording: Recording, _ rows: RecordedRows, block: Int) {
    self.recording = recording
    let place = recording.place(of: rows.samples.lowerBound)
    part = place.part
    let positions = recording.described[block].positionCount
    let start = place.sample * positions + rows.positions.lowerBound
    let width = rows.positions.count
    stored = start..<start + (rows.samples.count - 1) * positions + width
    counts = rows.samples.map { sample in
      let end = recording.rowsThatCount(sample: sample, block: block)
      return min(max(0, end - rows.positions.lowerBound), width)
    }
    kept =
      counts.allSatisfy { $0 == width }
      ? nil : counts.enumerated().map { $0 * positions..<$0 * positions + $1 }
  }

  /// The group of each row that counts.
  func groups(_ groupOf: [Int32]) -> [Int32] {
    zip(groupOf, counts).flatMap { repeatElement($0, count: $1) }
  }

  /// The values of a gate as shares of its range, and how far rows are apart.
  func gate(
    _ gate: RecordedBlock.Gate, block: Int
  ) throws(RecordingError) -> (FloatSlice, stride: Int) {
    let units = recording.described[block].units
    switch gate.source {
    case .constant(let value):
      return (FloatBuffer([Float](repeating: value, count: units)).all, 0)
    case .recorded(let signal):
      let values = try part.rows(stored, ofSignal: signal, block: block)
      let scaled = Recording.scaled(values, from: gate.range)
      if part.isConstant(block: block, signal: signal) { return (FloatBuffer(scaled).all, 0) }
      return (FloatBuffer(compact(scaled, units)).all, units)
    }
  }

  /// The values of a state; nil where it was not recorded of each row.
  func state(_ state: Signal, block: Int) throws(RecordingError) -> FloatSlice? {
    let described = recording.described[block]
    guard let signal = described.index(ofState: state),
      !part.isConstant(block: block, signal: signal)
    else { return nil }
    let values = try part.rows(stored, ofSignal: signal, block: block)
    return FloatBuffer(compact(values, described.units)).all
  }

  private func compact(_ values: [Float], _ units: Int) -> [Float] {
    guard let kept else { return values }
    var result: [Float] = []
    result.reserveCapacity(counts.reduce(0, +) * units)
    for rows in kept { result += values[rows.lowerBound * units..<rows.upperBound * units] }
    return result
  }
}
