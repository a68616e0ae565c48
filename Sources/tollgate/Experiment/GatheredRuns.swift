import HighwayNetworks
import TensorFiles

/// The finished runs below a directory, whoever trained them.
struct GatheredRuns {
  /// What came of the runs that diverged or came as far as any.
  private(set) var results: [ExperimentResult] = []
  /// Why the others are not among them.
  private(set) var problems: [String] = []

  /// Reads run.json and metrics.jsonl of each directory in a directory.
  init(below path: String) throws {
    for name in try Directory.names(in: path).sorted() {
      do throws(RunError) {
        let run = try RunSummary.read("\(path)/\(name)")
        if let result = ExperimentResult(run) {
          results.append(result)
        } else {
          problems.append("\(run.path.excerpt): has no epochs yet, or is no experiment's run")
        }
      } catch {
        problems.append("\(error)")
      }
    }
    // A run that has not come as far as the others is no measure of its setting yet.
    let last = results.filter { !$0.diverged }.map(\.last.epoch).max() ?? 0
    for result in results where !isFinished(result, last) {
      problems.append("\(result.trial.name): at epoch \(result.last.epoch) of \(last)")
    }
    results = results.filter { isFinished($0, last) }
  }

  private func isFinished(_ result: ExperimentResult, _ last: Int) -> Bool {
    result.diverged || result.last.epoch == last
  }
}
