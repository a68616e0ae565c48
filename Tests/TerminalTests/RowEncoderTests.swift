import ExplorerUI
import Terminal
import Testing

/// Rows of glyphs as the terminal is told them, without a terminal.
struct RowEncoderTests {
  private func encode(
    _ row: [Glyph], unicode: Bool = true, depth: Capabilities.ColorDepth = .indexed256
  ) -> [EncodedCell] {
    var encoder = RowEncoder(
      unicode: unicode, colors: ColorNumbers(depth: depth, meaning: .palette(256)),
      width: { $0 == "字" ? 2 : $0 == "\u{A8E0}" ? 0 : 1 })
    var encoded: [EncodedCell] = []
    encoder.encode(row[...], into: &encoded)
    return encoded
  }

  private func text(_ row: [Unicode.Scalar], unicode: Bool = true) -> String {
    var text = ""
    for glyph in encode(row.map { Glyph($0) }, unicode: unicode) {
      text.unicodeScalars.append(glyph.scalar)
    }
    return text
  }

  @Test func leavesOutRightHalves() {
    #expect(text(["a", "字", Glyph.continuation, "b"]) == "a字b")
  }

  @Test func neverMakesARowWiderOrNarrower() {
    #expect(text(["字", "b"]) == "?b")
    #expect(text(["b", "字"]) == "b?")
    #expect(text([Glyph.continuation, "b", Glyph.continuation]) == " b ")
    #expect(text(["字", Glyph.continuation], unicode: false) == "? ")
  }

  @Test func replacesEveryScalarThatMovesOthers() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      // A sample beyond the first planes; whole below.
      if value > 0x3000 && value % 37 != 0 { continue }
      let category = scalar.properties.generalCategory
      let moves =
        [.control, .format, .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator]
        .contains(category)
      if moves { #expect(!RowEncoder.isShowable(scalar), "U+\(String(value, radix: 16))") }
    }
    for scalar in "aé▀⣿字€λ→".unicodeScalars { #expect(RowEncoder.isShowable(scalar)) }
  }

  @Test func sendsASCIIOnlyWhereToldTo() {
    #expect(text(["é", "▀", "a", "\u{7F}"], unicode: false) == "??a?")
  }

  @Test func sharesPairsBetweenHalfBlocks() {
    let pair = { (scalar: Unicode.Scalar, foreground: Ink, background: Ink) in
      self.encode([Glyph(scalar, style: Style(foreground, on: background))])[0]
    }
    let upper = pair("▀", .indexed(200), .indexed(100))
    #expect(upper == pair("▄", .indexed(100), .indexed(200)))
    #expect(upper.scalar == "▄" && upper.foreground == 100 && upper.background == 200)
    #expect(pair("▀", .indexed(100), .indexed(200)).scalar == "▀")
    let same = pair("▀", .indexed(100), .indexed(100))
    #expect(same.scalar == " " && same.background == 100)
    // The terminal's own foreground and background are two colours.
    #expect(pair("▀", .indexed(100), .standard).scalar == "▀")
    #expect(pair("▄", .standard, .standard).scalar == "▄")
  }

  @Test func leavesEmphasizedCellsAsTheyAre() {
    let style = Style(.indexed(200), on: .indexed(100), .bold)
    let glyph = encode([Glyph("▀", style: style)])[0]
    #expect(glyph.scalar == "▀" && glyph.foreground == 200 && glyph.emphasis == .bold)
    let space = encode([Glyph(" ", style: Style(.indexed(5), .underline))])[0]
    #expect(space.foreground == 5)
  }
}
