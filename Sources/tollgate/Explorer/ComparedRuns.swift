import ExplorerUI
import HighwayNetworks
import Synchronization
import TensorFiles

/// Finds and reads the runs that are set side by side, and runs their networks, behind the screen.
final class ComparedRuns: Sendable {
  private let mailbox: Mailbox
  private let reader = SerialWorker()
  private let analyst: Analyst
  /// The runs that are about to be read: one that changes meanwhile need not be read twice.
  private let waiting = Mutex<Set<String>>([])
  /// The runs that other machines may change, as they were looked at last, and those about to be looked at.
  private let polled = Mutex<[String: PolledDirectory]>([:])
  private let polling = Mutex<Set<String>>([])

  init(_ mailbox: Mailbox, data: DataPlace?, sampleLimit: Int) {
    self.mailbox = mailbox
    analyst = Analyst(RunGatesSource(data: data, sampleLimit: sampleLimit), mailbox)
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

  /// Reads a run again where it was changed since it was last asked for here.
  func poll(_ path: String) {
    guard polling.withLock({ $0.insert(path).inserted }) else { return }
    reader.perform { [self] in
      _ = polling.withLock { $0.remove(path) }
      let hasChanged = polled.withLock { polled in
        guard polled[path] == nil else { return polled[path]?.hasChanged() ?? false }
        polled[path] = PolledDirectory(path)
        // It may have changed since it was read.
        return true
      }
      if hasChanged { read(path) }
    }
  }

  /// Whether a question is about a run of the comparison.
  static func answers(_ question: Question) -> Bool {
    if case .runGates = question { true } else { false }
  }

  /// Computes these gates and no others.
  func want(_ questions: [Question]) { analyst.want(questions) }
}

/// A run that is followed while it stands beside others.
final class WatchedRun {
  let watcher: RunWatcher

  init(_ path: String) { watcher = RunWatcher(directory: path) }
}
