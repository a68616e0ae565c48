extension ExplorerState {
  /// The name that is proposed for a file of what is shown, without its end: of the model, the view and the epoch.
  package var proposedName: String {
    let epoch = timeline.current.map { "-epoch\($0.id.number)" } ?? ""
    let name = display.view.subject == .runs ? "tollgate" : fileName(model?.name ?? "")
    return "\(name)-\(display.view.word)\(epoch)"
  }

  /// The name that is proposed for a picture of what is shown.
  var proposedPicture: String { proposedName + ".svg" }

  /// What a name becomes as part of a file's: letters, digits and a few signs, of a length that disks take.
  private func fileName(_ name: String) -> String {
    let signs: Set<Unicode.Scalar> = ["-", "_", ".", "+"]
    let plain = name.unicodeScalars.prefix(60).map { scalar -> Character in
      let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      return isPlain || signs.contains(scalar) ? Character(scalar) : "-"
    }
    let trimmed = plain.drop { $0 == "." || $0 == "-" }
    return trimmed.isEmpty ? "tollgate" : String(trimmed)
  }

  /// Asks for what is shown to be written in a format, as words say: first how, then where to.
  ///
  /// A name that says another format gets an end of its own.
  func export(_ format: PictureFormat, _ words: String) throws(LookupError) -> [Effect] {
    var options = PictureOptions()
    var rest = words.split(separator: " ", omittingEmptySubsequences: false)[...]
    while let word = rest.first, try take(word, into: &options) { rest.removeFirst() }
    var path = path(typed: rest.joined(separator: " "))
    if path.isEmpty { path = proposedName }
    if PictureFormat(path: path) != format { path += format.ending }
    return [.export(path: path, options, replaces: false)]
  }

  /// Takes a word for how a picture is drawn; whether it is one.
  private func take(
    _ word: Substring, into options: inout PictureOptions
  ) throws(LookupError) -> Bool {
    switch word {
    case "": break
    case "cursor": options.showsCursor = true
    case "inspector": options.showsInspector = true
    default:
      if let ground = Ground(rawValue: String(word)) {
        options.ground = ground
      } else if word.hasPrefix("panel=") {
        options.panels = try panels(named: String(word.dropFirst("panel=".count)))
      } else {
        return false
      }
    }
    return true
  }

  /// Asks for what is shown to be written to a file.
  mutating func export(to text: String) -> [Effect] {
    let path = path(typed: text)
    guard !path.isEmpty else {
      message = Message(.notice, "nothing was written")
      return []
    }
    guard PictureFormat(path: path) != nil else {
      message = Message(
        .warning, "export: the name says no format; it should end in \(PictureFormat.endings)")
      return []
    }
    return [.export(path: path, replaces: false)]
  }
}
