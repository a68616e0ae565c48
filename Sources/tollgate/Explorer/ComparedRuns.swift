import ExplorerUI
import HighwayNetworks
import Synchronization
import TensorFiles

/// Finds and reads the runs that are set side by side, and runs their networks, behind the screen.
final class ComparedRuns: Sendable {
  private let mailbox: Mailbox
  private let dataPath: String?
  private let sampleLimit: Int
  private let reader = SerialWorker()
  private let analyst = SerialWorker()
  /// The runs that are about to be read: one that changes meanwhile need not be read twice.
  private let waiting = Mutex<Set<String>>([])
  /// The data set that was used last: runs beside each other mostly share theirs.
  private let lastData = Mutex<(description: DataDescription, data: LoadedData)?>(nil)

  init(_ mailbox: Mailbox, dataPath: String?, sampleLimit: Int) {
    self.mailbox = mailbox
    self.dataPath = dataPath
    self.sampleLimit = sampleLimit
  }

  /// Answers with `runsFound`: the run that a model belongs to, then those in the same directory.
  func find(near path: String) {
    reader.perform { [self] in
      let own = [path, Directory.parent(of: path)].first { Self.isRun($0) }
      let parent = Directory.parent(of: own ?? path)
      let names = (try? Directory.names(in: parent)) ?? []
      let all = names.map { parent == "." ? $0 : parent == "/" ? "/\($0)" : "\(parent)/\($0)" }
      let others = all.filter { other in
        Self.isRun(other) && !(own.map { ModelLocation.isSame($0, other) } ?? false)
      }
      let found = (own.map { [$0] } ?? []) + others
      mailbox.post(
        .runsFound(
          Array(found.prefix(Comparison.most)), left: max(0, found.count - Comparison.most)))
    }
  }

  private static func isRun(_ path: String) -> Bool { ModelLocation.exists("\(path)/run.json") }

  /// Answers with `runRead` or `runFailed`.
  func read(_ path: String) {
    guard waiting.withLock({ $0.insert(path).inserted }) else { return }
    reader.perform { [self] in
      _ = waiting.withLock { $0.remove(path) }
      do {
        mailbox.post(.runRead(path, try RunSummary.read(path)))
      } catch {
        mailbox.post(.runFailed(path, message: Failure(error).line))
      }
    }
  }

  /// Answers with `runGatesArrived` or `runGatesFailed`.
  func computeGates(_ request: RunGatesRequest) {
    analyst.perform { [self] in
      do {
        mailbox.post(.runGatesArrived(request, try gates(request)))
      } catch {
        mailbox.post(.runGatesFailed(request, message: Failure(error).line))
      }
    }
  }

  private func gates(_ request: RunGatesRequest) throws -> RunGates {
    let model = try OpenModel(request.path)
    let loaded = try data(for: model)
    guard loaded.set.test.count > 0 else {
      throw Failure("\(loaded.set.name.excerpt) as it is here has no test samples")
    }
    let statistics = try model.network(epoch: request.epoch).gateStatistics(
      loaded.set.test, shape: loaded.set.shape, normalization: loaded.normalization,
      thresholds: request.thresholds, samples: sampleLimit)
    return RunGates(statistics, dataName: "\(loaded.set.name) test")
  }

  /// The data set that a run was trained on; the one that was named on the command line where it is that.
  private func data(for model: OpenModel) throws -> LoadedData {
    let description = model.description?.data
    if let description, let last = lastData.withLock({ $0 }), last.description == description {
      try LoadedData.check(last.data.set, fits: model.architecture)
      return last.data
    }
    var named: LoadedData?
    if let dataPath { named = try? LoadedData.open(dataPath, for: model) }
    if let name = description?.name, named?.set.name != name { named = nil }
    let loaded = try named ?? LoadedData.open(nil, for: model)
    if let description { lastData.withLock { $0 = (description, loaded) } }
    return loaded
  }
}

/// A run that is followed while it stands beside others.
final class FollowedRun {
  let watcher: RunWatcher

  init(_ path: String) { watcher = RunWatcher(directory: path) }
}
