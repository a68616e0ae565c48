import TerminalHarness
import Testing

/// Expects one line on standard error that has the texts, and nothing on standard output.
func expectOneLine(
  _ outcome: Outcome, naming texts: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(outcome.output == "", sourceLocation: sourceLocation)
  let isOneLine = outcome.errorLines.count == 2 && outcome.errorLines.last == ""
  #expect(isOneLine, "\(outcome.error)", sourceLocation: sourceLocation)
  #expect(outcome.error.hasPrefix("tollgate: "), sourceLocation: sourceLocation)
  for text in texts {
    #expect(outcome.error.contains(text), "\(outcome.error)", sourceLocation: sourceLocation)
  }
}

/// Expects no byte that a terminal would obey, but for line breaks.
func expectPlain(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
  let controls = text.unicodeScalars.filter {
    $0 != "\n" && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value))
  }
  #expect(controls.isEmpty, "\(text.debugDescription)", sourceLocation: sourceLocation)
}
