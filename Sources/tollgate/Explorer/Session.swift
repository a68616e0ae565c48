import ExplorerUI
import HighwayNetworks
import Synchronization
import TensorFiles

/// The model that is open, its data, and the parameters of epochs trained here.
final class Session: Sendable {
  /// The model that is open; once a new one is kept, the run that it was kept in.
  var model: ModelSource { opened.withLock { $0 } }
  private let opened: Mutex<ModelSource>
  let data: ModelData?
  /// Why there is no data.
  let dataProblem: String?
  /// How many samples statistics take at the most.
  let sampleLimit: Int

  /// What follows samples through the networks.
  let kept = KeptInference()

  /// How much memory the parameters of live epochs may take; the oldest are dropped first.
  private let liveLimit: Int

  private struct Live {
    /// How often training began anew from an earlier epoch.
    var branch = 0
    /// By the epoch's number, with the branch that the epoch was trained in and the step that it has come to
    /// where that is not its end.
    var parameters: [Int: (branch: Int, step: Int?, values: [Float])] = [:]
    var metrics: [EpochMetrics] = []
    /// Those of them that were, or are being, written to the run that is open.
    var kept: Set<Int> = []
    /// All that were ever written to it from here.
    var written: Set<Int> = []
    /// The runs that live epochs were written to.
    var runs: [EpochID: String] = [:]
  }

  private let live = Mutex(Live())

  /// The network that was last read from a file: much is asked of the same one.
  private struct ReadNetwork {
    let epoch: Int
    let stamp: FileStamp
    let network: Network
  }

  private let lastRead = Mutex<ReadNetwork?>(nil)

  /// Takes a model and opens its data set, which may take a while.
  init(_ model: ModelSource, dataPath: String?, sampleLimit: Int, liveLimit: Int = 200 << 20) {
    opened = Mutex(model)
    self.liveLimit = liveLimit
    self.sampleLimit = sampleLimit
    do {
      data = try ModelData(named: dataPath, for: model)
      dataProblem = nil
    } catch {
      data = nil
      dataProblem = Failure(error).line
    }
  }

  /// Takes a new network and the data that it is trained on.
  init(new model: ModelSource, data: ModelData, sampleLimit: Int, liveLimit: Int = 200 << 20) {
    opened = Mutex(model)
    self.data = data
    dataProblem = nil
    self.sampleLimit = sampleLimit
    self.liveLimit = liveLimit
  }

  /// Goes on with the run that a new network was kept in.
  func adopt(_ run: ModelSource) { opened.withLock { $0 = run } }

  /// The network after an epoch.
  ///
  /// - Throws: ``RunError`` where its file cannot be read, ``Failure`` where a live epoch is no longer in
  ///   memory and was not kept.
  func network(_ epoch: EpochID) throws -> Network {
    switch epoch {
    case .recorded(let number): return try recordedNetwork(number)
    case .inTraining: throw Failure("training is not at rest")
    case .live(let number, let branch, let step):
      let (found, run) = live.withLock { ($0.parameters[number], $0.runs[epoch]) }
      guard let found, found.branch == branch, found.step == step else {
        if let run { return try RunDirectory.open(run).checkpoint(epoch: number).network }
        throw Failure("epoch \(number) is no longer in memory; w keeps the trained epochs")
      }
      return Network(model.architecture, parameters: found.values)
    }
  }

  private func recordedNetwork(_ epoch: Int) throws -> Network {
    let model = model
    // Taken before the file is read, so that one that is written meanwhile is read again.
    guard let stamp = FileStamp(model.checkpointPath(epoch: epoch)) else {
      return try model.network(epoch: epoch)
    }
    let known = lastRead.withLock { read in
      read.flatMap { $0.epoch == epoch && $0.stamp == stamp ? $0.network : nil }
    }
    if let known { return known }
    let network = try model.network(epoch: epoch)
    lastRead.withLock { $0 = ReadNetwork(epoch: epoch, stamp: stamp, network: network) }
    return network
  }

  /// The samples of a part of the data set, all of them or the first.
  ///
  /// - Throws: ``Failure`` where there are none.
  func samples(_ split: SampleSplit, first count: Int? = nil) throws -> Samples {
    let part = data.map { split == .train ? $0.set.train : $0.set.test }
    guard let data, let part, part.count > 0 else {
      throw Failure(dataProblem ?? "there are no \(split.rawValue) samples here")
    }
    return data.samples(part, first: count)
  }

  // MARK: - Live epochs

  /// Forgets the live epochs after one from which training begins anew.
  func beginBranch(_ branch: Int, after epoch: Int) {
    live.withLock { live in
      live.branch = branch
      live.parameters = live.parameters.filter { $0.key <= epoch }
      live.metrics.removeAll { $0.epoch > epoch }
      live.kept = live.kept.filter { $0 <= epoch }
    }
  }

  /// Remembers the parameters of a live epoch, in place of earlier ones of the same epoch.
  func remember(_ parameters: [Float], epoch: Int, step: Int? = nil) {
    live.withLock { live in
      live.parameters[epoch] = (live.branch, step, parameters)
      let most = max(2, liveLimit / max(1, parameters.count * 4))
      while live.parameters.count > most, let oldest = live.parameters.keys.min() {
        live.parameters[oldest] = nil
      }
    }
  }

  /// Notes what was recorded about a live epoch.
  func note(_ metrics: EpochMetrics) { live.withLock { $0.metrics.append(metrics) } }

  /// Notes that live epochs are about to be written to the run that is open.
  func noteKept(_ epochs: [Int]) {
    live.withLock { live in
      live.kept.formUnion(epochs)
      live.written.formUnion(epochs)
    }
  }

  /// Notes that live epochs lie in a run now.
  func noteWritten(_ epochs: [Int], to run: String) {
    live.withLock { live in
      for epoch in epochs {
        guard let branch = live.parameters[epoch]?.branch else { continue }
        live.runs[.live(epoch, branch: branch)] = run
      }
    }
  }

  /// The live epochs that are in the run that is open.
  var keptEpochs: Set<Int> { live.withLock { $0.kept } }

  /// The epochs in the run that is open which were ever written from here.
  var writtenEpochs: Set<Int> { live.withLock { $0.written } }

  /// What was recorded about the live epochs, and those whose parameters are in memory.
  var liveEpochs: (metrics: [EpochMetrics], parameters: [Int: [Float]]) {
    live.withLock { live in
      let complete = Set(live.metrics.map(\.epoch))
      let kept = live.parameters.filter { complete.contains($0.key) }
      return (live.metrics, kept.mapValues(\.values))
    }
  }
}
