import ArgumentParser
import HighwayNetworks

/// `tollgate lesion`: what breaks when a layer's gates are held shut.
struct Lesion: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print loss and error with T of each highway layer held at 0, one layer at a time.",
    discussion: """
      The first line is the network as it is; in --csv its layer is left empty. Where the carry gate is \
      not 1 − T, as in plain layers, a layer with T at 0 passes on less than its input, or nothing.
      """)

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    try reportingFailure {
      let opened = try subject.open()
      let progress = ProgressLine(isShown: true)
      let interruption = Interruption.catching()
      let sweep = Inference(opened.network, clamps: opened.clamps).lesions(
        of: opened.samples, threads: subject.threads,
        continues: { fraction in
          progress.show("lesions", fraction: fraction)
          return !interruption.happened
        })
      progress.clear()
      guard let sweep else {
        throw Failure("interrupted; nothing was written", status: 128 + interruption.signal)
      }
      SubjectOptions.note(opened, loss: sweep.baseline.loss)
      let report = LesionReport(subject: opened, sweep: sweep)
      try writeOutput(format.choose(text: report.table, json: report.json, csv: report.csv))
    }
  }
}
