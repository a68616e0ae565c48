import TerminalHarness
import Testing

/// Expects that the program has left the terminal as it found it, but for what it printed.
func expectRestored(
  _ terminal: PseudoTerminal, modes: [UInt64], sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(!terminal.screen.isAlternate, sourceLocation: sourceLocation)
  #expect(terminal.screen.isCursorVisible, sourceLocation: sourceLocation)
  #expect(!terminal.screen.isMouseOn, sourceLocation: sourceLocation)
  #expect(!terminal.screen.modes.contains(2026), sourceLocation: sourceLocation)
  #expect(!terminal.screen.modes.contains(2004), sourceLocation: sourceLocation)
  #expect(!terminal.screen.modes.contains(1), "cursor keys", sourceLocation: sourceLocation)
  #expect(terminal.modes == modes, sourceLocation: sourceLocation)
  #expect(terminal.screen.unknown == [], sourceLocation: sourceLocation)
}
