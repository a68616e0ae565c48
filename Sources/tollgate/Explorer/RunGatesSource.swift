import ExplorerUI
import HighwayNetworks
import Synchronization
import TensorFiles

/// Answers by running the networks of compared runs over their own samples.
final class RunGatesSource: GateSource {
  private let place: DataPlace?
  private let sampleLimit: Int
  /// The data set that was used last: runs beside each other mostly share theirs.
  private let lastData = Mutex<(description: DataDescription, data: ModelData)?>(nil)

  init(data place: DataPlace?, sampleLimit: Int) {
    self.place = place
    self.sampleLimit = sampleLimit
  }

  func answer(_ question: Question, _ goesOn: (_ done: Double?) -> Bool) throws -> Answer? {
    guard case .runGates(let request) = question else {
      throw Failure("only the gates of runs are compared")
    }
    return try gates(request) { goesOn(nil) }.map(Answer.runGates)
  }

  private func gates(_ request: RunGatesRequest, _ goesOn: () -> Bool) throws -> RunGates? {
    let model = try ModelSource(request.path)
    let loaded = try data(for: model)
    let split = [request.split, request.split.other].first { loaded.set[$0].count > 0 }
    guard let split else {
      throw Failure("\(loaded.set.name.excerpt) as it is here has no samples")
    }
    let statistics = Inference(
      try model.fitted(to: loaded.set.shape).network(epoch: request.epoch)
    ).statistics(
      of: loaded.samples(loaded.set[split], first: sampleLimit), thresholds: request.thresholds,
      continues: { _ in goesOn() })
    return statistics.map { RunGates($0, dataName: "\(loaded.set.name) \(split.rawValue)") }
  }

  /// The data set that a run was trained on; the one that was named on the command line where it is that.
  private func data(for model: ModelSource) throws -> ModelData {
    let description = model.description?.data
    if let description, let last = lastData.withLock({ $0 }), last.description == description {
      try Samples.check(
        last.data.set, for: model.architecture, normalization: last.data.normalization)
      return last.data
    }
    var named: ModelData?
    if let place { named = try? ModelData(named: place, for: model) }
    if let name = description?.name, named?.set.name != name { named = nil }
    let loaded = try named ?? ModelData(named: nil, for: model)
    if let description { lastData.withLock { $0 = (description, loaded) } }
    return loaded
  }
}
