import HighwayNetworks
import TensorFiles

/// What was found out about the explorer, beside what is wanted.
struct ExplorerReport {
  let machine: Machine
  let model: String
  let findings: [Finding]

  /// The report as a table for people.
  var table: String {
    let rows = [["what", "goal", "found", "", ""]] + findings.map(row)
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.enumerated().map { column, cell in
        guard column < 4 else { return cell }
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 1 || column == 2 ? space + cell : cell + space
      }.joined(separator: "  ")
    }
    return "\(machine.processor), \(processorCount()) processors, release build; \(model)\n\n"
      + lines.map { $0 + "\n" }.joined()
  }

  private func row(_ finding: Finding) -> [String] {
    [
      finding.what, finding.goal.map { "≤ " + text($0, finding.unit) } ?? "",
      text(finding.found, finding.unit),
      finding.meetsGoal.map { $0 ? "reached" : "missed" } ?? "", finding.note,
    ]
  }

  private func text(_ value: Double, _ unit: Finding.Unit) -> String {
    switch unit {
    case .seconds: duration(value)
    case .percent: NumberFormat.fixed(value, 1) + " %"
    case .count: NumberFormat.count(Int(value))
    case .bytes: NumberFormat.fixed(value / 1_048_576, 1) + " MiB"
    }
  }

  /// The report as a document for programs.
  var json: JSON {
    .object([
      JSON.Member("processor", .string(machine.processor)), JSON.Member("model", .string(model)),
      JSON.Member(
        "findings",
        .array(
          findings.map { finding in
            var members = [
              JSON.Member("what", .string(finding.what)),
              JSON.Member("found", .real(finding.found)),
              JSON.Member("unit", .string(finding.unit.rawValue)),
            ]
            if let goal = finding.goal { members.append(JSON.Member("goal", .real(goal))) }
            members.append(JSON.Member("note", .string(finding.note)))
            return .object(members)
          })),
    ])
  }
}
