import HighwayNetworks
import TensorFiles

/// What `lesion` prints.
struct LesionReport {
  let subject: Subject
  let sweep: LesionSweep
  /// Layers that were lesioned at once, and what came of it.
  var ranges: [(layers: [Int], outcome: LesionSweep.Outcome)] = []
  /// The outcome without all layers that matter little by themselves, where there are several.
  var together: LesionSweep.Outcome?

  /// A table for people: the network as it is, then a line for each lesion, and what follows from them.
  var table: String {
    let classes = subject.data.set.classNames
    if subject.data.set.text != nil { return perplexityTable(classes) }
    let rows =
      [["none"] + cells(sweep.baseline, classes.count)]
      + sweep.layers.map { [String($0.layer)] + cells($0.outcome, classes.count) }
      + ranges.map { [$0.layers.ranges] + cells($0.outcome, classes.count) }
    let lesioned =
      ranges.isEmpty ? "T of one layer held at 0" : "T of each range of layers held at 0"
    return subject.heading
      + "\(lesioned); loss in nats, error and each class's in %\n\n"
      + alignedTable([["lesion", "loss", "error"] + classes.map(\.excerpt)] + rows)
      + (sweep.layers.isEmpty ? "" : "\n" + sweep.removalWords(together: together) + "\n")
  }

  /// The same of a network that reads a text: its perplexity, and that of each group of tokens.
  private func perplexityTable(_ groups: [String]) -> String {
    func row(_ name: String, _ outcome: LesionSweep.Outcome) -> [String] {
      [name, NumberFormat.fixed(outcome.loss, 4), NumberFormat.fixed(perplexity(outcome.loss), 2)]
        + groups.indices.map {
          sweep.samplesByClass[$0] > 0
            ? NumberFormat.fixed(perplexity(outcome.classLoss[$0]), 1) : "-"
        }
    }
    let rows =
      [row("none", sweep.baseline)] + sweep.layers.map { row(String($0.layer), $0.outcome) }
      + ranges.map { row($0.layers.ranges, $0.outcome) }
    return subject.heading
      + "T, of LSTM layers i, of one layer or range held at 0; loss in nats, perplexity, and that of each group "
      + "of tokens\n\n"
      + alignedTable([["lesion", "loss", "perplexity"] + groups.map(\.excerpt)] + rows)
  }

  /// One object with everything; the error of a class without samples is null.
  var json: String {
    JSON.members(
      [
        ("checkpoint", .string(subject.path)),
        ("epoch", subject.epoch.map { .integer($0) } ?? .null),
        ("data", subject.dataDocument(samplesByClass: sweep.samplesByClass)),
        ("clamps", subject.heldDocument),
        ("baseline", .members(document(sweep.baseline))),
        (
          "layers",
          .array(
            sweep.layers.map { .members([("layer", .integer($0.layer))] + document($0.outcome)) })
        ),
      ] + (ranges.isEmpty ? [] : [("ranges", rangesDocument)])
    ).text
  }

  private var rangesDocument: JSON {
    .array(
      ranges.map { range in
        .members(
          [("layers", .array(range.layers.map { .integer($0) }))] + document(range.outcome))
      })
  }

  /// A line for the network as it is, with an empty layer, and one for each lesion, of layers such as 20-49 where
  /// ranges were lesioned; the error of a class
  /// without samples is left out.
  var csv: String {
    let classes = subject.data.set.classNames.indices
    let header = ["layer", "loss", "error"] + classes.map { "classError\($0)" }
    func row(_ layer: String, _ outcome: LesionSweep.Outcome) -> [String] {
      [layer, "\(outcome.loss)", "\(outcome.error)"]
        + classes.map { error(outcome, $0).map { "\($0)" } ?? "" }
    }
    return csvText(
      [header, row("", sweep.baseline)] + sweep.layers.map { row(String($0.layer), $0.outcome) }
        + ranges.map { row("\($0.layers.first ?? 0)-\($0.layers.last ?? 0)", $0.outcome) })
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
      (
        "classLoss",
        .array(
          outcome.classLoss.indices.map {
            sweep.samplesByClass[$0] > 0 ? .real(outcome.classLoss[$0]) : .null
          })
      ),
    ]
  }
}
