/// A typed line taken apart into the name of an entry and its arguments.
struct PaletteLine {
  /// The first word.
  let name: String
  /// The words after it, none while the first one is being typed.
  ///
  /// The last one is empty where a blank was typed last.
  let arguments: [String]

  init(_ text: String) {
    let words = text.drop { $0 == " " }
      .split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    name = words.first ?? ""
    let rest = words.dropFirst()
    arguments = rest.dropLast().filter { !$0.isEmpty } + rest.suffix(1)
  }

  /// The arguments for an entry: its last one may hold blanks where it takes the rest of the line.
  func arguments(for entry: PaletteEntry) -> [String] {
    guard let last = entry.arguments.indices.last, entry.arguments[last].takesRest,
      arguments.count > last + 1
    else { return arguments }
    return Array(arguments[..<last]) + [arguments[last...].joined(separator: " ")]
  }

  /// The line up to the argument that is being typed.
  func beginning(for entry: PaletteEntry) -> String {
    ([name] + arguments(for: entry).dropLast()).joined(separator: " ") + " "
  }
}

extension Palette {
  /// The line taken apart.
  var line: PaletteLine { PaletteLine(text) }
}
