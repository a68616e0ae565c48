import HighwayNetworks

/// The key of the walk between the codes of two lines, and what is written from one code alone.
extension SampleView {
  static let ownCommands = [walk]

  static let walk = Command(
    own: "walk", [.character("P")], "walk",
    "autoencoder: lines between this sample and another", .choose,
    problem: \.walkProblem
  ) { state in
    state.toggleWalk()
    if let start = state.walkStart {
      state.message = Message(
        .notice, "the walk begins at sample \(start); go to another with , . or /s and its number")
    }
    return []
  }

  /// Draws the line that is written from the sample's code; the rows that it takes stand at the foot of the input.
  static func drawWritten(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard rect.height > 1 else { return }
    let theme = Theme(canvas.capabilities)
    canvas.put(
      "written from its code (mean)", at: Point(x: rect.x + 1, y: rect.y), style: theme.title,
      width: rect.width - 1)
    let text = state.walk.value.map { CodeWalk.line($0.stops[0].tokens) } ?? state.walk.note ?? ""
    let lines = wrapped(text, to: max(8, rect.width - 1))
    let room = rect.height - 1
    for (offset, line) in lines.prefix(room).enumerated() {
      // Of what has no room the last row shows the beginning.
      let isCut = offset == room - 1 && lines.count > room
      canvas.put(
        isCut ? line + " " + lines[room] : line,
        at: Point(x: rect.x + 1, y: rect.y + 1 + offset), style: theme.text,
        width: rect.width - 1)
    }
  }

  /// The rows at the foot of the input for the line that is written from the sample's code; none elsewhere.
  static func writtenRows(_ state: ExplorerState, of height: Int) -> Int {
    state.walkProblem == nil && state.walkRequest != nil ? max(2, min(5, height / 3)) : 0
  }
}
