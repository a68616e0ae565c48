/// A key, free of how a terminal encodes it.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Ctrl with a lower-case letter.
  case control(Character)
  case up
  case down
  case left
  case right
  case pageUp
  case pageDown
  case home
  case end
  case tab
  case backTab
  case enter
  case escape
  case backspace
  case delete
  /// A function key, by its number from 1 on.
  case function(Int)
}

/// What the mouse did at a glyph.
package struct MouseEvent: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case press
    case drag
    case release
    case scrollUp
    case scrollDown
  }

  package var kind: Kind
  package var position: Point

  package init(_ kind: Kind, at position: Point) {
    self.kind = kind
    self.position = position
  }
}

/// What a terminal reports.
package enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  /// Text that was pasted, or typed faster than it is drawn, without line breaks.
  case pasted(String)
  case resized(Size)
  /// The terminal has said what it draws on.
  case ground(Ground)
  /// The program was stopped and continues; the screen has been painted again.
  case resumed
  /// SIGTERM, SIGHUP or SIGINT from outside: leave in order; the value is the signal's number.
  case terminate(Int32)
}
