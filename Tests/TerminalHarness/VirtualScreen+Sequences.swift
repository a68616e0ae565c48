/// The control sequences `ESC [ parameters final`.
extension VirtualScreen {
  mutating func perform(parameters: [UInt8], final: UInt8) {
    let description = String(decoding: parameters + [final], as: UTF8.self)
    var text = parameters[...]
    let isPrivate = text.first == UInt8(ascii: "?")
    if isPrivate { text = text.dropFirst() }
    guard text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: ";") }) else {
      if description != "!p" { unknown.append("CSI \(description)") }
      return
    }
    let numbers = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    let isKnown =
      if isPrivate {
        performPrivate(numbers, final)
      } else {
        performMove(numbers, final) || performEdit(numbers, final)
      }
    if !isKnown { unknown.append("CSI \(description)") }
  }

  /// Cursor and region.
  private mutating func performMove(_ numbers: [Int], _ final: UInt8) -> Bool {
    let first = numbers.first ?? 0
    let count = max(1, first)
    switch Character(Unicode.Scalar(final)) {
    case "A": moveCursor(x: cursor.x, y: cursor.y - count)
    case "B": moveCursor(x: cursor.x, y: cursor.y + count)
    case "C": moveCursor(x: cursor.x + count, y: cursor.y)
    case "D": moveCursor(x: cursor.x - count, y: cursor.y)
    case "E": moveCursor(x: 0, y: cursor.y + count)
    case "F": moveCursor(x: 0, y: cursor.y - count)
    case "G", "`": moveCursor(x: count - 1, y: cursor.y)
    case "d": moveCursor(x: cursor.x, y: count - 1)
    case "H", "f": moveCursor(x: (numbers.dropFirst().first ?? 1) - 1, y: count - 1)
    case "I": moveCursor(x: (cursor.x / 8 + count) * 8, y: cursor.y)
    case "Z": moveCursor(x: ((cursor.x + 7) / 8 - count) * 8, y: cursor.y)
    case "r":
      let bottom = numbers.dropFirst().first ?? 0
      let last = (bottom == 0 ? height : min(bottom, height)) - 1
      region = min(count - 1, last)...last
      moveCursor(x: 0, y: 0)
    case "s": savedCursor = cursor
    case "u": moveCursor(x: savedCursor.x, y: savedCursor.y)
    default: return false
    }
    return true
  }

  /// Text and attributes.
  private mutating func performEdit(_ numbers: [Int], _ final: UInt8) -> Bool {
    let first = numbers.first ?? 0
    let count = max(1, first)
    switch (Character(Unicode.Scalar(final)), first) {
    case ("J", 0):
      erase(cursor.x..<width)
      eraseRows(cursor.y + 1..<height)
    case ("J", 1):
      erase(0..<cursor.x + 1)
      eraseRows(0..<cursor.y)
    case ("J", 2), ("J", 3): eraseRows(0..<height)
    case ("K", 0): erase(cursor.x..<width)
    case ("K", 1): erase(0..<cursor.x + 1)
    case ("K", 2): erase(0..<width)
    case ("L", _): scrollDown(from: cursor.y, count)
    case ("M", _): scrollUp(from: cursor.y, count)
    case ("S", _): scrollUp(from: region.lowerBound, count)
    case ("T", _): scrollDown(from: region.lowerBound, count)
    case ("P", _): deleteCells(count)
    case ("@", _): insertCells(count)
    case ("X", _): erase(cursor.x..<cursor.x + count)
    case ("b", _): for _ in 0..<min(count, width * height) { put(lastScalar) }
    case ("m", _): setAttributes(numbers)
    // Insert mode off, GNU screen's cursor shape, the title stack.
    case ("l", 4), ("h", 34), ("l", 34), ("t", 22), ("t", 23): break
    default: return false
    }
    return true
  }

  private mutating func performPrivate(_ numbers: [Int], _ final: UInt8) -> Bool {
    let isOn = final == UInt8(ascii: "h")
    // The console's cursor shape.
    if final == UInt8(ascii: "c") { return true }
    guard isOn || final == UInt8(ascii: "l") else { return false }
    for number in numbers {
      switch number {
      case 1, 3, 4, 7, 9, 12, 1000, 1002, 1003, 1005, 1006, 1015, 2004: break
      case 2026: if !isOn { frames += 1 }
      case 25: isCursorVisible = isOn
      case 47, 1047: useAlternate(isOn)
      case 1049:
        if isOn && !isAlternate { otherCursor = cursor }
        let wasAlternate = isAlternate
        useAlternate(isOn)
        if !isOn && wasAlternate { moveCursor(x: otherCursor.x, y: otherCursor.y) }
      default: return false
      }
      if isOn { modes.insert(number) } else { modes.remove(number) }
    }
    return true
  }

  private mutating func setAttributes(_ numbers: [Int]) {
    var rest = (numbers.isEmpty ? [0] : numbers)[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: pen = VirtualGlyph()
      case 1: pen.bold = true
      case 2: pen.dim = true
      case 4: pen.underline = true
      case 7: pen.reverse = true
      // The first character set of the console.
      case 10: break
      case 22: (pen.bold, pen.dim) = (false, false)
      case 24: pen.underline = false
      case 27: pen.reverse = false
      case 30...37: pen.foreground = .indexed(number - 30)
      case 39: pen.foreground = .standard
      case 40...47: pen.background = .indexed(number - 40)
      case 49: pen.background = .standard
      case 90...97: pen.foreground = .indexed(number - 82)
      case 100...107: pen.background = .indexed(number - 92)
      case 38, 48:
        guard let color = Self.color(&rest) else {
          unknown.append("SGR \(numbers)")
          return
        }
        if number == 38 { pen.foreground = color } else { pen.background = color }
      default: unknown.append("SGR \(numbers)")
      }
    }
  }

  private static func color(_ rest: inout ArraySlice<Int>) -> VirtualColor? {
    switch rest.popFirst() {
    case 5:
      return rest.popFirst().map { .indexed($0) }
    case 2:
      guard let red = rest.popFirst(), let green = rest.popFirst(), let blue = rest.popFirst()
      else { return nil }
      return .rgb(red, green, blue)
    default:
      return nil
    }
  }
}
