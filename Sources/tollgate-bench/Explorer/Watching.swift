import Foundation
import HighwayNetworks
import TerminalHarness

/// The same epochs, trained with and without someone who watches.
enum Watching {
  /// How often each way is taken, in turn.
  private static let rounds = 3
  /// About how long the epochs of a round should take.
  private static let secondsARound = 4.0

  static func measure(dataPath: String, depth: Int) throws -> [Finding] {
    try withRun(epochs: 2, dataPath: dataPath, depth: depth) { try measure(from: $0, dataPath) }
  }

  /// Trains a highway network of some depth, alone in a directory that goes afterwards.
  static func withRun(
    epochs: Int, dataPath: String, depth: Int, _ body: (_ run: String) throws -> [Finding]
  ) throws -> [Finding] {
    try withTemporaryDirectory { place in
      let run = place + "/start"
      try train([
        "--data", dataPath, "--out", run, "--epochs", "\(epochs)", "--depth", "\(depth)",
      ])
      return try body(run)
    }
  }

  private static func measure(from start: String, _ dataPath: String) throws -> [Finding] {
    let place = String(start.dropLast("/start".count))
    let first = try RunDirectory.open(start)
    let epoch = first.metrics.last?.seconds ?? 1
    let last = 2 + max(3, min(60, Int(secondsARound / max(epoch, 0.001))))

    var alone: [[Double]] = []
    var watched: [[Double]] = []
    for round in 0..<rounds {
      let headless = "\(place)/alone-\(round)"
      try FileManager.default.copyItem(atPath: start, toPath: headless)
      try train([
        "--resume", "--data", dataPath, "--out", headless, "--epochs", "\(last)", "--record", "0",
      ])
      let reference = try RunDirectory.open(headless)
      let seen = "\(place)/seen-\(round)"
      try watch(start, dataPath: dataPath, until: last, keepIn: seen)
      let run = try RunDirectory.open(seen)
      guard
        try run.checkpoint(epoch: last).network.parameters
          == reference.checkpoint(epoch: last).network.parameters
      else { throw WrongScreen(description: "what was trained while watched is another network") }
      alone.append(seconds(reference, 3...last))
      watched.append(seconds(run, 3...last))
    }
    // Epoch by epoch the best of the rounds: what else the machine does falls on some of them only.
    func best(_ rounds: [[Double]]) -> Double {
      (0..<rounds[0].count).reduce(0) { sum, epoch in
        sum + (rounds.map { $0[epoch] }.min() ?? 0)
      }
    }
    let (without, with) = (best(alone), best(watched))
    return [
      Finding(
        what: "cost of watching to training", goal: 3, found: (with / without - 1) * 100,
        unit: .percent,
        note: "\(last - 2) epochs of \(dataPath): \(duration(without)) unwatched, "
          + "\(duration(with)) watched, best of \(rounds) an epoch, same parameters")
    ]
  }

  private static func seconds(_ run: RunDirectory, _ epochs: ClosedRange<Int>) -> [Double] {
    run.metrics.filter { epochs.contains($0.epoch) }.map(\.seconds)
  }

  /// Trains without a screen.
  private static func train(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: try PseudoTerminal.product("tollgate"))
    process.arguments = ["train", "--json"] + arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw WrongScreen(description: "tollgate train \(arguments.joined(separator: " ")) failed")
    }
  }

  /// Trains up to an epoch in the explorer, on the heatmaps, and keeps the epochs.
  private static func watch(
    _ run: String, dataPath: String, until last: Int, keepIn path: String
  ) throws {
    let terminal = try ExplorerSubject.start([run, "--data", dataPath])
    _ = try terminal.frame(showing: "the run") {
      ($0.text.first ?? "").contains("epoch 2 ")
        && ($0.text.first ?? "").contains("sample 0, true ")
    }
    terminal.send(" ")
    // As long as it takes: nobody knows how fast the machine is.
    _ = try terminal.frame(showing: "epoch \(last)", patience: .seconds(600)) { screen in
      (ExplorerSubject.epochShown(screen) ?? 0) > last
    }
    terminal.send(" ")
    _ = try terminal.frame(showing: "a standstill") { _ in true }
    terminal.pause(.milliseconds(500))
    terminal.send("w\u{15}\(path)\r")
    _ = try terminal.frame(showing: "the kept epochs") { _ in
      FileManager.default.fileExists(atPath: path + "/state.safetensors")
    }
    terminal.signal(SIGTERM)
    _ = try terminal.waitForExit()
  }
}
