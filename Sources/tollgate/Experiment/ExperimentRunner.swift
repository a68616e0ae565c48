import HighwayNetworks
import Libc
import TensorFiles

/// Trains trials, several processes at once.
struct ExperimentRunner {
  let commands: TrialCommands
  let jobs: Int
  /// Whether a line is printed for each finished trial.
  let showsProgress: Bool

  /// How far a trial is.
  private enum Standing {
    /// So many epochs are trained.
    case begun(epoch: Int)
    case finished(ExperimentResult)
  }

  /// The trials that are still to be trained.
  func unfinished(_ trials: [Trial]) throws -> [Trial] {
    try trials.filter { if case .begun = try standing($0) { true } else { false } }
  }

  /// Trains the trials that are not finished.
  ///
  /// - Throws: ``Failure`` where the experiment was interrupted, or where trials failed for another reason
  ///   than a loss that is not finite; the others are trained to their end first.
  func run(_ trials: [Trial]) throws {
    var waiting = try unfinished(trials)[...]
    guard !waiting.isEmpty else { return }
    let progress = ProgressLine(isShown: showsProgress)
    let interruption = Interruption.catching()
    let total = try work(of: waiting)
    var waitingWork = total
    var running: [TrialProcess] = []
    var failures: [String] = []
    var finished = trials.count - waiting.count
    var isPassedOn = false
    while !running.isEmpty || !waiting.isEmpty && !interruption.happened {
      while running.count < jobs, !interruption.happened, let trial = waiting.popFirst() {
        waitingWork -= try work(of: [trial])
        running.append(try TrialProcess(trial, arguments: commands.arguments(trial)))
      }
      if interruption.happened && !isPassedOn {
        isPassedOn = true
        for process in running { process.signal(SIGINT) }
      }
      running = try running.filter { process in
        guard let ending = process.ending() else { return true }
        guard !interruption.happened else { return false }
        progress.clear()
        if case .finished(let result) = try standing(process.trial) {
          finished += 1
          if showsProgress { try writeOutput("\(finished)/\(trials.count)  \(result.line)\n") }
        } else if case .failed(let line) = ending {
          failures.append(line)
          writeError("tollgate: \(process.trial.name): \(line)\n")
        }
        return false
      }
      if progress.isDue {
        let left = waitingWork + (try work(of: running.map(\.trial)))
        progress.show("trial \(finished)/\(trials.count)", fraction: 1 - left / total)
      }
      usleep(50_000)
    }
    progress.clear()
    if interruption.happened {
      throw Failure(
        "interrupted; the same command goes on where it was", status: 128 + interruption.signal)
    }
    guard failures.isEmpty else {
      throw Failure(
        "\(failures.count) of \(trials.count) trials failed, the last one: \(failures.last ?? "")")
    }
  }

  /// What is left to do for trials, in parameters and epochs, which the time goes with.
  private func work(of trials: some Sequence<Trial>) throws -> Double {
    try trials.reduce(0) { sum, trial in
      guard case .begun(let epoch) = try standing(trial) else { return sum }
      return sum + Double(trial.parameters) * Double(commands.epochs - epoch)
    }
  }

  private func standing(_ trial: Trial) throws -> Standing {
    let run: RunSummary
    do throws(RunError) {
      run = try RunSummary.read(commands.path(trial))
    } catch {
      switch error {
      case .file(.notFound), .notARun: return .begun(epoch: 0)
      default: throw error
      }
    }
    guard Trial(run.description, name: run.name) == trial else {
      throw Failure(
        "\(run.path.excerpt): the run there was begun with other settings; choose another --out")
    }
    guard let result = ExperimentResult(run) else { return .begun(epoch: 0) }
    return result.diverged || result.last.epoch >= commands.epochs
      ? .finished(result) : .begun(epoch: result.last.epoch)
  }
}

extension ExperimentResult {
  /// The result in one line.
  fileprivate var line: String {
    guard !diverged else { return "\(trial.name)  diverged in epoch \(last.epoch)" }
    return "\(trial.name)  train loss \(NumberFormat.fixed(last.trainLoss, 4))  test error "
      + "\(NumberFormat.fixed(100 * (1 - last.testAccuracy), 2)) %  \(NumberFormat.fixed(seconds, 1)) s"
  }
}
