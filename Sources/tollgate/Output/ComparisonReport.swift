import ExplorerUI
import HighwayNetworks
import TensorFiles

/// What `compare` prints.
struct ComparisonReport {
  private let comparison: Comparison
  private let ascii: Bool

  private static let plotSize = Size(width: 80, height: 18)

  /// Reads what the runs' small files say.
  init(_ paths: [String], ascii: Bool) {
    self.ascii = ascii
    var comparison = Comparison(
      paths.map { path in
        do {
          return Comparison.Entry(path: path, summary: try RunSummary.read(path))
        } catch {
          return Comparison.Entry(path: path, problem: Failure(error).line)
        }
      })
    // Whoever names runs wants all of them; no key shows others.
    comparison.showsAll = true
    self.comparison = comparison
  }

  /// Why runs cannot be read, a line each.
  var problems: [String] { comparison.entries.compactMap(\.problem) }

  /// What is said where none of them is a run, in one line.
  var noRuns: String {
    "none of these is a run that can be read: " + problems.joined(separator: "; ")
  }

  /// What is left out of each run, a line each.
  var notes: [String] {
    comparison.entries.compactMap { entry in
      entry.summary.flatMap { summary in
        summary.metricsProblem?.leavingOut(lines: summary.unreadableMetrics)
      }
    }
  }

  /// Whether none of them is a run; there is nothing to set side by side then.
  var isEmpty: Bool { comparison.entries.allSatisfy { $0.summary == nil } }

  /// A table for people, and the training loss by epoch.
  var table: String {
    let header = [
      "", "gating", "depth", "units", "parameters", "data", "epoch", "train loss", "test loss",
      "test acc. %", "best %", "seconds", "run",
    ]
    let rows = comparison.entries.enumerated().map { index, entry -> [String] in
      let number = "\(index + 1)"
      guard let summary = entry.summary else {
        return [number] + Array(repeating: "", count: header.count - 2) + [sanitized(entry.path)]
      }
      let last = summary.last
      return [
        number, summary.gatingName, "\(summary.depth)", "\(summary.units)",
        NumberFormat.count(summary.parameters), data(summary)?.excerpt ?? "unnamed",
        last.map { "\($0.epoch)" } ?? "–",
        summary.diverged ? "diverged" : last.map { NumberFormat.loss($0.trainLoss) } ?? "–",
        last.map { NumberFormat.loss($0.testLoss) } ?? "–",
        last.map { NumberFormat.fixed(100 * $0.testAccuracy, 2) } ?? "–",
        summary.greatestTestAccuracy.map { NumberFormat.fixed(100 * $0.testAccuracy, 2) } ?? "–",
        NumberFormat.fixed(summary.seconds, 1),
        sanitized(entry.path),
      ]
    }
    var text = alignedTable([header] + rows)
    for (index, entry) in comparison.entries.enumerated() {
      if let problem = entry.problem { text += "\(index + 1) cannot be read: \(problem)\n" }
    }
    let differing = comparison.differingData
    if !differing.isEmpty {
      text += "other data: \(differing.map(\.excerpt).joined(separator: ", "))\n"
    }
    return ascii ? plain(text + "\n") + plot : text + "\n" + plot
  }

  /// One object: a run each, with its numbers and its curve, or why it cannot be read.
  var json: String {
    JSON.members([("runs", .array(comparison.entries.map(document)))]).text
  }

  /// A line for each run.
  var csv: String {
    let header = [
      "run", "gating", "depth", "units", "parameters", "data", "epoch", "trainLoss",
      "trainAccuracy", "testLoss", "testAccuracy", "leastTestLoss", "leastTestLossEpoch",
      "greatestTestAccuracy", "greatestTestAccuracyEpoch", "seconds", "diverged", "error",
    ]
    let rows = comparison.entries.map { entry -> [String] in
      guard let summary = entry.summary else {
        return [quoted(entry.path)] + Array(repeating: "", count: header.count - 2)
          + [quoted(entry.problem ?? "")]
      }
      let (last, least) = (summary.last, summary.leastTestLoss)
      let greatest = summary.greatestTestAccuracy
      return [
        quoted(entry.path), summary.gatingName, "\(summary.depth)", "\(summary.units)",
        "\(summary.parameters)", quoted(summary.description.data?.name ?? ""),
        last.map { "\($0.epoch)" } ?? "", number(last?.trainLoss), number(last?.trainAccuracy),
        number(last?.testLoss), number(last?.testAccuracy), number(least?.testLoss),
        least.map { "\($0.epoch)" } ?? "", number(greatest?.testAccuracy),
        greatest.map { "\($0.epoch)" } ?? "", number(summary.seconds),
        "\(summary.diverged)", "",
      ]
    }
    return csvText([header] + rows)
  }

  // MARK: - Parts

  /// The curves as rows of text, each made of its run's number.
  private var plot: String {
    var canvas = Canvas(
      size: Self.plotSize, capabilities: Capabilities(colors: .mono, unicode: !ascii))
    CompareCurves(comparison).draw(on: &canvas, in: canvas.bounds)
    return canvas.textRows().map { $0 + "\n" }.joined()
  }

  /// The text with nothing but ASCII, as the canvas shows it.
  private func plain(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
      var canvas = Canvas(
        size: Size(width: line.count * 2, height: 1),
        capabilities: Capabilities(colors: .mono, unicode: false))
      canvas.put(String(line), at: Point(x: 0, y: 0))
      return (canvas.textRows().first ?? "") + "\n"
    }.joined()
  }

  private func document(_ entry: Comparison.Entry) -> JSON {
    guard let summary = entry.summary else {
      return .members([("run", .string(entry.path)), ("error", .string(entry.problem ?? ""))])
    }
    return .members([
      ("run", .string(entry.path)), ("gating", .string(summary.gatingName)),
      ("depth", .integer(summary.depth)), ("units", .integer(summary.units)),
      ("parameters", .integer(summary.parameters)),
      ("data", summary.description.data.map { .string($0.name) } ?? .null),
      ("trainingExamples", summary.description.data.map { .integer($0.trainingExamples) } ?? .null),
      ("diverged", .bool(summary.diverged)), ("seconds", .real(summary.seconds)),
      ("last", summary.last.map(document) ?? .null),
      ("leastTestLoss", summary.leastTestLoss.map(document) ?? .null),
      ("greatestTestAccuracy", summary.greatestTestAccuracy.map(document) ?? .null),
      ("epochs", .array(summary.metrics.map(document))),
    ])
  }

  private func document(_ metrics: EpochMetrics) -> JSON {
    .members([
      ("epoch", .integer(metrics.epoch)), ("trainLoss", .real(metrics.trainLoss)),
      ("trainAccuracy", .real(metrics.trainAccuracy)), ("testLoss", .real(metrics.testLoss)),
      ("testAccuracy", .real(metrics.testAccuracy)), ("seconds", .real(metrics.seconds)),
    ])
  }

  private func data(_ summary: RunSummary) -> String? { summary.description.data?.name }

  /// A number of a table of comma-separated values; empty where it was not measured.
  private func number(_ value: Double?) -> String {
    value.map { $0.isFinite ? "\($0)" : "" } ?? ""
  }

  /// A text from outside, with quotes where it would break its row or be taken for a formula.
  private func quoted(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "/._- ".contains($0) }
    return isPlain && text.first != "-" ? sanitized(text) : NumberTable.quoted(text)
  }
}
