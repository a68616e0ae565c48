import ExplorerUI
import HighwayNetworks

/// Made-up runs of several gatings and depths, the same every time.
enum SyntheticRuns {
  /// The summary of a run whose loss falls the faster the shallower it is, and less far without gates.
  static func summary(
    _ name: String, gating: Gating = .coupled, layers: Int = 4, epochs: Int = 6,
    data: String = "MNIST", seconds: Double = 0.5
  ) -> RunSummary {
    let network = SyntheticNetwork(layers: layers, units: 6, classes: 2, gating: gating)
    return RunSummary(
      path: "runs/\(name)",
      description: RunDescription(
        architecture: network.architecture,
        data: DataDescription(
          name: data, files: [], normalization: Normalization(), classNames: [],
          trainingExamples: 4000, testExamples: 1000)),
      metrics: (0...epochs).map { epoch in
        let loss = (gating == .plain ? 3.0 : 2.0) / Double(1 + epoch * 8 / layers)
        return EpochMetrics(
          epoch: epoch, step: epoch * 40, learningRate: 0.1, trainLoss: loss, trainAccuracy: 0.9,
          testLoss: loss + 0.1, testAccuracy: 1 - loss / 4, seconds: epoch == 0 ? 0 : seconds)
      }, recordedEpochs: [0, epochs])
  }

  static func gates(layers: Int) -> RunGates {
    RunGates(
      SyntheticNetwork(layers: layers, units: 6, classes: 2).statistics(), dataName: "MNIST test")
  }

  /// Three runs, one without gates, and a path that leads to none.
  static let summaries = [
    summary("coupled-4"), summary("coupled-8", layers: 8, epochs: 4, seconds: 1),
    summary("plain-4", gating: .plain),
  ]
  static let missing = "runs/none"
}

extension ExplorerState {
  /// A state with runs side by side and, where wanted, their gates there.
  static func comparing(
    _ summaries: [RunSummary] = SyntheticRuns.summaries, size: Size = Size(width: 80, height: 24),
    capabilities: Capabilities = Capabilities(), withGates: Bool = true
  ) -> ExplorerState {
    var state = ExplorerState.ready(
      SyntheticNetwork(layers: 4, units: 6, classes: 2), size: size, capabilities: capabilities,
      epochs: 3)
    var queue: [Action] = [.comparisonAsked(summaries.map(\.path) + [SyntheticRuns.missing])]
    while !queue.isEmpty {
      for effect in update(&state, with: queue.removeFirst()) {
        switch effect {
        case .readRun(let path):
          let found = summaries.first { $0.path == path }
          queue.append(
            found.map { .runRead(path, $0) }
              ?? .runFailed(path, message: "\(path): no such file or directory"))
        case .wanted(let questions) where withGates:
          for case .runGates(let request) in questions {
            let layers = (summaries.first { $0.path == request.path }?.depth ?? 2) - 1
            queue.append(
              .answered(
                .runGates(request), .success(.runGates(SyntheticRuns.gates(layers: layers)))))
          }
        default: break
        }
      }
    }
    return state
  }
}
