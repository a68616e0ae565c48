/// A grid of glyphs that views draw on; the screen, the exports and the tests read it.
///
/// Drawing outside the grid is allowed and does nothing.
package struct Canvas: Hashable, Sendable {
  package let size: Size
  package let capabilities: Capabilities
  /// `[height, width]`, row-major.
  package private(set) var glyphs: [Glyph]
  /// What a picture draws over the glyphs.
  package internal(set) var lines: [CanvasLine] = []

  package init(size: Size, capabilities: Capabilities = Capabilities()) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    self.capabilities = capabilities
    glyphs = [Glyph](repeating: Glyph(), count: self.size.width * self.size.height)
  }

  package var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

  /// The smallest size that holds all that was drawn.
  package var usedSize: Size {
    var used = Size(width: 0, height: 0)
    for y in 0..<size.height {
      for x in 0..<size.width where self[x, y] != Glyph() {
        used = Size(width: max(used.width, x + 1), height: y + 1)
      }
    }
    for place in lines.lazy.flatMap(\.places) {
      used.width = max(used.width, min(size.width, Int(place.x) + 1))
      used.height = max(used.height, min(size.height, Int(place.y) + 1))
    }
    return used
  }

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
