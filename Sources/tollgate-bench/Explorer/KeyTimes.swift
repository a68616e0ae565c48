import Foundation
import HighwayNetworks
import TerminalHarness

/// From a key to the frame that answers it.
enum KeyTimes {
  /// The views whose cursor is moved, by their keys.
  private static let views = ["1", "2", "3", "8", "5"]

  static func measureIdle(_ subject: ExplorerSubject, keys: Int) throws -> [Finding] {
    let terminal = try subject.open()
    var walk = CursorWalk(subject, terminal)
    var times: [Double] = []
    for view in views {
      try walk.show(view)
      for _ in 0..<keys / views.count { times.append(try walk.step(pause: 2...20)) }
    }
    let own = "; its processor time p99 \(duration(percentile(walk.processorTimes, 99)))"
    try walk.show("1")
    let epochs = try scrub(subject, terminal)
    terminal.send("q")
    _ = try terminal.waitForExit()
    return [
      finding("key to frame, idle", times, goal: 0.005, note: own),
      finding("epoch key to frame, idle", epochs, goal: 0.005),
    ]
  }

  static func measureTraining(_ subject: ExplorerSubject, keys: Int) throws -> [Finding] {
    // What does not fit in memory goes to a directory there; without one, training would end early.
    try withTemporaryDirectory { try measureTraining(subject, keys: keys, stateDirectory: $0) }
  }

  private static func measureTraining(
    _ subject: ExplorerSubject, keys: Int, stateDirectory: String
  ) throws -> [Finding] {
    let terminal = try subject.open(stateDirectory: stateDirectory)
    var walk = CursorWalk(subject, terminal)
    terminal.send(" ")
    _ = try terminal.frame(showing: "training", until: ExplorerSubject.showsTraining)
    var times: [Double] = []
    for view in views {
      try walk.show(view)
      // Longer than the time between two frames of training: keys fall anywhere in it.
      for _ in 0..<keys / views.count { times.append(try walk.step(pause: 5...60)) }
    }
    terminal.signal(SIGTERM)
    _ = try terminal.waitForExit()
    return [finding("key to frame, in training", times, goal: 0.016)]
  }

  /// Goes through the recorded epochs and back.
  private static func scrub(
    _ subject: ExplorerSubject, _ terminal: PseudoTerminal
  ) throws -> [Double] {
    let clock = ContinuousClock()
    let way = subject.run.epochs.dropLast().reversed() + subject.run.epochs.dropFirst()
    var times: [Double] = []
    for (index, epoch) in way.enumerated() {
      let begin = clock.now
      terminal.send(index < subject.run.epochs.count - 1 ? "<" : ">")
      let frame = try terminal.frame(showing: "epoch \(epoch)") {
        // Its gate biases are drawn; where its gates are not yet, the heading says so.
        ExplorerSubject.epochShown($0) == epoch
      }
      times.append((frame.end - begin) / .seconds(1))
      terminal.pause(.milliseconds(150))
    }
    return times
  }

  private static func finding(
    _ what: String, _ times: [Double], goal: Double, note: String = ""
  ) -> Finding {
    Finding(
      what: what + ", p99", goal: goal, found: percentile(times, 99), unit: .seconds,
      note:
        "\(NumberFormat.count(times.count)) keys, p50 \(duration(percentile(times, 50))), worst "
        + duration(times.max() ?? 0) + note)
  }
}

/// Moves the cursor and knows where it must be.
private struct CursorWalk {
  private let terminal: PseudoTerminal
  private let layers: Int
  private let units: Int
  private var layer = 1
  private var unit = 0
  private var random = RandomSource(seed: 7)
  private let clock = ContinuousClock()
  private var hasUnits = true
  /// The processor time of each key but a view's last, which does not depend on what else runs.
  private(set) var processorTimes: [Double] = []
  private var used: Double?

  init(_ subject: ExplorerSubject, _ terminal: PseudoTerminal) {
    self.terminal = terminal
    layers = subject.layers
    units = subject.units
  }

  /// Turns to a view.
  mutating func show(_ view: String) throws {
    hasUnits = "123".contains(view)
    terminal.send(view)
    terminal.pause(.milliseconds(300))
    // Somewhere else first, so that the frame waited for is one of this view.
    _ = try step(pause: 0...0)
    used = nil
  }

  /// Waits a moment, moves the cursor one step, and returns how long its frame took.
  mutating func step(pause: ClosedRange<Int>) throws -> Double {
    terminal.pause(.milliseconds(Int.random(in: pause, using: &random)))
    let key: String
    if hasUnits, Bool.random(using: &random) {
      let forward = unit == 0 || unit < units - 1 && Bool.random(using: &random)
      unit += forward ? 1 : -1
      key = forward ? "l" : "h"
    } else {
      let forward = layer == 1 || layer < layers && Bool.random(using: &random)
      layer += forward ? 1 : -1
      // In the lesion view the layers lie side by side.
      key = forward ? "j" : "k"
    }
    let usedBefore = ProcessUsage.processorSeconds(of: terminal.process)
    if let used { processorTimes.append(usedBefore - used) }
    used = usedBefore
    let begin = clock.now
    terminal.send(key)
    let place = "layer \(layer)" + (hasUnits ? " · unit \(unit)" : "")
    let frame = try terminal.frame(showing: place) { screen in
      screen.text.contains { row in
        guard let end = row.range(of: place)?.upperBound else { return false }
        return end == row.endIndex || !row[end].isNumber
      }
    }
    return (frame.end - begin) / .seconds(1)
  }
}
