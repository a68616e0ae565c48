extension ExplorerState {
  /// The name that is proposed for a file of what is shown, without its end.
  private var proposedName: String {
    let epoch = timeline.current.map { "-epoch\($0.id.number)" } ?? ""
    return "tollgate-\(display.view.word)\(epoch)"
  }

  /// The name that is proposed for a picture of what is shown.
  var proposedPicture: String { proposedName + ".svg" }

  /// Asks for what is shown to be written in a format; a name that says another one gets an end of its own.
  func export(_ format: PictureFormat, to path: String?) -> [Effect] {
    var path = path ?? proposedName
    if PictureFormat(path: path) != format { path += format.ending }
    return [.export(path: path, replaces: false)]
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
