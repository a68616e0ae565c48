import ExplorerUI
import HighwayNetworks
import TensorFiles

/// Rows of text with right-aligned columns, two blanks apart; the last is left as it is where `lastIsText`.
func alignedTable(_ rows: [[String]], lastIsText: Bool = false) -> String {
  let columns = rows.map(\.count).max() ?? 0
  let widths = (0..<columns).map { column in
    rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
  }
  return rows.map { row in
    zip(row, widths).enumerated().map { column, cell in
      lastIsText && column == columns - 1
        ? cell.0 : String(repeating: " ", count: cell.1 - cell.0.count) + cell.0
    }.joined(separator: "  ") + "\n"
  }.joined()
}

/// Rows of comma-separated values.
///
/// The cells are numbers and names of our own, which need no quotes.
func csvText(_ rows: [[String]]) -> String {
  rows.map { $0.joined(separator: ",") + "\n" }.joined()
}

extension JSON {
  /// An object of members in their order.
  static func members(_ members: [(String, JSON)]) -> JSON {
    .object(members.map { Member($0.0, $0.1) })
  }
}

/// What an analysis is about: a network and its samples, or a recording.
protocol AnalysisSubject {
  /// The path of its file.
  var path: String { get }
  /// The epoch, where the files tell it.
  var epoch: Int? { get }
  /// What stands above a table.
  var heading: String { get }
  /// Whether what the network predicts are the classes by which samples are grouped.
  var predictsGroups: Bool { get }
  /// What is held, for programs.
  var heldDocument: JSON { get }
  /// The samples, for programs.
  func dataDocument(samplesByClass: [Int]) -> JSON
}

extension AnalysisSubject {
  var predictsGroups: Bool { true }
}

extension Subject: AnalysisSubject {
  var predictsGroups: Bool { data.set.text == nil && stepGroups == nil }

  /// The samples, for programs.
  func dataDocument(samplesByClass: [Int]) -> JSON {
    .members([
      ("name", .string(data.set.name)), ("split", .string(split.rawValue)),
      ("samples", .integer(samplesByClass.reduce(0, +))),
      ("samplesByClass", .array(samplesByClass.map { .integer($0) })),
      ("classes", .strings(stepGroups ?? data.set.classNames)),
    ])
  }

  /// What is held, for programs: a layer, its unit or null for all of them, and the value of T.
  var heldDocument: JSON {
    .array(
      clamps.entries.map { entry in
        .members([
          ("layer", .integer(entry.target.layer)),
          ("unit", entry.target.unit.map { .integer($0) } ?? .null), ("value", .real(entry.value)),
        ])
      })
  }

  /// What stands above a table: the samples, the checkpoint and what is held.
  var heading: String {
    let count =
      samples.count == 1
      ? "1 \(split.rawValue) sample"
      : "\(NumberFormat.count(samples.count)) \(split.rawValue) samples"
    var text =
      "\(count) of \(data.set.name.excerpt): " + path.printablePath
      + (epoch.map { ", epoch \($0)" } ?? "") + "\n"
    guard clamps.entries.count <= 12 else {
      return text + "held: T by \(clamps.entries.count) clamps\n"
    }
    for entry in clamps.entries {
      let unit = entry.target.unit.map { ", unit \($0)" } ?? ""
      text += "held: T of layer \(entry.target.layer)\(unit) at \(entry.value)\n"
    }
    return text
  }
}
