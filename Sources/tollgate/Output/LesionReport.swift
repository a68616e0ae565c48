import HighwayNetworks
import TensorFiles

/// What `lesion` prints.
struct LesionReport {
  let subject: Subject
  let sweep: LesionSweep

  /// A table for people: the network as it is, then a line for each lesion.
  var table: String {
    let classes = subject.data.set.classNames
    let rows =
      [["none"] + cells(sweep.baseline, classes.count)]
      + sweep.layers.map { [String($0.layer)] + cells($0.outcome, classes.count) }
    return subject.heading
      + "\(sweep.samplesByClass.reduce(0, +)) samples, T of one layer held at 0; "
      + "loss in nats, error and each class's in %\n\n"
      + alignedTable([["lesion", "loss", "error"] + classes.map(\.excerpt)] + rows)
  }

  /// One object with everything; the error of a class without samples is null.
  var json: String {
    JSON.members([
      ("checkpoint", .string(subject.path)), ("epoch", subject.epoch.map { .integer($0) } ?? .null),
      ("data", subject.dataDocument(samplesByClass: sweep.samplesByClass)),
      ("clamps", subject.heldDocument),
      ("baseline", .members(document(sweep.baseline))),
      (
        "layers",
        .array(
          sweep.layers.map { .members([("layer", .integer($0.layer))] + document($0.outcome)) })
      ),
    ]).text
  }

  /// A line for the network as it is, with an empty layer, and one for each lesion; the error of a class
  /// without samples is left out.
  var csv: String {
    let classes = subject.data.set.classNames.indices
    let header = ["layer", "loss", "error"] + classes.map { "classError\($0)" }
    func row(_ layer: String, _ outcome: LesionSweep.Outcome) -> [String] {
      [layer, "\(outcome.loss)", "\(outcome.error)"]
        + classes.map { error(outcome, $0).map { "\($0)" } ?? "" }
    }
    return csvText(
      [header, row("", sweep.baseline)] + sweep.layers.map { row(String($0.layer), $0.outcome) })
  }

  private func cells(_ outcome: LesionSweep.Outcome, _ classes: Int) -> [String] {
    [NumberFormat.fixed(outcome.loss, 4), NumberFormat.fixed(100 * outcome.error, 2)]
      + (0..<classes).map { error(outcome, $0).map { NumberFormat.fixed(100 * $0, 2) } ?? "-" }
  }

  /// The error of a class that has samples.
  private func error(_ outcome: LesionSweep.Outcome, _ label: Int) -> Double? {
    sweep.samplesByClass[label] > 0 ? outcome.classError[label] : nil
  }

  private func document(_ outcome: LesionSweep.Outcome) -> [(String, JSON)] {
    [
      ("loss", .real(outcome.loss)), ("error", .real(outcome.error)),
      (
        "classError",
        .array(outcome.classError.indices.map { error(outcome, $0).map { .real($0) } ?? .null })
      ),
    ]
  }
}
