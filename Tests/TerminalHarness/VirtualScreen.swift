/// A terminal in memory: takes the bytes that a program writes and keeps what they show.
///
/// It knows what xterm and the console know and full-screen programs use. What it does not know it
/// notes in ``unknown``, so that a test can demand that nothing strange was sent.
package struct VirtualScreen {
  package private(set) var width: Int
  package private(set) var height: Int
  /// `[height][width]` of the screen in use.
  package internal(set) var rows: [[VirtualGlyph]]
  /// The cursor, from 0.
  package internal(set) var cursor: (x: Int, y: Int) = (0, 0)
  package internal(set) var isCursorVisible = true
  /// Whether the alternate screen is in use.
  package internal(set) var isAlternate = false
  /// Private modes that are set, such as 1002 (mouse) or 2026 (synchronized output).
  package internal(set) var modes: Set<Int> = [7]
  /// Sequences that were not understood.
  package internal(set) var unknown: [String] = []
  /// Whether any byte was 128 or more.
  package private(set) var sawNonASCII = false
  /// How many times synchronized output ended, which is how many frames a program says it sent.
  package internal(set) var frames = 0

  var otherRows: [[VirtualGlyph]]
  var otherCursor = (x: 0, y: 0)
  var savedCursor = (x: 0, y: 0)
  var pen = VirtualGlyph()
  var region: ClosedRange<Int>
  var lastScalar: Unicode.Scalar = " "
  /// The cursor stands behind the last column and wraps with the next character.
  var wrapsNext = false
  private var state = State.ground

  private enum State {
    case ground
    case character([UInt8], expected: Int)
    case escape
    case designation
    case sequence([UInt8])
    case string(escape: Bool)
  }

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
    rows = Self.blank(width, height)
    otherRows = rows
    region = 0...(height - 1)
  }

  static func blank(_ width: Int, _ height: Int) -> [[VirtualGlyph]] {
    [[VirtualGlyph]](
      repeating: [VirtualGlyph](repeating: VirtualGlyph(), count: width), count: height)
  }

  // MARK: - What tests ask

  /// The rows as text, without trailing blanks.
  package var text: [String] {
    rows.map { row in
      var line = ""
      for glyph in row { if let scalar = glyph.scalar { line.unicodeScalars.append(scalar) } }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Whether a row has the text somewhere.
  package func contains(_ text: String) -> Bool { self.text.contains { $0.contains(text) } }

  /// Whether the mouse is reported in any way.
  package var isMouseOn: Bool { !modes.isDisjoint(with: [9, 1000, 1002, 1003, 1005, 1006, 1015]) }

  // MARK: - What happens to a terminal

  /// Gives the window another size; rows are cut or filled up at the right and the bottom.
  package mutating func resize(width: Int, height: Int) {
    for screen in [\VirtualScreen.rows, \VirtualScreen.otherRows] {
      var resized = Self.blank(width, height)
      for y in 0..<min(height, self.height) {
        for x in 0..<min(width, self.width) { resized[y][x] = self[keyPath: screen][y][x] }
      }
      self[keyPath: screen] = resized
    }
    (self.width, self.height) = (width, height)
    region = 0...(height - 1)
    moveCursor(x: cursor.x, y: cursor.y)
  }

  /// Takes bytes that the program wrote.
  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { feed(byte) }
  }

  private mutating func feed(_ byte: UInt8) {
    if byte >= 0x80 { sawNonASCII = true }
    switch state {
    case .ground:
      ground(byte)
    case .character(var bytes, let expected):
      guard byte & 0xC0 == 0x80 else {
        unknown.append("broken UTF-8 \(bytes)")
        state = .ground
        feed(byte)
        return
      }
      bytes.append(byte)
      state = bytes.count < expected ? .character(bytes, expected: expected) : .ground
      guard bytes.count == expected else { return }
      if let scalar = String(validating: bytes, as: UTF8.self)?.unicodeScalars.first {
        put(scalar)
      } else {
        unknown.append("invalid UTF-8 \(bytes)")
      }
    case .escape:
      escape(byte)
    case .designation:
      // ASCII and line drawing may be designated; to switch to the latter (SO) is not understood.
      if byte != UInt8(ascii: "B") && byte != UInt8(ascii: "0") {
        unknown.append("character set \(byte)")
      }
      state = .ground
    case .sequence(var bytes):
      sequence(&bytes, byte)
    case .string(let escape):
      if byte == 0x07 || escape && byte == UInt8(ascii: "\\") {
        state = .ground
      } else {
        state = .string(escape: byte == 0x1B)
      }
    }
  }

  private mutating func ground(_ byte: UInt8) {
    switch byte {
    case 0x1B: state = .escape
    case 0x07, 0x00: break
    case 0x08: moveCursor(x: cursor.x - 1, y: cursor.y)
    case 0x09: moveCursor(x: (cursor.x / 8 + 1) * 8, y: cursor.y)
    case 0x0A: lineFeed()
    case 0x0D: moveCursor(x: 0, y: cursor.y)
    // Back to the first character set, which is the only one here.
    case 0x0F: break
    case 0x20...0x7E: put(Unicode.Scalar(byte))
    case 0xC2...0xDF: state = .character([byte], expected: 2)
    case 0xE0...0xEF: state = .character([byte], expected: 3)
    case 0xF0...0xF4: state = .character([byte], expected: 4)
    default: unknown.append("byte \(byte)")
    }
  }

  private mutating func escape(_ byte: UInt8) {
    state = .ground
    switch byte {
    case UInt8(ascii: "["): state = .sequence([])
    case UInt8(ascii: "]"): state = .string(escape: false)
    case UInt8(ascii: "("), UInt8(ascii: ")"): state = .designation
    case UInt8(ascii: "7"): savedCursor = cursor
    case UInt8(ascii: "8"): moveCursor(x: savedCursor.x, y: savedCursor.y)
    case UInt8(ascii: "M"): reverseLineFeed()
    case UInt8(ascii: "="), UInt8(ascii: ">"): break
    default: unknown.append("ESC \(Character(Unicode.Scalar(byte)))")
    }
  }

  private mutating func sequence(_ bytes: inout [UInt8], _ byte: UInt8) {
    guard byte >= 0x20 && byte < 0x7F else {
      unknown.append("CSI broken by \(byte)")
      state = .ground
      feed(byte)
      return
    }
    guard byte >= 0x40 else {
      bytes.append(byte)
      state = .sequence(bytes)
      return
    }
    state = .ground
    perform(parameters: bytes, final: byte)
  }
}
