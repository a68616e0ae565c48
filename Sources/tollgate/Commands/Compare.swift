import ArgumentParser
import ExplorerUI
import HighwayNetworks
import Libc
import TensorFiles

/// `tollgate compare`: several runs side by side.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set runs side by side: their curves, their numbers and what their gates do.",
    discussion: """
      On a terminal the explorer opens on view 7; in a pipe, or with --text, a table and a plot of \
      the training loss are printed. What cannot be read gets a row that says why, and exit status 1.
      """)

  @Argument(help: "Two to eight run directories.", transform: typedPath)
  var runs: [String]

  @Flag(help: "Print a table and a plot, also on a terminal.")
  var text = false

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: ExplorerOptions

  func validate() throws {
    guard (2...Comparison.most).contains(runs.count) else {
      throw ValidationError("expected 2 to \(Comparison.most) runs, found \(runs.count)")
    }
    for (index, run) in runs.enumerated() where runs[..<index].contains(run) {
      throw ValidationError("\(run.excerpt): named twice")
    }
  }

  func run() throws {
    try reportingFailure {
      let isPrinted = text || format.json || format.csv || isatty(1) == 0
      if !isPrinted, let model = runs.lazy.compactMap({ try? ModelSource($0) }).first {
        try options.explore(.one(model), first: .comparisonAsked(runs))
        return
      }
      let report = ComparisonReport(runs, ascii: options.ascii)
      guard !report.isEmpty || format.json || format.csv else {
        throw Failure(report.noRuns)
      }
      for note in report.notes { writeError("tollgate: note: \(note)\n") }
      try writeOutput(format.choose(text: report.table, json: report.json, csv: report.csv))
      if let problem = report.problems.first { throw Failure(problem) }
    }
  }
}
