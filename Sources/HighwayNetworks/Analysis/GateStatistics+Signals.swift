/// The same statistics with another of the gates in front.
extension GateStatistics {
  /// Those of the layers that have a gate, with it in the place of T.
  package func showing(_ signal: Signal) -> GateStatistics {
    var result = GateStatistics(
      layers: layers.compactMap { $0.showing(signal) }, samples: samples,
      samplesByClass: samplesByClass, loss: loss, accuracy: accuracy, thresholds: thresholds)
    (result.codes, result.words) = (codes, words)
    return result
  }
}

extension LayerStatistics {
  /// The layer with a gate in the place of T; nil where it has none such.
  package func showing(_ signal: Signal) -> LayerStatistics? {
    guard let index = signals.firstIndex(where: { $0.signal == signal }) else { return nil }
    guard index > 0 else { return self }
    var signals = signals
    signals.insert(signals.remove(at: index), at: 0)
    return replacing(signals)
  }

  /// The layer with other statistics of its gates, the first of which is the one that is looked at.
  func replacing(_ signals: [SignalStatistics]) -> LayerStatistics {
    let first = signals[0]
    var result = LayerStatistics(
      layer: layer, run: run, gating: gating,
      gateBias: first.signal == self.signals[0].signal ? gateBias : first.bias, signals: signals,
      meanC: meanC, cells: first.cells, cellsByClass: first.groupCells, change: change,
      estimationErrorMean: estimationErrorMean, estimationErrorStd: estimationErrorStd,
      response: response)
    result.cellParts = cellParts
    result.microSteps = microSteps.compactMap { $0.showing(first.signal) }
    return result
  }
}

extension SampleTrace {
  /// The layers of some blocks, which have a signal, with it in the place of T.
  package func showing(_ signal: Signal, of blocks: [Block]) -> SampleTrace {
    let numbers = Set(blocks.map(\.number))
    return SampleTrace(
      layers: layers.filter { numbers.contains($0.layer) }.map { $0.showing(signal) },
      probabilities: probabilities, loss: loss)
  }
}

extension SignalStatistics {
  /// The same of values that were taken as shares of a range.
  func spread(over range: ClosedRange<Float>) -> SignalStatistics {
    guard range != 0...1 else { return self }
    let width = range.upperBound - range.lowerBound
    func value(_ share: Float) -> Float { range.lowerBound + share * width }
    var result = SignalStatistics(
      signal: signal, mean: mean.map(value), std: std.map { $0 * width },
      minimum: minimum.map(value), maximum: maximum.map(value), histogram: histogram,
      carried: carried, transformed: transformed, groupMean: groupMean.map(value),
      groupShare: groupShare)
    (result.range, result.cells, result.groupCells) = (range, cells, groupCells)
    return result
  }
}
