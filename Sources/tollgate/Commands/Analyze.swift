import ArgumentParser
import HighwayNetworks

/// `tollgate analyze`: everything the gates did, as a table, as JSON or as CSV.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what the gates of a network do over a data set, or what recorded gates did.",
    discussion: """
      The table and --csv have a line for each layer and for each unit; --json has all that is known: \
      cells, histograms, path lengths and the rest.
      """)

  @OptionGroup var subject: SubjectOptions

  @Option(parsing: .unconditional, help: "Cells with T below this count as carried.")
  var low: Float = 0.1

  @Option(parsing: .unconditional, help: "Cells with T above this count as transformed.")
  var high: Float = 0.9

  @OptionGroup var format: FormatOptions

  func validate() throws {
    guard 0 <= low, low <= high, high <= 1 else {
      throw ValidationError("--low, --high: expected 0 ≤ low ≤ high ≤ 1, found \(low), \(high)")
    }
  }

  func run() throws {
    try reportingFailure {
      if RecordingTimeline.isOne(subject.path) {
        let report = try subject.recorded(Thresholds(low: low, high: high))
        try writeOutput(format.choose(text: report.table, json: report.json, csv: report.csv))
        return
      }
      let opened = try subject.open()
      let statistics = Inference(opened.network, clamps: opened.clamps).statistics(
        of: opened.samples, thresholds: Thresholds(low: low, high: high), threads: subject.threads)
      SubjectOptions.note(opened, loss: statistics.loss)
      let report = AnalysisReport(subject: opened, statistics: statistics)
      try writeOutput(format.choose(text: report.table, json: report.json, csv: report.csv))
    }
  }
}
