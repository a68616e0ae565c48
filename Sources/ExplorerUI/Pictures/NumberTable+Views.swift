import HighwayNetworks
import TensorFiles

extension NumberTable {
  /// The numbers behind the view that is open; values that are not there yet, or not to be had, are null.
  package init(_ state: ExplorerState) {
    switch state.display.view {
    case .overview: self = Self.overview(state)
    case .classes: self = Self.classes(state)
    case .cells: self = Self.cells(state)
    case .sample: self = Self.sample(state)
    case .lesion: self = Self.lesion(state)
    case .training: self = Self.training(state)
    case .compare: self = Self.compare(state)
    case .depth: self = Self.depth(state)
    }
  }

  /// A row for each unit of each highway layer: its bias, T over the samples, and the sample's values.
  private static func overview(_ state: ExplorerState) -> NumberTable {
    let biases = state.gateBiases.value
    let layers = state.statistics.value?.layers
    let trace = state.sample.value?.trace.layers
    return NumberTable(
      columns: [
        "layer", "unit", "gateBias", "meanT", "stdT", "sampleT", "sampleC", "sampleH",
        "sampleY",
      ],
      rows: units(state) { index, unit in
        let sample = trace?[index]
        return [
          real(biases?[index]?[unit]), real(layers?[index].meanT[unit]),
          real(layers?[index].stdT[unit]), real(sample?.transformGate[unit]),
          real(sample?.carryGate[unit]), real(sample?.blockState[unit]),
          real(sample?.blockOutput[unit]),
        ]
      })
  }

  /// A row for each unit of each highway layer: T of the sample beside T over the samples.
  private static func sample(_ state: ExplorerState) -> NumberTable {
    let layers = state.statistics.value?.layers
    let deviations = state.sampleDeviations.value
    let trace = state.sample.value?.trace.layers
    return NumberTable(
      columns: [
        "layer", "unit", "sampleT", "meanT", "stdT", "difference", "sampleC", "sampleH", "sampleY",
      ],
      rows: units(state) { index, unit in
        let sample = trace?[index]
        return [
          real(sample?.transformGate[unit]), real(layers?[index].meanT[unit]),
          real(layers?[index].stdT[unit]), real(deviations?[index][unit]),
          real(sample?.carryGate[unit]), real(sample?.blockState[unit]),
          real(sample?.blockOutput[unit]),
        ]
      })
  }

  /// A row for each unit of each highway layer: the mean of T, and each class's deviation from it.
  private static func classes(_ state: ExplorerState) -> NumberTable {
    let labels = 0..<state.classCount
    let statistics = state.statistics.value
    return NumberTable(
      columns: ["layer", "unit", "meanT", "classShare"] + labels.map { "deviation\($0)" },
      rows: units(state) { index, unit in
        let layer = statistics?.layers[index]
        return [real(layer?.meanT[unit]), real(layer?.classShare[unit])]
          + labels.map { label in
            // A class without samples deviates from nothing.
            statistics?.samplesByClass[label] == 0
              ? .null : real(layer?.classDeviation(unit, class: label))
          }
      })
  }

  /// A row for each highway layer: its cells, of the samples that the view counts.
  private static func cells(_ state: ExplorerState) -> NumberTable {
    let shares = CellsView.shares(state).value
    return NumberTable(
      columns: ["layer", "units", "carried", "mixed", "transformed", "open"],
      rows: state.gatedLayers.indices.map { index in
        [
          .integer(state.gatedLayers[index]), .integer(state.units(at: index)),
          real(shares?[index].carried), real(shares?[index].mixed),
          real(shares?[index].transformed), real(shares?[index].open),
        ]
      })
  }

  /// A row for each epoch of which something was recorded.
  private static func training(_ state: ExplorerState) -> NumberTable {
    NumberTable(
      columns: [
        "epoch", "step", "learningRate", "trainLoss", "trainAccuracy", "testLoss",
        "testAccuracy", "seconds",
      ],
      rows: TrainingView.metrics(state).map { metrics in
        [
          .integer(metrics.epoch), .integer(metrics.step), real(metrics.learningRate),
          real(metrics.trainLoss), real(metrics.trainAccuracy), real(metrics.testLoss),
          real(metrics.testAccuracy), real(metrics.seconds),
        ]
      })
  }

  /// A row for each highway layer: loss and error with T of that layer held at 0; the first row, without a
  /// layer, is the network as it is.
  private static func lesion(_ state: ExplorerState) -> NumberTable {
    let sweep = state.lesionSweep.value
    let classes = 0..<state.classCount
    func row(_ layer: JSON, _ outcome: LesionSweep.Outcome) -> [JSON] {
      [layer, real(outcome.loss), real(outcome.error)]
        + classes.map { real(outcome.classError[$0]) }
    }
    let intact = sweep.map { [row(.null, $0.baseline)] } ?? []
    return NumberTable(
      columns: ["layer", "loss", "error"] + classes.map { "error\($0)" },
      rows: intact + (sweep?.layers ?? []).map { row(.integer($0.layer), $0.outcome) })
  }

  /// A row for each measured epoch of each run.
  private static func compare(_ state: ExplorerState) -> NumberTable {
    NumberTable(
      columns: [
        "run", "gating", "depth", "parameters", "epoch", "trainLoss", "trainAccuracy", "testLoss",
        "testAccuracy", "seconds",
      ],
      rows: state.comparison.entries.flatMap { entry in
        entry.metrics.map { metrics in
          [
            .string(entry.path), entry.summary.map { .string($0.gatingName) } ?? .null,
            entry.summary.map { .integer($0.depth) } ?? .null,
            entry.summary.map { .integer($0.parameters) } ?? .null, .integer(metrics.epoch),
            real(metrics.trainLoss), real(metrics.trainAccuracy), real(metrics.testLoss),
            real(metrics.testAccuracy), real(metrics.seconds),
          ]
        }
      })
  }

  /// A row for each highway layer: the quantities of the view, those of units as their mean.
  private static func depth(_ state: ExplorerState) -> NumberTable {
    let statistics = state.statistics.value
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    return NumberTable(
      columns: [
        "layer", "change", "carryProduct", "estimationErrorMean", "estimationErrorStd", "biasDrift",
        "selectivity", "classShare",
      ],
      rows: state.gatedLayers.indices.map { index in
        let layer = statistics?.layers[index]
        let drifts = (layer?.gateBias ?? []).enumerated().compactMap { unit, bias in
          state.initialGateBias(layer: index, unit: unit).map { Double(bias - $0) }
        }
        return [
          .integer(state.gatedLayers[index]), real(layer?.change),
          real(statistics.flatMap { mean($0.carryProducts[index]) }),
          real(layer?.estimationErrorMean), real(layer?.estimationErrorStd), real(mean(drifts)),
          real(statistics?.selectivityOverUnits[index]),
          real(layer.flatMap { mean($0.classShare.map(Double.init)) }),
        ]
      })
  }

  private static func units(
    _ state: ExplorerState, _ values: (_ layer: Int, _ unit: Int) -> [JSON]
  ) -> [[JSON]] {
    state.gatedLayers.indices.flatMap { index in
      (0..<state.units(at: index)).map { unit in
        [.integer(state.gatedLayers[index]), .integer(unit)] + values(index, unit)
      }
    }
  }

  private static func real(
    _ value: (some BinaryFloatingPoint & LosslessStringConvertible)?
  ) -> JSON {
    value.map { JSON.real($0) } ?? .null
  }
}
