import TerminalHarness

/// Starts the probe in a pseudo terminal.
enum ProbeSession {
  /// What a common terminal sets.
  static let environment = [
    "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
    "SWIFT_BACKTRACE": "enable=no",
  ]

  /// The probe with `arguments`, `changes` made to its environment; "" removes a variable.
  static func start(
    _ arguments: [String] = [], _ changes: [String: String] = [:], width: Int = 80,
    height: Int = 24
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      [try PseudoTerminal.product("terminal-probe")] + arguments,
      environment: environment.merging(changes) { $1 }.filter { !$0.value.isEmpty },
      width: width, height: height)
  }

  /// The same, waited for until it has drawn itself.
  static func ready(
    _ arguments: [String] = [], _ changes: [String: String] = [:], width: Int = 80,
    height: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try start(arguments, changes, width: width, height: height)
    try terminal.wait(forText: "ready")
    return terminal
  }
}
