/// Why there is no screen.
package enum TerminalError: Error, Hashable, Sendable {
  /// `stream` ("standard input", "standard output") is a file or a pipe.
  case notATerminal(stream: String)
  /// TERM is unset or empty.
  case terminalNotNamed
  /// The terminfo database has no full-screen terminal called `name`, the value of TERM.
  case unknownTerminal(name: String)
  /// The terminal called `name` lacks the terminfo capability `missing`.
  case unusableTerminal(name: String, missing: String)
  /// The system refused `call` with the errno value `code`.
  case system(call: String, code: Int32)
}

extension TerminalError: CustomStringConvertible {
  /// One line for a person: what, where, found, and what to do.
  package var description: String {
    switch self {
    case .notATerminal(let stream):
      "\(stream) is not a terminal; the explorer needs one on standard input and output"
    case .terminalNotNamed:
      "the environment variable TERM is not set; name the terminal, for example TERM=xterm-256color"
    case .unknownTerminal(let name):
      "unknown terminal TERM=\(Self.printable(name)); set TERM to one that terminfo knows,"
        + " for example xterm-256color"
    case .unusableTerminal(let name, let missing):
      "the terminal TERM=\(Self.printable(name)) cannot show full screens (terminfo has no"
        + " '\(missing)'); set TERM to one that can, for example xterm-256color"
    case .system(let call, let code):
      "\(call) failed on the terminal (errno \(code))"
    }
  }

  /// The environment is not to be trusted with control characters.
  private static func printable(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars.prefix(64) {
      text.unicodeScalars.append(
        scalar.isASCII && scalar.value > 32 && scalar.value < 127 ? scalar : "?")
    }
    return "'\(text)'"
  }
}
