/// The values of a layer over maps: a unit at a time, or a position at a time.
extension SampleTrace.Layer {
  /// A signal by unit: its mean over the positions, and the value itself where there is one position; `[units]`.
  ///
  /// - Returns: The means; none where the layer has no such signal.
  public func unitMeans(_ signal: Signal) -> [Float] {
    guard positions > 1 else { return self[signal] ?? [] }
    return index(of: signal).map { means[$0] } ?? []
  }

  /// Takes the means of one of the signals that ``unitMeans(_:)`` returns from then on.
  func meansOverPositions(_ signal: Signal, first count: Int? = nil) -> [Float] {
    guard let values = self[signal] else { return [] }
    let count = min(count ?? positions, positions)
    var sums = [Double](repeating: 0, count: units)
    for position in 0..<count {
      for unit in 0..<units { sums[unit] += Double(values[position * units + unit]) }
    }
    return sums.map { Float($0 / Double(count)) }
  }

  /// A signal of one unit at every position: its map; `[positions]`.
  ///
  /// - Returns: The values; none where the layer has no such signal.
  /// - Precondition: `unit` is one of the layer's.
  public func map(_ signal: Signal, unit: Int) -> [Float] {
    precondition((0..<units).contains(unit), "the unit is one of the layer's")
    guard let values = self[signal] else { return [] }
    return stride(from: unit, to: values.count, by: units).map { values[$0] }
  }

  /// The mean of a signal over the units, at every position; `[positions]`.
  ///
  /// - Returns: The means; none where the layer has no such signal.
  public func positionMeans(_ signal: Signal) -> [Float] {
    means(signal) { $0 }
  }

  /// The root of the mean square of a signal over the units, at every position; `[positions]`.
  ///
  /// - Returns: The roots; none where the layer has no such signal.
  public func positionSizes(_ signal: Signal) -> [Float] {
    means(signal) { $0 * $0 }.map { $0.squareRoot() }
  }

  private func means(_ signal: Signal, of part: (Double) -> Double) -> [Float] {
    guard let values = self[signal] else { return [] }
    return (0..<positions).map { position in
      let row = values[position * units..<(position + 1) * units]
      return Float(row.reduce(0) { $0 + part(Double($1)) } / Double(max(1, units)))
    }
  }
}
