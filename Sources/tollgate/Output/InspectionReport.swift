import HighwayNetworks
import TensorFiles

/// What `inspect` prints.
struct InspectionReport {
  private static let labelWidth = 15

  private let inspection: Inspection

  init(_ inspection: Inspection) { self.inspection = inspection }

  /// Sections for people; an empty one says so.
  var text: String {
    var text = "\(inspection.path.printablePath): \(inspection.kind.rawValue)\n"
    for (title, findings) in sections {
      text += "\n\(title)\n"
      if findings.isEmpty { text += "  nothing\n" }
      for finding in findings {
        for (index, line) in finding.lines.enumerated() {
          let label = index == 0 ? finding.label : ""
          let space = max(1, Self.labelWidth - label.count)
          text += "  " + label + String(repeating: " ", count: space) + line + "\n"
        }
      }
    }
    text += "\nWRONG\n"
    if inspection.wrong.isEmpty { text += "  nothing\n" }
    for line in inspection.wrong { text += "  \(line)\n" }
    return text
  }

  /// One object: `path`, `kind`, an object of findings for each section, and `wrong`, a list of texts.
  var json: String {
    let keys = ["confirmed", "inferred", "unknown"]
    let members = zip(keys, sections).map { key, section in
      JSON.Member(key, .object(section.findings.map { JSON.Member($0.key, $0.value) }))
    }
    return JSON.object(
      [
        JSON.Member("path", .string(inspection.path)),
        JSON.Member("kind", .string(inspection.kind.rawValue)),
      ] + members + [JSON.Member("wrong", .strings(inspection.wrong))]
    ).text
  }

  private var sections: [(title: String, findings: [Inspection.Finding])] {
    [
      ("CONFIRMED", inspection.confirmed), ("INFERRED", inspection.inferred),
      ("UNKNOWN", inspection.unknown),
    ]
  }
}
