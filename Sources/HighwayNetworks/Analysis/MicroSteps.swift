/// The micro-steps of recurrent highway layers as blocks of their own, for those who set them beside layers.
extension Block {
  /// The micro-steps, one after the other; the block itself where it has no more than one.
  public var parts: [Block] {
    guard microSteps > 1 else { return [self] }
    return (0..<microSteps).map { number in
      Block(
        number: self.number, title: title, features: features / microSteps, positions: positions,
        signals: signals, states: states, run: run, activation: activation, gating: gating,
        gateBias: gateBias, microStep: MicroStep(number: number, of: microSteps))
    }
  }

  /// The number of its first unit among those of its layer.
  public var firstUnit: Int { (microStep?.number ?? 0) * features }

  /// The numbers of its units among those of its layer.
  public var units: Range<Int> { firstUnit..<firstUnit + features }
}

extension [Block] {
  /// Each micro-step by itself.
  package var byMicroSteps: [Block] { flatMap(\.parts) }

  /// Values by layer and unit, `[layers][units]`, by the micro-steps of whole layers.
  package func byMicroSteps(_ values: [[Float]?]) -> [[Float]?] {
    guard values.count == count else { return values }
    return zip(self, values).flatMap { block, values in
      block.parts.map { part in
        values.flatMap { $0.count == block.features ? [Float]($0[part.units]) : $0 }
      }
    }
  }
}

extension GateStatistics {
  /// The statistics with each micro-step in the place of a layer.
  package var byMicroSteps: GateStatistics {
    guard layers.contains(where: { !$0.microSteps.isEmpty }) else { return self }
    var result = GateStatistics(
      layers: layers.flatMap { $0.microSteps.isEmpty ? [$0] : $0.microSteps }, samples: samples,
      samplesByClass: samplesByClass, loss: loss, accuracy: accuracy, thresholds: thresholds)
    (result.codes, result.words) = (codes, words)
    return result
  }
}

extension LesionSweep {
  /// The sweep with each micro-step in the place of a layer.
  package var byMicroSteps: LesionSweep {
    guard !microSteps.isEmpty else { return self }
    return LesionSweep(
      samplesByClass: samplesByClass, baseline: baseline,
      layers: layers.flatMap { layer in
        let own = microSteps.filter { $0.layer == layer.layer }
        return own.isEmpty ? [layer] : own.map { (layer: $0.layer, outcome: $0.outcome) }
      })
  }
}

extension SampleTrace {
  /// The trace with each micro-step of some whole blocks in the place of a layer.
  package func byMicroSteps(of blocks: [Block]) -> SampleTrace {
    guard blocks.contains(where: { $0.microSteps > 1 }), blocks.count == layers.count else {
      return self
    }
    return SampleTrace(
      layers: zip(blocks, layers).flatMap { block, layer in
        block.microSteps > 1 && layer.units == block.features
          ? block.parts.map { layer.part($0.units) } : [layer]
      }, probabilities: probabilities, loss: loss)
  }
}

extension SampleTrace.Layer {
  /// The values of some units alone.
  fileprivate func part(_ own: Range<Int>) -> SampleTrace.Layer {
    SampleTrace.Layer(
      layer: layer, units: own.count,
      signals: signals.map { signal in
        let values = self[signal] ?? []
        return (
          signal,
          (0..<positions).flatMap {
            values[$0 * units + own.lowerBound..<$0 * units + own.upperBound]
          }
        )
      })
  }
}
