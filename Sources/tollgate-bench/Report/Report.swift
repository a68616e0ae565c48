import HighwayNetworks
import TensorFiles

/// Everything that a run of the benchmark found.
struct Report {
  let machine: Machine
  let data: String
  let threads: Int
  let ceilings: Ceilings
  let outcomes: [Outcome]
  /// The greatest amount of memory during the cases, in bytes.
  let peakMemory: Int

  /// The report as a table for people.
  var table: String {
    var lines = [
      "\(machine.processor), \(threads) \(threads == 1 ? "thread" : "threads"), release build, "
        + "oneDNN \(machine.oneDNN)",
      "data: \(data)",
    ]
    let peaks = ceilings.multiplyAdd.enumerated().map { index, value in
      "\(NumberFormat.fixed(value / 1e9, 0)) GFLOP/s on \(index + 1)"
    }
    lines.append(
      "ceilings: multiply-add \(peaks.joined(separator: ", ")); "
        + "memory copy \(NumberFormat.fixed(ceilings.copy / 1e9, 1)) GB/s, read and written, on \(threads)"
    )
    lines.append("")
    let header = [
      "case", "best", "median", "runs", "GFLOP", "rate", "of ceiling", "per 60,000", "shape",
    ]
    lines += aligned([header] + outcomes.map(row))
    lines.append("")
    lines.append(
      "GFLOP counts the matrix products; per 60,000 is the best run scaled up. Peak memory "
        + "\(NumberFormat.fixed(Double(peakMemory) / 1e6, 0)) MB.")
    return lines.joined(separator: "\n") + "\n"
  }

  private func row(_ outcome: Outcome) -> [String] {
    switch outcome.result {
    case .failure(let failure):
      return [outcome.name, "wrong", "", "", "", "", "", "", failure.line]
    case .success(let timing):
      let rate = outcome.rate(timing, ceilings)
      return [
        outcome.name, duration(timing.best), duration(timing.median),
        NumberFormat.count(timing.runs),
        outcome.operations.map { NumberFormat.compact($0 / 1e9) } ?? "–",
        rate.map { "\(NumberFormat.compact($0.value / 1e9)) \($0.unit)" } ?? "–",
        rate.map { "\(NumberFormat.fixed($0.ratio * 100, 1)) %" } ?? "–",
        outcome.epochFactor.map { "~" + duration($0 * timing.best) } ?? "",
        outcome.shape,
      ]
    }
  }

  /// Rows with columns padded to equal width; the first and the last stand left, the others right.
  private func aligned(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        if column == columns - 1 { return cell }
        return column == 0 ? cell + space : space + cell
      }.joined(separator: "  ")
    }
  }

  /// The report as a document for programs; times are seconds, rates are per second.
  var json: JSON {
    .object([
      JSON.Member("processor", .string(machine.processor)),
      JSON.Member("oneDNN", .string(machine.oneDNN)),
      JSON.Member("threads", .integer(threads)),
      JSON.Member("data", .string(data)),
      JSON.Member(
        "ceilings",
        .object([
          JSON.Member("multiplyAdd", .array(ceilings.multiplyAdd.map { .real($0) })),
          JSON.Member("copy", .real(ceilings.copy)),
        ])),
      JSON.Member("cases", .array(outcomes.map(entry))),
      JSON.Member("peakMemory", .integer(peakMemory)),
    ])
  }

  private func entry(_ outcome: Outcome) -> JSON {
    var members = [
      JSON.Member("case", .string(outcome.name)), JSON.Member("shape", .string(outcome.shape)),
    ]
    if let operations = outcome.operations {
      members.append(JSON.Member("operations", .real(operations)))
    }
    if let bytes = outcome.bytes { members.append(JSON.Member("bytes", .real(bytes))) }
    switch outcome.result {
    case .failure(let failure): members.append(JSON.Member("error", .string(failure.line)))
    case .success(let timing):
      members += [
        JSON.Member("best", .real(timing.best)), JSON.Member("median", .real(timing.median)),
        JSON.Member("runs", .integer(timing.runs)),
      ]
      if let rate = outcome.rate(timing, ceilings) {
        members += [
          JSON.Member("rate", .real(rate.value)), JSON.Member("ofCeiling", .real(rate.ratio)),
        ]
      }
      if let factor = outcome.epochFactor {
        members.append(JSON.Member("bestPer60000", .real(factor * timing.best)))
      }
    }
    return .object(members)
  }
}
