/// The terminal's colour pairs, given out as they are needed.
///
/// ncurses colours a glyph by the number of a pair. A heatmap needs far fewer pairs at a time than
/// there could be, so each is defined when it first occurs. When the numbers run out, everything is
/// given up and drawn anew: to redefine a single pair would recolour what is on the screen.
package struct ColorPairs {
  /// The highest number of a pair; 0 if the terminal has no colours.
  package let limit: Int32
  /// Whether a pair was asked for that there was no number for.
  package private(set) var overflowed = false
  private var numbers: [UInt64: Int32] = [:]
  private var lastKey: UInt64
  private var lastNumber: Int32 = 0

  package init(limit: Int) {
    self.limit = Int32(clamping: max(0, limit))
    lastKey = Self.key(ColorNumbers.standard, ColorNumbers.standard)
  }

  /// The number of pairs in use.
  package var count: Int { numbers.count }

  /// The pair of two colour numbers; 0, the terminal's own colours, if there is none left.
  ///
  /// Never negative, which would crash ncurses. `define` tells the terminal of a new pair (number,
  /// foreground, background) and answers false if that refuses.
  package mutating func number(
    foreground: Int32, background: Int32, define: (Int32, Int32, Int32) -> Bool
  ) -> Int32 {
    let key = Self.key(foreground, background)
    if key == lastKey { return lastNumber }
    let number = self.number(for: key) { number in define(number, foreground, background) }
    lastKey = key
    lastNumber = number
    return number
  }

  private mutating func number(for key: UInt64, define: (Int32) -> Bool) -> Int32 {
    if key == Self.key(ColorNumbers.standard, ColorNumbers.standard) { return 0 }
    if let known = numbers[key] { return known }
    let next = Int32(numbers.count + 1)
    guard next <= limit else {
      overflowed = true
      return 0
    }
    // A pair that the terminal refuses keeps its number, so that the count stays right.
    numbers[key] = define(next) ? next : 0
    return numbers[key] ?? 0
  }

  /// Goes on with the pairs there are, those missing shown as pair 0.
  package mutating func acceptOverflow() {
    overflowed = false
  }

  /// Forgets all pairs.
  package mutating func reset() {
    self = ColorPairs(limit: Int(limit))
  }

  private static func key(_ foreground: Int32, _ background: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
  }
}
