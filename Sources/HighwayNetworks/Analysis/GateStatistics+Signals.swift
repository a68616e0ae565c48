/// The same statistics with another of the gates in front.
extension GateStatistics {
  /// Those of the layers that have a gate, with it in the place of T.
  package func showing(_ signal: Signal) -> GateStatistics {
    GateStatistics(
      layers: layers.compactMap { $0.showing(signal) }, samples: samples,
      samplesByClass: samplesByClass, loss: loss, accuracy: accuracy, thresholds: thresholds)
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
    return LayerStatistics(
      layer: layer, run: run, gating: gating,
      gateBias: first.signal == self.signals[0].signal ? gateBias : first.bias, signals: signals,
      meanC: meanC, cells: first.cells, cellsByClass: first.groupCells, change: change,
      estimationErrorMean: estimationErrorMean, estimationErrorStd: estimationErrorStd,
      response: response)
  }
}

extension SampleTrace {
  /// Those of the layers that have a gate, with it in the place of T.
  package func showing(_ signal: Signal) -> SampleTrace {
    guard signal != .transformGate else {
      return SampleTrace(
        layers: layers.filter { $0.signals.contains(signal) }, probabilities: probabilities,
        loss: loss)
    }
    let shown = layers.compactMap { layer in
      layer[signal].map { layer.replacing(.transformGate, by: $0, means: layer.unitMeans(signal)) }
    }
    return SampleTrace(layers: shown, probabilities: probabilities, loss: loss)
  }
}
