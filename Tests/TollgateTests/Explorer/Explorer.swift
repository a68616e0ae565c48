import Foundation
import TerminalHarness
import TestSupport

/// Starts the explorer in a pseudo terminal.
enum Explorer {
  /// What a common terminal sets.
  static let environment = [
    "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
    "SWIFT_BACKTRACE": "enable=no",
  ]

  /// Starts it with arguments and changes made to its environment; "" removes a variable.
  static func start(
    _ arguments: [String], in workspace: TemporaryDirectory, _ changes: [String: String] = [:],
    width: Int = 100, height: Int = 30
  ) throws -> PseudoTerminal {
    try start(arguments, in: workspace.path, changes, width: width, height: height)
  }

  /// The same in any directory.
  static func start(
    _ arguments: [String], in directory: String, _ changes: [String: String] = [:],
    width: Int = 100, height: Int = 30
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory]
        + [try PseudoTerminal.product("tollgate")] + arguments,
      environment: environment.merging(changes) { $1 }.filter { !$0.value.isEmpty },
      width: width, height: height)
  }

  /// Opens ``TinyRun`` and waits until everything about it is on the screen.
  static func open(
    in workspace: TemporaryDirectory, width: Int = 100, height: Int = 30
  ) throws -> PseudoTerminal {
    let terminal = try start(
      ["run", "--data", "shapes"], in: workspace, width: width, height: height)
    try terminal.wait(for: "the run") {
      $0.header.contains("sample 0, true class left") && $0.screen.contains("class share η²")
    }
    return terminal
  }

  /// Opens ``TinyRun`` with epochs long enough that something happens in the midst of one, and trains on.
  ///
  /// Short epochs would also be drawn without a pause, and what is waited for is only looked for in one.
  static func openTraining(in workspace: TemporaryDirectory) throws -> PseudoTerminal {
    try Shapes.write(to: workspace, as: "many", trainingCount: 12_000)
    try workspace.replace("\"batchSize\": 10", with: "\"batchSize\": 1", in: "run/run.json")
    let terminal = try start(["run", "--data", "many"], in: workspace)
    try terminal.wait(for: "the run") { $0.header.contains("sample 0, true class left") }
    terminal.send("6 ")
    try terminal.wait(for: "an epoch in training") {
      $0.screen.contains("▶ training on") && $0.marks.hasSuffix("◌")
    }
    return terminal
  }

  /// A number as the explorer shows losses.
  static func fourDigits(_ value: Double) -> String { String(format: "%.4f", value) }
}

extension PseudoTerminal {
  /// The first row.
  var header: String { screen.text.first ?? "" }

  /// The marks of the timeline, one for each epoch.
  var marks: String { screen.row(with: " epoch ●").filter { "●○◌".contains($0) } }

  /// The last row.
  var footer: String { screen.text.last ?? "" }
}

extension VirtualScreen {
  /// The first row that has the text; empty where there is none.
  func row(with text: String) -> String { self.text.first { $0.contains(text) } ?? "" }
}
