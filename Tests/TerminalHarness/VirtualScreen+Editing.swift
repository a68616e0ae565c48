/// Characters, the cursor, and moving and clearing parts of the screen.
extension VirtualScreen {
  mutating func put(_ scalar: Unicode.Scalar) {
    let columns = Self.isWide(scalar) ? 2 : 1
    if wrapsNext || cursor.x + columns > width {
      moveCursor(x: 0, y: cursor.y)
      lineFeed()
    }
    lastScalar = scalar
    var glyph = pen
    glyph.scalar = scalar
    rows[cursor.y][cursor.x] = glyph
    if columns == 2 {
      glyph.scalar = nil
      rows[cursor.y][cursor.x + 1] = glyph
    }
    let x = cursor.x + columns
    wrapsNext = x >= width
    cursor.x = min(x, width - 1)
  }

  mutating func moveCursor(x: Int, y: Int) {
    wrapsNext = false
    cursor = (min(max(0, x), width - 1), min(max(0, y), height - 1))
  }

  mutating func lineFeed() {
    wrapsNext = false
    if cursor.y == region.upperBound {
      scrollUp(from: region.lowerBound, 1)
    } else {
      moveCursor(x: cursor.x, y: cursor.y + 1)
    }
  }

  mutating func reverseLineFeed() {
    if cursor.y == region.lowerBound {
      scrollDown(from: region.lowerBound, 1)
    } else {
      moveCursor(x: cursor.x, y: cursor.y - 1)
    }
  }

  /// A blank in the pen's background, as xterm clears.
  private var eraser: VirtualGlyph {
    var glyph = VirtualGlyph()
    glyph.background = pen.background
    return glyph
  }

  mutating func scrollUp(from top: Int, _ count: Int) {
    for _ in 0..<min(count, height) {
      rows.remove(at: top)
      rows.insert([VirtualGlyph](repeating: eraser, count: width), at: region.upperBound)
    }
  }

  mutating func scrollDown(from top: Int, _ count: Int) {
    for _ in 0..<min(count, height) {
      rows.remove(at: region.upperBound)
      rows.insert([VirtualGlyph](repeating: eraser, count: width), at: top)
    }
  }

  /// Clears columns of the cursor's row.
  mutating func erase(_ columns: Range<Int>) {
    for x in columns.clamped(to: 0..<width) { rows[cursor.y][x] = eraser }
  }

  mutating func eraseRows(_ range: Range<Int>) {
    for y in range.clamped(to: 0..<height) {
      rows[y] = [VirtualGlyph](repeating: eraser, count: width)
    }
  }

  mutating func insertCells(_ count: Int) {
    for _ in 0..<min(count, width) {
      rows[cursor.y].insert(eraser, at: cursor.x)
      rows[cursor.y].removeLast()
    }
  }

  mutating func deleteCells(_ count: Int) {
    for _ in 0..<min(count, width) {
      rows[cursor.y].remove(at: cursor.x)
      rows[cursor.y].append(eraser)
    }
  }

  mutating func useAlternate(_ alternate: Bool) {
    guard alternate != isAlternate else { return }
    swap(&rows, &otherRows)
    if alternate { rows = Self.blank(width, height) }
    isAlternate = alternate
  }

  /// East Asian wide characters and emoji, roughly.
  static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default:
      false
    }
  }
}
