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

  /// How much memory the parameters of live epochs may take; the oldest go to the spool.
  let liveLimit: Int
  /// Where the spool would be; nil where there is no place.
  let spoolDirectory: String?
  let spool = Mutex<Spool?>(nil)

  struct Live {
    /// How often training began anew from an earlier epoch.
    var branch = 0
    /// By the epoch's number, with the branch that the epoch was trained in and the step that it has come to
    /// where that is not its end.
    var parameters: [Int: (branch: Int, step: Int?, values: [Float])] = [:]
    var metrics: [EpochMetrics] = []
    /// The branch that each complete epoch was trained in, by its number.
    var branches: [Int: Int] = [:]
    /// The epochs that lie in the spool.
    var spooled: Set<Int> = []
    /// What there was before training began anew from an earlier epoch, until an epoch comes of that.
    var past: [Live] = []
    /// Those of them that were, or are being, written to the run that is open.
    var kept: Set<Int> = []
    /// All that were ever written to it from here.
    var written: Set<Int> = []
    /// The runs that live epochs were written to.
    var runs: [EpochID: String] = [:]
  }

  let live = Mutex(Live())

  /// The network that was last read from a file: much is asked of the same one.
  private struct ReadNetwork {
    let epoch: Int
    let stamp: FileStamp
    let network: Network
  }

  private let lastRead = Mutex<ReadNetwork?>(nil)

  /// Takes a model and opens its data set, which may take a while.
  init(
    _ model: ModelSource, data place: DataPlace?, sampleLimit: Int, liveLimit: Int = 200 << 20,
    spoolDirectory: String? = Spool.directory
  ) {
    self.liveLimit = liveLimit
    self.spoolDirectory = spoolDirectory
    self.sampleLimit = sampleLimit
    do {
      let found = try ModelData(named: place, for: model)
      data = found
      dataProblem = nil
      opened = Mutex(model.fitted(to: found.set.shape))
    } catch {
      data = nil
      dataProblem = Failure(error).line
      opened = Mutex(model)
    }
  }

  /// Takes a new network and the data that it is trained on.
  init(new model: ModelSource, data: ModelData, sampleLimit: Int, liveLimit: Int = 200 << 20) {
    opened = Mutex(model)
    self.data = data
    dataProblem = nil
    self.sampleLimit = sampleLimit
    self.liveLimit = liveLimit
    spoolDirectory = Spool.directory
  }

  /// Goes on with the run that a new network was kept in.
  func adopt(_ run: ModelSource) {
    let fitted = data.map { run.fitted(to: $0.set.shape) } ?? run
    opened.withLock { $0 = fitted }
  }

  /// The network after an epoch.
  ///
  /// - Throws: ``RunError`` where its file cannot be read, ``Failure`` where a live epoch has been replaced.
  func network(_ epoch: EpochID) throws -> Network {
    switch epoch {
    case .recorded(let number): return try recordedNetwork(number)
    case .inTraining: throw Failure("training is not at rest")
    case .live(let number, let branch, let step):
      let (found, isSpooled, run) = live.withLock { live in
        let isSpooled = live.spooled.contains(number) && live.branches[number] == branch
        return (live.parameters[number], isSpooled && step == nil, live.runs[epoch])
      }
      if let found, found.branch == branch, found.step == step {
        return Network(model.architecture, parameters: found.values)
      }
      if isSpooled, let spool = spool.withLock({ $0 }) {
        return try spool.checkpoint(epoch: number).network
      }
      if let run { return try RunDirectory.open(run).checkpoint(epoch: number).network }
      throw Failure("epoch \(number) was replaced by training from an earlier one")
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
    guard let data, data.set[split].count > 0 else {
      throw Failure(dataProblem ?? "there are no \(split.rawValue) samples here")
    }
    return data.samples(data.set[split], first: count)
  }
}
