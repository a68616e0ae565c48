import ExplorerUI
import Testing

@Suite struct TextTests {
  @Test(arguments: [
    ("\u{1B}[31mred", "\u{FFFD}[31mred"),
    ("a\u{9B}31mb", "a\u{FFFD}31mb"),
    ("tab\there\n", "tab\u{FFFD}here\u{FFFD}"),
    ("abc\u{202E}fdp.exe", "abc\u{FFFD}fdp.exe"),
    ("zero\u{200B}width\u{2066}x", "zero\u{FFFD}width\u{FFFD}x"),
    ("e\u{301}", "e"),
    ("\u{E000}\u{2028}\u{0}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("Kuzushiji 変体仮名", "Kuzushiji 変体仮名"),
  ])
  func replacesWhatDisturbsATerminal(text: String, expected: String) {
    #expect(sanitized(text) == expected)
  }

  @Test func noControlCharacterReachesACell() {
    var canvas = Canvas(size: Size(width: 20, height: 1))
    canvas.put("\u{1B}]0;x\u{7}\u{9D}y\u{85}", at: Point(x: 0, y: 0))
    #expect(
      canvas.glyphs.allSatisfy {
        $0.scalar.value >= 0x20 && !(0x7F...0x9F).contains($0.scalar.value)
      })
  }

  @Test func wideCharactersTakeTwoCells() {
    var canvas = Canvas(size: Size(width: 6, height: 1))
    #expect(canvas.put("変x", at: Point(x: 0, y: 0)) == 3)
    #expect(canvas[0, 0].scalar == "変")
    #expect(canvas[1, 0].scalar == Glyph.continuation)
    #expect(canvas[2, 0].scalar == "x")
    #expect(canvas.textRows() == ["変x"])
  }

  @Test func wideCharacterThatIsCutLosesBothHalves() {
    var canvas = Canvas(size: Size(width: 4, height: 1))
    canvas.put("変体", at: Point(x: 0, y: 0))
    canvas.put("x", at: Point(x: 1, y: 0))
    #expect(canvas.textRows() == [" x体"])
    canvas.put("y", at: Point(x: 2, y: 0))
    #expect(canvas.textRows() == [" xy"])
  }

  @Test func longTextEndsInAnEllipsis() {
    var canvas = Canvas(size: Size(width: 12, height: 3))
    #expect(canvas.put("highway", at: Point(x: 0, y: 0), width: 5) == 5)
    #expect(canvas.put("変体仮名", at: Point(x: 0, y: 1), width: 4) == 3)
    #expect(canvas.put("whole", at: Point(x: 0, y: 2), width: 5) == 5)
    #expect(canvas.textRows() == ["high…", "変…", "whole"])
  }

  @Test func asciiCanvasHoldsAsciiOnly() {
    let capabilities = Capabilities(colors: .mono, unicode: false)
    var canvas = Canvas(size: Size(width: 30, height: 2), capabilities: capabilities)
    canvas.put("T ± 0.1 → η² × 変 é", at: Point(x: 0, y: 0))
    canvas.put("highway", at: Point(x: 0, y: 1), width: 5)
    #expect(canvas.textRows() == ["T +- 0.1 > eta2 x ? ?", "high~"])
  }

  @Test func textOutsideTheCanvasIsDropped() {
    var canvas = Canvas(size: Size(width: 3, height: 1))
    #expect(canvas.put("abc", at: Point(x: 3, y: 0)) == 0)
    #expect(canvas.put("abc", at: Point(x: 0, y: 1)) == 0)
    #expect(canvas.put("abc", at: Point(x: 0, y: 0), width: 0) == 0)
    #expect(canvas.put("ab", endingAt: 3, y: 0) == 2)
    #expect(canvas.textRows() == [" ab"])
  }

  @Test func exportsColoursAndResetsThem() {
    var canvas = Canvas(size: Size(width: 3, height: 1))
    canvas.put("a", at: Point(x: 0, y: 0), style: Style(.rgb(red: 1, green: 2, blue: 3)))
    canvas.put("b", at: Point(x: 1, y: 0), style: Style(.standard, on: .indexed(200), .bold))
    #expect(canvas.ansi() == "\u{1B}[0;38;2;1;2;3ma\u{1B}[0;1;48;5;200mb\u{1B}[0m \n")
  }
}
