/// A grid of glyphs that views draw on; the screen, the exports and the tests read it.
///
/// Drawing outside the grid is allowed and does nothing.
package struct Canvas: Hashable, Sendable {
  package let size: Size
  package let capabilities: Capabilities
  /// `[height, width]`, row-major.
  package private(set) var glyphs: [Glyph]

  package init(size: Size, capabilities: Capabilities = Capabilities()) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    self.capabilities = capabilities
    glyphs = [Glyph](repeating: Glyph(), count: self.size.width * self.size.height)
  }

  package var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

  package subscript(x: Int, y: Int) -> Glyph {
    get {
      bounds.contains(Point(x: x, y: y)) ? glyphs[y * size.width + x] : Glyph()
    }
    set {
      guard bounds.contains(Point(x: x, y: y)) else { return }
      glyphs[y * size.width + x] = newValue
    }
  }
}
