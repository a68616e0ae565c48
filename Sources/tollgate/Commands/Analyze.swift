import ArgumentParser
import ExplorerUI
import HighwayNetworks
import TensorFiles

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

  @Option(
    help: ArgumentHelp(
      """
      The words nearest to these, before and after the highway layers of a network that reads a text; with commas \
      between them.
      """, valueName: "list"))
  var words: String?

  @Option(
    help: ArgumentHelp(
      """
      Lines that a variational autoencoder writes between the codes of two samples, such as 3,17, with the mean T of its \
      highway layers.
      """, valueName: "a,b"))
  var walk: CommaList<Int>?

  @Option(
    help: """
      What the steps of sequences with a class each are grouped by: class, or change, how near the class changes; change \
      adds a table of the gates.
      """)
  var group: StepGroups?

  @OptionGroup var format: FormatOptions

  func validate() throws {
    guard 0 <= low, low <= high, high <= 1 else {
      throw ValidationError("--low, --high: expected 0 ≤ low ≤ high ≤ 1, found \(low), \(high)")
    }
  }

  func run() throws {
    try reportingFailure {
      if RecordingTimeline.isOne(subject.path) {
        guard Processes.isFirst else { return }
        let report = try subject.recorded(Thresholds(low: low, high: high))
        try writeOutput(format.choose(text: report.table, json: report.json, csv: report.csv))
        return
      }
      var opened = try subject.open()
      if group == .change {
        guard let grouped = opened.groupedByChange else {
          throw Failure.usage(
            "--group: the steps of \(opened.data.set.name.excerpt) have no classes of their own")
        }
        opened = grouped
      }
      let inference = Inference(
        opened.network, clamps: opened.clamps, ranks: Processes.ranks)
      let statistics = inference.statistics(
        of: opened.samples, thresholds: Thresholds(low: low, high: high), threads: subject.threads)
      SubjectOptions.note(opened, loss: statistics.loss)
      var report = AnalysisReport(subject: opened, statistics: statistics)
      report.stepGroups = opened.stepGroups.map { statistics.table(ofStepGroups: $0) }
      if opened.data.set.text != nil {
        let sweep = inference.lesions(of: opened.samples, lesioned: [], threads: subject.threads)
        report.text = TextReport(
          groups: opened.data.set.classNames, tokens: sweep.samplesByClass,
          outcome: sweep.baseline, features: inference.wordFeatures(of: opened.samples),
          words: (words ?? "").split(separator: ",").map(String.init))
      } else if words != nil {
        throw Failure.usage("--words: \(opened.data.set.name.excerpt) is no text")
      }
      report.code = try statistics.codes.map { codes in
        CodeReport(codes: codes, walk: try walk.map { try way($0, opened) })
      }
      if walk != nil, report.code == nil {
        throw Failure.usage(
          "--walk: \(subject.path.excerpt) has no code between an encoder and a decoder")
      }
      if let unknown = report.text?.unknownWord {
        throw Failure.usage("--words: \(unknown)")
      }
      try writeOutput(format.choose(text: report.table, json: report.json, csv: report.csv))
    }
  }

  /// The way between the two samples that were asked for.
  private func way(_ ends: CommaList<Int>, _ opened: Subject) throws -> CodeWalk {
    let count = opened.samples.count
    guard ends.elements.count == 2, ends.elements.allSatisfy({ 0..<count ~= $0 }) else {
      throw Failure.usage("--walk: expected two samples from 0 to \(count - 1), such as 3,17")
    }
    guard
      let walk = Inference(opened.network, clamps: opened.clamps)
        .walk(ends.elements, of: opened.samples, stops: WalkRequest.stops)
    else { throw Failure.usage("--walk: \(opened.data.set.name.excerpt) is no text") }
    return walk
  }
}
