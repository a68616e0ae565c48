import ExplorerUI
import Terminal
import Testing

/// Inks as colour numbers, without a terminal.
struct ColorNumbersTests {
  private func number(
    _ ink: Ink, _ depth: Capabilities.ColorDepth, _ meaning: ColorNumbers.Meaning
  ) -> Int32 {
    ColorNumbers(depth: depth, meaning: meaning).number(for: ink)
  }

  @Test func knowsNoColourWithoutColours() {
    for ink in [Ink.standard, .indexed(1), .indexed(200), .rgb(red: 1, green: 2, blue: 3)] {
      #expect(number(ink, .mono, .palette(256)) == ColorNumbers.standard)
    }
  }

  @Test func passesThePaletteOn() {
    for index in UInt8.min...UInt8.max {
      #expect(number(.indexed(index), .indexed256, .palette(256)) == Int32(index))
    }
  }

  @Test func writesThePaletteAsDirectColours() {
    #expect(number(.indexed(7), .trueColor, .direct) == 0xE5E5E5)
    #expect(number(.indexed(9), .trueColor, .direct) == 0xFF0000)
    #expect(number(.indexed(16), .trueColor, .direct) == 0)
    #expect(number(.indexed(196), .trueColor, .direct) == 0xFF0000)
    #expect(number(.indexed(255), .trueColor, .direct) == 0xEEEEEE)
  }

  @Test func writesDirectColoursAsTheyAre() {
    for blue in UInt8(0)...8 {
      #expect(number(.rgb(red: 0, green: 0, blue: blue), .trueColor, .direct) == Int32(blue))
    }
    #expect(number(.rgb(red: 255, green: 128, blue: 0), .trueColor, .direct) == 0xFF8000)
  }

  @Test func staysWithinEveryPalette() {
    for count in [8, 16, 88, 256] {
      let numbers = ColorNumbers(depth: TerminalDepth.of(count), meaning: .palette(count))
      for index in UInt8.min...UInt8.max {
        #expect((0..<Int32(count)).contains(numbers.number(for: .indexed(index))))
        let rgb = Ink.rgb(red: index, green: index &* 31, blue: index &* 77)
        #expect((0..<Int32(count)).contains(numbers.number(for: rgb)))
      }
    }
  }

  @Test func findsTheNearestFixedColour() {
    // The shortcut against the search through all.
    for step in 0..<4096 {
      let bits = step &* 2_654_435_761
      let color = XtermPalette.Color(
        red: UInt8(truncatingIfNeeded: bits >> 8), green: UInt8(truncatingIfNeeded: bits >> 16),
        blue: UInt8(truncatingIfNeeded: bits >> 24))
      let least = (16...255).map { XtermPalette.distance(color, XtermPalette.color($0)) }.min()
      let found = XtermPalette.distance(
        color, XtermPalette.color(XtermPalette.nearestFixed(to: color)))
      #expect(found == least, "\(color)")
    }
  }

  @Test func findsEveryFixedColourItself() {
    for index in UInt8(16)...255 {
      let color = XtermPalette.color(index)
      #expect(XtermPalette.color(XtermPalette.nearestFixed(to: color)) == color)
    }
  }
}

/// The depth that goes with a palette, as a terminal of that size has it.
private enum TerminalDepth {
  static func of(_ colors: Int) -> Capabilities.ColorDepth { colors < 256 ? .sixteen : .indexed256 }
}
