import HighwayNetworks
import Libc
import TensorFiles

/// Trains cells, several processes at once.
struct ExperimentRunner {
  let commands: CellCommands
  let jobs: Int
  /// Whether a line is printed for each finished cell.
  let showsProgress: Bool

  /// How far a cell is.
  private enum Standing {
    /// So many epochs are trained.
    case begun(epoch: Int)
    case finished(ExperimentResult)
  }

  /// The cells that are still to be trained.
  func unfinished(_ cells: [ExperimentCell]) throws -> [ExperimentCell] {
    try cells.filter { if case .begun = try standing($0) { true } else { false } }
  }

  /// Trains the cells that are not finished.
  ///
  /// - Throws: ``Failure`` where the experiment was interrupted, or where cells failed for another reason
  ///   than a loss that is not finite; the others are trained to their end first.
  func run(_ cells: [ExperimentCell]) throws {
    var waiting = try unfinished(cells)[...]
    guard !waiting.isEmpty else { return }
    let progress = ProgressLine(isShown: showsProgress)
    let interruption = Interruption.catching()
    let total = try work(of: waiting)
    var waitingWork = total
    var running: [CellProcess] = []
    var failures: [String] = []
    var finished = cells.count - waiting.count
    var isPassedOn = false
    while !running.isEmpty || !waiting.isEmpty && !interruption.happened {
      while running.count < jobs, !interruption.happened, let cell = waiting.popFirst() {
        waitingWork -= try work(of: [cell])
        running.append(try CellProcess(cell, arguments: commands.arguments(cell)))
      }
      if interruption.happened && !isPassedOn {
        isPassedOn = true
        for process in running { process.signal(SIGINT) }
      }
      running = try running.filter { process in
        guard let ending = process.ending() else { return true }
        guard !interruption.happened else { return false }
        progress.clear()
        if case .finished(let result) = try standing(process.cell) {
          finished += 1
          if showsProgress { try writeOutput("\(finished)/\(cells.count)  \(result.line)\n") }
        } else if case .failed(let line) = ending {
          failures.append(line)
          writeError("tollgate: \(process.cell.name): \(line)\n")
        }
        return false
      }
      if progress.isDue {
        let left = waitingWork + (try work(of: running.map(\.cell)))
        progress.show("cell \(finished)/\(cells.count)", fraction: 1 - left / total)
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
        "\(failures.count) of \(cells.count) cells failed, the last one: \(failures.last ?? "")")
    }
  }

  /// What is left to do for cells, in products of weights, which the time goes with.
  private func work(of cells: some Sequence<ExperimentCell>) throws -> Double {
    try cells.reduce(0) { sum, cell in
      guard case .begun(let epoch) = try standing(cell) else { return sum }
      let weights = cell.depth * cell.gating.partCount * cell.units * cell.units
      // The first layer's inputs, 784 for the usual images, weigh in shallow networks.
      return sum + Double(weights + 784 * cell.units) * Double(commands.epochs - epoch)
    }
  }

  private func standing(_ cell: ExperimentCell) throws -> Standing {
    let run: RunSummary
    do throws(RunError) {
      run = try RunSummary.read(commands.path(cell))
    } catch {
      switch error {
      case .file(.notFound), .notARun: return .begun(epoch: 0)
      default: throw error
      }
    }
    guard ExperimentCell(run.description) == cell else {
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
    guard !diverged else { return "\(cell.name)  diverged in epoch \(last.epoch)" }
    return "\(cell.name)  train loss \(fixed(last.trainLoss, 4))  test error "
      + "\(fixed(100 * (1 - last.testAccuracy), 2)) %  \(fixed(seconds, 1)) s"
  }
}
