import TerminalHarness
import Testing

/// The terminal in memory that the other tests look at.
struct VirtualScreenTests {
  private func screen(_ bytes: String, width: Int = 10, height: Int = 4) -> VirtualScreen {
    var screen = VirtualScreen(width: width, height: height)
    screen.feed(bytes.utf8)
    return screen
  }

  @Test func wrapsAndScrolls() {
    #expect(screen("abcdefghijkl").text == ["abcdefghij", "kl", "", ""])
    #expect(screen("1\r\n2\r\n3\r\n4\r\n5").text == ["2", "3", "4", "5"])
    // The last column does not wrap before the next character.
    #expect(screen("\u{1B}[4;10Hx").text == ["", "", "", "         x"])
  }

  @Test func keepsAlternateScreensApart() {
    let inside = screen("shell\u{1B}[?1049h\u{1B}[2;2Hfull")
    #expect(inside.isAlternate && inside.text == ["", " full", "", ""])
    let outside = screen("shell\u{1B}[?1049h\u{1B}[2;2Hfull\u{1B}[?1049l")
    #expect(!outside.isAlternate && outside.text == ["shell", "", "", ""])
    #expect(outside.cursor == (5, 0))
  }

  @Test func paintsInColours() {
    let row = screen("\u{1B}[38;5;200;48;2;1;2;3mx\u{1B}[1;31my\u{1B}[mz\u{1B}[7;97mw").rows[0]
    #expect(row[0].foreground == .indexed(200) && row[0].background == .rgb(1, 2, 3))
    #expect(row[1].foreground == .indexed(1) && row[1].bold)
    #expect(
      row[2]
        == {
          var glyph = VirtualGlyph()
          glyph.scalar = "z"
          return glyph
        }())
    #expect(row[3].reverse && row[3].foreground == .indexed(15))
  }

  @Test func editsLines() {
    #expect(screen("abcdef\u{1B}[3G\u{1B}[2P").text[0] == "abef")
    #expect(screen("abcdef\u{1B}[3G\u{1B}[2@").text[0] == "ab  cdef")
    #expect(screen("abcdef\u{1B}[3G\u{1B}[2X").text[0] == "ab  ef")
    #expect(screen("abcdef\u{1B}[3G\u{1B}[K").text[0] == "ab")
    #expect(screen("abcdef\u{1B}[3G\u{1B}[1K").text[0] == "   def")
    #expect(screen("a\u{1B}[3b").text[0] == "aaaa")
    #expect(screen("1\r\n2\r\n3\u{1B}[2;1H\u{1B}[L").text == ["1", "", "2", "3"])
    #expect(screen("1\r\n2\r\n3\u{1B}[1;1H\u{1B}[M").text == ["2", "3", "", ""])
    #expect(screen("1\r\n2\r\n3\u{1B}[2;1H\u{1B}[J").text == ["1", "", "", ""])
    #expect(screen("1\r\n2\r\n3\r\n4\u{1B}[2;3r\u{1B}[3;1H\n").text == ["1", "3", "", "4"])
  }

  @Test func setsWideCharactersInTwoColumns() {
    let row = screen("a字b").rows[0]
    #expect(row[1].scalar == "字" && row[2].scalar == nil && row[3].scalar == "b")
    #expect(screen("abcdefghi字").text == ["abcdefghi", "字", "", ""])
  }

  @Test(arguments: [
    "\u{1B}[5z", "\u{1B}[?9999h", "\u{1B}Q", "\u{1B}[38;9m", "\u{1}", "\u{1B}[38:2::1:2:3m",
    "\u{E}",
  ])
  func notesWhatItDoesNotKnow(sequence: String) {
    #expect(screen(sequence + "x").unknown.count == 1)
  }

  @Test func keepsItsTextWhenTheWindowChanges() {
    var screen = screen("abcdefghij\r\nk")
    screen.resize(width: 4, height: 2)
    #expect(screen.text == ["abcd", "k"])
    screen.resize(width: 12, height: 6)
    #expect(screen.text == ["abcd", "k", "", "", "", ""])
  }
}
