import ArgumentParser
import ExplorerUI
import HighwayNetworks

/// `tollgate lesion`: what breaks when a layer's gates are held shut.
struct Lesion: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print loss and error with T of each highway layer held at 0, one layer at a time.",
    discussion: """
      With --range, the layers of each range are lesioned at once, and single layers are not. Below the \
      table stands how many layers could go. The first line is the network as it is; in --csv its layer is left empty. Where the carry gate is \
      not 1 − T, as in plain layers, a layer with T at 0 passes on less than its input, or nothing.
      """)

  @OptionGroup var subject: SubjectOptions
  @Option(
    help: ArgumentHelp(
      "Lesion these layers at once, such as 20-49; may be given several times.",
      valueName: "first-last"))
  var range: [LayerRange] = []

  @OptionGroup var format: FormatOptions

  func run() throws {
    try reportingFailure {
      let opened = try subject.open()
      if let problem = opened.outcomeProblem { throw Failure(problem) }
      let gated = opened.network.architecture.gatedLayers
      let ranges = try range.map { try gated.members(of: $0.layers, option: "--range") }
      if ranges.isEmpty, gated.count > LesionRequest.mostLayers {
        writeError(
          "tollgate: note: \(NumberFormat.count(gated.count)) layers are lesioned one at a time, each with all "
            + "layers after it, which takes hours; --range lesions some at once\n")
      }
      let progress = ProgressLine(isShown: Processes.isFirst)
      let interruption = Interruption.catching()
      let ranks = Processes.ranks
      let sweep = Inference(opened.network, clamps: opened.clamps, ranks: ranks).lesions(
        of: opened.samples, lesioned: ranges.isEmpty ? nil : [], threads: subject.threads,
        continues: { fraction in
          progress.show("lesions", fraction: fraction)
          return !interruption.happened
        })
      progress.clear()
      guard let sweep else {
        throw Failure(
          "interrupted; nothing was written", status: 128 + Processes.signal(interruption))
      }
      SubjectOptions.note(opened, loss: sweep.baseline.loss)
      func outcome(_ layers: [Int]) -> LesionSweep.Outcome {
        var clamps = opened.clamps
        for layer in layers { clamps.hold(GateClamps.Target(layer: layer), at: 0) }
        return Inference(opened.network, clamps: clamps, ranks: ranks).lesions(
          of: opened.samples, lesioned: [], threads: subject.threads
        ).baseline
      }
      let dispensable = sweep.dispensable
      let report = LesionReport(
        subject: opened, sweep: sweep, ranges: ranges.map { ($0, outcome($0)) },
        together: dispensable.count > 1 ? outcome(dispensable) : nil)
      try writeOutput(format.choose(text: report.table, json: report.json, csv: report.csv))
    }
  }
}
