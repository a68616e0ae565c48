import TerminalHarness
import Testing

/// What the mouse does, in the reports that terminals send.
struct MouseTests {
  private func report(_ button: Int, _ x: Int, _ y: Int, release: Bool = false) -> String {
    "\u{1B}[<\(button);\(x + 1);\(y + 1)\(release ? "m" : "M")"
  }

  /// The column and row of a text on the screen.
  private func place(of text: String, _ terminal: PseudoTerminal) throws -> (x: Int, y: Int) {
    let rows = terminal.screen.text
    let y = try #require(rows.lastIndex { $0.contains(text) }, "no \(text)")
    let range = try #require(rows[y].firstRange(of: text))
    return (rows[y].distance(from: rows[y].startIndex, to: range.lowerBound), y)
  }

  @Test func tabsHintsAndTheTimelineTakeClicksAndDrags() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    let tab = try place(of: "Classes", terminal)
    terminal.send(report(0, tab.x, tab.y) + report(0, tab.x, tab.y, release: true))
    try terminal.wait(forText: "0 left − mean")
    let hint = try place(of: "[] class", terminal)
    terminal.send(report(0, hint.x + 1, hint.y) + report(0, hint.x + 1, hint.y, release: true))
    try terminal.wait(forText: "1 middle − mean")
    let marks = try place(of: "●0   ●1   ●2   ●3", terminal)
    terminal.send(report(0, marks.x, marks.y))
    try terminal.wait(for: "epoch 0") { $0.header.contains("epoch 0") }
    // On the way the mouse leaves the timeline.
    terminal.send(report(32, marks.x + 5, marks.y) + report(32, marks.x + 10, marks.y - 9))
    try terminal.wait(for: "epoch 2") { $0.header.contains("epoch 2") }
    terminal.send(report(0, marks.x + 10, marks.y - 9, release: true))
    terminal.send(report(65, marks.x, marks.y))
    try terminal.wait(for: "epoch 3") { $0.header.contains("epoch 3") }
    #expect(terminal.screen.unknown == [])
  }
}
