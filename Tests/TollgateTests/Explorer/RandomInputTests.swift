import Foundation
import TerminalHarness
import TestSupport
import Testing

/// Keys, mouse reports and windows in any order while the program trains and scrubs.
///
/// TOLLGATE_RANDOM_INPUTS makes it longer; TOLLGATE_RANDOM_SEED plays one seed.
@Suite(.serialized)
struct RandomInputTests {
  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  private static let inputs = number("TOLLGATE_RANDOM_INPUTS").map { Int($0) } ?? 400
  private static let seeds: [UInt64] = number("TOLLGATE_RANDOM_SEED").map { [$0] } ?? [1, 2, 3]
  /// The trained epochs of the model that is open and of the one before may take 200 MiB each.
  private static let mostResidentKilobytes = 600_000

  @Test(arguments: seeds)
  func neverBringsItDown(seed: UInt64) throws {
    var session = try RandomSession(seed: seed)
    do {
      while session.inputs < Self.inputs {
        try session.playRound()
        #expect(session.terminal.screen.unknown == [])
        let resident = session.residentKilobytes
        if resident > Self.mostResidentKilobytes {
          Issue.record("\(session.report): \(resident) KiB resident")
          return
        }
      }
      try session.leave()
    } catch {
      Issue.record("\(session.report): \(error)")
    }
    if Self.inputs > 10_000 { print("seed \(seed): \(session.report)") }
  }
}

/// The program in a directory of its own, started again whenever it was left, and a random person before it.
private struct RandomSession {
  private let workspace: TemporaryDirectory
  private let untouched: [UInt64]
  private var person: RandomPerson
  private(set) var terminal: PseudoTerminal
  private var width = 100
  private var height = 30
  private(set) var inputs = 0
  private var starts = 1
  private var slowest = Duration.zero
  private var mostResident = 0

  /// Deep enough that a path of dots, which Tab could complete, leads nowhere else.
  private static let place = "a/b/c/d"
  /// The program is left when all epochs that are kept are written, which may be thousands of files.
  private static let patience = 300_000

  init(seed: UInt64) throws {
    workspace = try TemporaryDirectory()
    person = RandomPerson(seed: seed)
    let source = try TinyRun.shared()
    try workspace.write("\(Self.place)/here", [])
    try Shapes.write(to: workspace, as: "\(Self.place)/many", trainingCount: 3_000)
    for (name, copy) in [("run", "run"), ("run", "other"), ("shapes", "shapes")] {
      try workspace.copy(source.at(name), as: "\(Self.place)/\(copy)")
    }
    untouched = try PseudoTerminal(["/bin/true"], environment: [:]).modes
    terminal = try Self.start(
      ["run", "--data", "many"], [:], in: workspace, width: width, height: height)
  }

  /// What to say of it where something is wrong.
  var report: String {
    let last = person.recent.joined().unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
    return "\(inputs) inputs, \(starts) starts, slowest answer \(slowest), "
      + "at most \(mostResident) KiB, last \(last)"
  }

  /// What the program has in memory; 0 where there is no /proc.
  var residentKilobytes: Int {
    let status = try? String(contentsOfFile: "/proc/\(terminal.process)/status", encoding: .utf8)
    let line = (status ?? "").split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
  }

  private static func start(
    _ arguments: [String], _ changes: [String: String], in workspace: TemporaryDirectory,
    width: Int,
    height: Int
  ) throws -> PseudoTerminal {
    let home = ["HOME": workspace.path, "XDG_STATE_HOME": workspace.at("state")]
    let terminal = try Explorer.start(
      arguments, in: workspace.at(place), home.merging(changes) { $1 }, width: width, height: height
    )
    try terminal.wait(for: "the first frame") { $0.header.hasPrefix(" tollgate ") }
    return terminal
  }

  /// Plays a few inputs, gives the window another size, and waits until that is answered.
  mutating func playRound() throws {
    for _ in 0..<person.number(1...40) {
      terminal.send(person.input(width: width, height: height))
      inputs += 1
      // Some arrive together.
      if person.number(0...3) == 0 { try terminal.waitUntilTaken(patience: Self.patience) }
    }
    try terminal.waitUntilTaken(patience: Self.patience)
    terminal.forgetOutput()
    mostResident = max(mostResident, residentKilobytes)
    guard !terminal.hasEnded else { return try startAgain() }
    // The answer to a window too small is the same in every state.
    let isAnswered = person.number(0...3) == 0
    (width, height) =
      isAnswered
      ? (person.number(24...59), person.number(3...15))
      : (person.number(1...220), person.number(1...70))
    let clock = ContinuousClock()
    let began = clock.now
    terminal.resize(width: width, height: height)
    guard isAnswered else { return }
    do {
      try terminal.wait(forText: "this terminal is \(width)×\(height)")
    } catch HarnessError.ended {
      return try startAgain()
    }
    slowest = max(slowest, clock.now - began)
  }

  /// Expects that the program was left in order.
  private func expectLeft() throws {
    let status = try terminal.waitForExit(patience: Self.patience)
    #expect(status == .exited(0), "\(terminal.screen.text) after \(report)")
    #expect(!terminal.screen.isAlternate, "\(report)")
    #expect(terminal.screen.isCursorVisible)
    #expect(!terminal.screen.isMouseOn)
    #expect(terminal.modes == untouched)
    #expect(terminal.screen.unknown == [])
  }

  /// Starts it in one of the ways that there are.
  private mutating func startAgain() throws {
    try expectLeft()
    starts += 1
    (width, height) = (person.number(60...200), person.number(16...60))
    let arguments = person.choice([
      ["run", "--data", "many"], ["run", "--data", "shapes"], ["run"], ["compare", "run", "other"],
      ["run/epoch-0002.safetensors", "--data", "many"], [],
    ])
    let changes = person.choice([
      [:], ["COLORTERM": "truecolor"], ["TERM": "xterm"], ["TERM": "screen"], ["NO_COLOR": "1"],
    ])
    terminal = try Self.start(arguments, changes, in: workspace, width: width, height: height)
  }

  /// Lets a key be answered, and leaves.
  mutating func leave() throws {
    terminal.resize(width: 100, height: 30)
    // Out of any prompt, question or form. How many steps back that takes, and whether the last of them
    // opens the list of models, is not known; an escape has time to be seen as the key of that name.
    let help = "leave; asks if epochs would be lost"
    for steps in 1...4 where !terminal.screen.contains(help) {
      for _ in 0..<steps {
        terminal.send("\u{1B}")
        usleep(100_000)
      }
      terminal.send("?leave")
      try? terminal.wait(for: help, patience: 3_000) { $0.screen.contains(help) }
    }
    try terminal.wait(forText: help)
    terminal.send("\u{03}\u{03}\u{03}\u{03}")
    try expectLeft()
  }
}
