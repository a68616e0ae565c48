import Foundation
import HighwayNetworks
import TerminalHarness

/// The whole screen anew.
enum Repaints {
  static func measure(_ subject: ExplorerSubject) throws -> [Finding] {
    let (width, height, count) = (200, 60, 100)
    let terminal = try subject.open(width: width, height: height)
    terminal.pause(.milliseconds(500))
    let clock = ContinuousClock()
    var times: [Double] = []
    var size = 0
    let used = ProcessUsage.processorSeconds(of: terminal.process)
    for _ in 0..<count {
      let before = terminal.screen
      let begin = clock.now
      terminal.send("\u{0C}")
      let frame = try terminal.frame(showing: "a repaint") { $0.frames > before.frames }
      times.append((frame.end - begin) / .seconds(1))
      size = frame.bytes
      // The bytes alone make the same screen out of an empty one.
      var blank = VirtualScreen(width: width, height: height)
      blank.feed(terminal.output.suffix(size))
      guard blank.rows == before.rows else {
        throw WrongScreen(description: "a repaint does not show what was on the screen")
      }
    }
    let own = (ProcessUsage.processorSeconds(of: terminal.process) - used) / Double(count)
    terminal.send("q")
    _ = try terminal.waitForExit()
    return [
      Finding(
        what: "a full \(width)×\(height) repaint, our side", goal: 0.008, found: own,
        unit: .seconds,
        note:
          "processor time, mean of \(count); to the last of \(NumberFormat.count(size)) bytes read median "
          + "\(duration(percentile(times, 50))), worst \(duration(times.max() ?? 0))")
    ]
  }
}

/// A terminal that takes less than training has to show.
enum SlowReader {
  static func measure(_ subject: ExplorerSubject) throws -> [Finding] {
    let terminal = try subject.open(width: 200, height: 60)
    terminal.send(" ")
    _ = try terminal.frame(showing: "training", until: ExplorerSubject.showsTraining)
    // 50 kB a second, about what a slow line of ssh takes.
    let bytes = terminal.readSlowly(1_000, every: .milliseconds(20), for: .seconds(4))
    let waiting = terminal.screen.frames
    terminal.send("j")
    _ = try terminal.frame(showing: "the cursor on layer 2") { $0.contains("layer 2 · unit 0") }
    let stale = terminal.screen.frames - waiting - 1
    terminal.signal(SIGTERM)
    _ = try terminal.waitForExit()
    return [
      Finding(
        what: "frames before a key's own behind a slow reader", goal: 2, found: Double(stale),
        unit: .count,
        note: "training at 200×60, read at 50 kB/s for 4 s: \(NumberFormat.count(bytes)) bytes")
    ]
  }
}
