import ExplorerUI
import HighwayNetworks
import Synchronization

/// The model that is open, its data, and the parameters of epochs trained here.
final class Session: Sendable {
  let model: OpenModel
  let data: LoadedData?
  /// Why there is no data.
  let dataProblem: String?
  /// How many samples statistics take at the most.
  let sampleLimit: Int

  /// How much memory the parameters of live epochs may take; the oldest are dropped first.
  private static let liveLimit = 200 << 20

  private struct Live {
    var parameters: [Int: [Float]] = [:]
    var metrics: [EpochMetrics] = []
  }

  private let live = Mutex(Live())

  /// Takes a model and opens its data set, which may take a while.
  init(_ model: OpenModel, dataPath: String?, sampleLimit: Int) {
    self.model = model
    self.sampleLimit = sampleLimit
    do {
      data = try LoadedData.open(dataPath, for: model)
      dataProblem = nil
    } catch {
      data = nil
      dataProblem = Failure(error).line
    }
  }

  /// The network after an epoch.
  ///
  /// - Throws: ``RunError`` where its file cannot be read, ``Failure`` where a live epoch is no longer in
  ///   memory.
  func network(_ epoch: EpochID) throws -> Network {
    switch epoch {
    case .recorded(let number): return try model.network(epoch: number)
    case .live(let number):
      guard let parameters = live.withLock({ $0.parameters[number] }) else {
        throw Failure("epoch \(number) is no longer in memory; w keeps the trained epochs")
      }
      return Network(model.architecture, parameters: parameters)
    }
  }

  /// The samples of a part of the data set.
  func samples(_ split: SampleSplit) -> DataSet.Split? {
    data.map { split == .train ? $0.set.train : $0.set.test }
  }

  // MARK: - Live epochs

  /// Remembers the parameters of a live epoch, in place of earlier ones of the same epoch.
  func remember(_ parameters: [Float], epoch: Int) {
    live.withLock { live in
      live.parameters[epoch] = parameters
      let most = max(2, Self.liveLimit / max(1, parameters.count * 4))
      while live.parameters.count > most, let oldest = live.parameters.keys.min() {
        live.parameters[oldest] = nil
      }
    }
  }

  /// Notes what was recorded about a live epoch.
  func note(_ metrics: EpochMetrics) { live.withLock { $0.metrics.append(metrics) } }

  /// What was recorded about the live epochs, and those whose parameters are in memory.
  var liveEpochs: (metrics: [EpochMetrics], parameters: [Int: [Float]]) {
    live.withLock { live in
      let complete = Set(live.metrics.map(\.epoch))
      return (live.metrics, live.parameters.filter { complete.contains($0.key) })
    }
  }
}
