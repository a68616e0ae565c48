import HighwayNetworks
import Libc
import TerminalHarness

/// How often a picture changes while the network behind it is trained.
enum LivePictureRate {
  /// The views that show what a network does, by their keys.
  private static let views = ["1", "2", "3", "4", "5", "7", "8"]
  private static let seconds = 4

  /// Trains a new network on some data and looks at one view after the other: one that has been trained for long
  /// hardly changes any more.
  static func measure(dataPath: String, depth: Int) throws -> [Finding] {
    try Watching.withRun(epochs: 1, dataPath: dataPath, depth: depth) { run in
      try views.map { try finding($0, run, dataPath) }
    }
  }

  private static func finding(
    _ view: String, _ run: String, _ dataPath: String
  ) throws -> Finding {
    let terminal = try ExplorerSubject.start([run, "--data", dataPath])
    _ = try terminal.frame(showing: "the run") {
      ($0.text.first ?? "").contains("sample 0, true ")
    }
    terminal.send(" ")
    _ = try terminal.frame(showing: "training", patience: .seconds(60)) {
      ($0.text.first ?? "").contains("live, epoch")
    }
    terminal.send(view)
    terminal.pause(.seconds(1))
    let clock = ContinuousClock()
    let begin = clock.now
    var times = [begin]
    var last = body(terminal.screen)
    while clock.now - begin < .seconds(seconds) {
      let end = try terminal.frame(showing: "progress", patience: .seconds(30)) { _ in true }.end
      let now = body(terminal.screen)
      if now != last { times.append(end) }
      last = now
    }
    terminal.signal(SIGTERM)
    _ = try terminal.waitForExit()
    let gaps = zip(times.dropFirst(), times).map { ($0 - $1) / .seconds(1) }
    let rate = NumberFormat.fixed(Double(gaps.count) / Double(seconds), 1)
    let worst = gaps.max().map(duration) ?? "none"
    return Finding(
      what: "between two pictures in view \(view)", goal: 0.25,
      found: gaps.isEmpty ? Double(seconds) : percentile(gaps, 50), unit: .seconds,
      note: "\(dataPath): \(rate) a second, longest \(worst)")
  }

  /// What a view shows between the tabs and the sentence above the timeline.
  private static func body(_ screen: VirtualScreen) -> ArraySlice<[VirtualGlyph]> {
    screen.rows[2..<max(2, screen.rows.count - 4)]
  }
}
