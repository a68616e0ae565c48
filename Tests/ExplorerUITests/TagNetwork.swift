import ExplorerUI
import Testing

@testable import HighwayNetworks

/// A tiny network that gives a class to each step of a sequence, and two sequences.
struct TagNetwork: OpenableNetwork {
  let network: Network
  let samples = Samples(
    DataSet.Split(
      sequences: (0..<32).map { Float($0 * 7 % 5) - 2 }, lengths: [8, 5],
      labels: [0, 0, 1, 1, 1, 2, 2, 2, 1, 1, 0, 0, 0, -1, -1, -1]),
    shape: .sequence(steps: 8, features: 2), normalization: Normalization())
  /// The class that each step is given, whatever the network says.
  var given = [0, 0, 1, 1, 2, 1, 1, 2]

  init() throws {
    var random = RandomSource(seed: 3)
    network = Network(
      try Architecture(
        json: #"{"input":[8,2],"task":"tag-sequence","classes":3,"layers":["#
          + #"{"kind":"lstm","units":3},{"kind":"hlstm","units":3}]}"#), random: &random)
  }

  var summary: ModelSummary {
    ModelSummary(
      path: "runs/tags", name: "tags", architecture: network.architecture,
      classNames: ["pause", "aI", "t"], dataName: "verses", sampleShape: samples.shape,
      testSamples: 2, recordedEpochs: [0])
  }

  func answer(to question: Question) -> Answer? {
    switch question {
    case .statistics(let request):
      return .statistics(
        Inference(network).statistics(
          of: samples, thresholds: request.thresholds, threads: 1))
    case .sample(let request):
      let labels = samples.stepLabels(of: request.sample)
      let trace = Inference(network).trace(request.sample, of: samples)
      var record = SampleRecord(
        trace: trace.meanOverSteps(classes: 3), label: nil,
        pixels: samples.picture(of: request.sample), channels: 1, height: 2, width: 8)
      record.tags = SampleTags(
        labels: labels,
        probabilities: given.prefix(labels.count).flatMap { label in
          (0..<3).map { $0 == label ? 0.8 : 0.1 }
        }, classes: 3)
      return .sample(record)
    case .unit(let request):
      return .unit(
        Inference(network).histogram(
          layer: request.layer, unit: request.unit, of: request.gate, over: samples, threads: 1))
    case .lesions, .walk, .verdicts, .gateBiases, .runGates: return nil
    }
  }
}
