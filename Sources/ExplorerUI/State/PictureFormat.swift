/// What a view can be written as.
package enum PictureFormat: String, Hashable, Sendable, CaseIterable {
  /// Rows of characters.
  case text
  /// Rows of characters with escape sequences for colours.
  case ansi
  /// A drawing that is sharp at any size.
  case svg
  /// Pixels.
  case png
  /// A page that is sharp at any size, as papers take it.
  case pdf
  /// The numbers behind the view, comma-separated with a header line.
  case csv
  /// The numbers behind the view as one JSON object.
  case json

  /// Finds the format that a file's name says, whatever its case; nil where it says none.
  package init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "txt", "text": self = .text
    case "ans", "ansi": self = .ansi
    case "svg": self = .svg
    case "png": self = .png
    case "pdf": self = .pdf
    case "csv": self = .csv
    case "json": self = .json
    default: return nil
    }
  }

  /// The end of a name that says the format.
  package var ending: String { self == .text ? ".txt" : "." + rawValue }

  /// Whether it is a drawing, of any size, and not rows of characters or numbers.
  package var isGraphic: Bool {
    switch self {
    case .svg, .png, .pdf: true
    case .text, .ansi, .csv, .json: false
    }
  }

  /// The ends of names that say a format, in words.
  package static let endings = ".svg, .pdf, .png, .txt, .ansi, .csv or .json"

  /// The colours that suit the format where none are asked for: rows of text tell values by characters.
  package var colors: Capabilities.ColorDepth { self == .text ? .mono : .trueColor }
}
