/// Where the pixels of an input lie on the screen.
///
/// A glyph shows two pixels above each other, each a column wide and half a row high. A picture larger than
/// the room is reduced by a whole step, a smaller one enlarged by a whole factor.
package struct InputGeometry: Hashable, Sendable {
  /// The columns of glyphs that are used.
  package let columns: Int
  /// The rows of glyphs that are used.
  package let rows: Int
  /// How many values across, and down, share a pixel; those of a vector share it in their order.
  package let step: Int
  /// How many pixels across and down a value takes.
  package let scale: Int
  /// The number of pixels across, before they are enlarged.
  package let across: Int
  /// The number of pixels down, before they are enlarged.
  package let down: Int
  /// Whether the input is a row of numbers that is folded to fit.
  package let isVector: Bool

  /// Fits an input of `height × width` values into `room`; it is enlarged up to `enlarged` columns only.
  package init(height: Int, width: Int, in room: Size, enlarged: Int) {
    let (height, width) = (max(1, height), max(1, width))
    let (wide, high) = (max(1, room.width), max(1, room.height) * 2)
    isVector = height == 1
    if isVector {
      // Rows of ten, twenty, thirty values are easy to count in.
      let row = min(width, wide >= 10 ? wide / 10 * 10 : wide)
      step = Self.quotient(width, row * high)
      let values = Self.quotient(width, step)
      across = min(row, values)
      down = Self.quotient(values, across)
    } else {
      step = max(Self.quotient(width, wide), Self.quotient(height, high))
      across = Self.quotient(width, step)
      down = Self.quotient(height, step)
    }
    let most = min(min(wide, enlarged) / across, high / down)
    scale = step > 1 ? 1 : max(1, most)
    columns = across * scale
    rows = (down * scale + 1) / 2
  }

  /// The quotient, rounded up.
  private static func quotient(_ value: Int, _ divisor: Int) -> Int {
    (value - 1) / max(1, divisor) + 1
  }
}

/// An input drawn in half-blocks: greyscale for one channel, colours for three, the channels' mean for
/// other numbers of them.
package struct InputPicture: Sendable {
  private let pixels: [UInt8]
  private let channels: Int
  private let height: Int
  private let width: Int

  /// Takes pixels, `[channels, height, width]`; nil where there are not as many as that.
  package init?(pixels: [UInt8], channels: Int, height: Int, width: Int) {
    guard channels > 0, height > 0, width > 0 else { return nil }
    let (area, isTooLarge) = height.multipliedReportingOverflow(by: width)
    let (count, overflows) = area.multipliedReportingOverflow(by: channels)
    guard !isTooLarge, !overflows, pixels.count == count else { return nil }
    self.pixels = pixels
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Draws the picture with its upper left corner at a point.
  package func draw(on canvas: inout Canvas, at origin: Point, _ geometry: InputGeometry) {
    for row in 0..<geometry.rows {
      for column in 0..<geometry.columns {
        let upper = color(column, row * 2, geometry)
        let lower = color(column, row * 2 + 1, geometry)
        canvas[origin.x + column, origin.y + row] = Self.glyph(upper, lower, canvas.capabilities)
      }
    }
  }

  /// The mean of what a pixel shows, or nil beyond the last one.
  private func color(
    _ column: Int, _ row: Int, _ geometry: InputGeometry
  ) -> XtermPalette.Color? {
    let (x, y) = (column / geometry.scale, row / geometry.scale)
    guard x < geometry.across, y < geometry.down else { return nil }
    var (rows, columns) = (0..<1, 0..<1)
    if geometry.isVector {
      let first = (y * geometry.across + x) * geometry.step
      columns = min(first, width)..<min(width, first + geometry.step)
    } else {
      rows = y * geometry.step..<min(height, (y + 1) * geometry.step)
      columns = x * geometry.step..<min(width, (x + 1) * geometry.step)
    }
    guard !rows.isEmpty, !columns.isEmpty else { return nil }
    func mean(_ channels: Range<Int>) -> UInt8 {
      var sum = 0
      for channel in channels {
        for row in rows {
          let first = (channel * height + row) * width
          for column in columns { sum += Int(pixels[first + column]) }
        }
      }
      let count = channels.count * rows.count * columns.count
      return UInt8((sum + count / 2) / count)
    }
    guard channels == 3 else {
      let grey = mean(0..<channels)
      return XtermPalette.Color(red: grey, green: grey, blue: grey)
    }
    return XtermPalette.Color(red: mean(0..<1), green: mean(1..<2), blue: mean(2..<3))
  }

  private static func glyph(
    _ upper: XtermPalette.Color?, _ lower: XtermPalette.Color?, _ capabilities: Capabilities
  ) -> Glyph {
    guard let either = upper ?? lower else { return Glyph() }
    guard capabilities.colors >= .indexed256 else {
      let light = [upper, lower].compactMap { $0?.lightness }
      let mean = light.reduce(0, +) / Double(light.count)
      return ColorScale(.viridis, lower: 0, upper: 1).glyph(
        at: mean, Capabilities(colors: .mono, unicode: capabilities.unicode))
    }
    func ink(_ color: XtermPalette.Color) -> Ink {
      capabilities.colors == .trueColor
        ? .rgb(red: color.red, green: color.green, blue: color.blue)
        : .indexed(XtermPalette.nearestFixed(to: color))
    }
    guard let upper, let lower, upper != lower else {
      let isWhole = upper != nil && lower != nil || !capabilities.unicode
      if isWhole { return Glyph(" ", style: Style(.standard, on: ink(either))) }
      return Glyph(upper == nil ? "▄" : "▀", style: Style(ink(either)))
    }
    guard capabilities.unicode else {
      return Glyph(" ", style: Style(.standard, on: ink(.mean(upper, lower))))
    }
    return Glyph("▀", style: Style(ink(upper), on: ink(lower)))
  }
}

extension XtermPalette.Color {
  /// How light the colour looks, from 0 to 1.
  fileprivate var lightness: Double {
    (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255
  }

  fileprivate static func mean(_ one: Self, _ other: Self) -> Self {
    func half(_ first: UInt8, _ second: UInt8) -> UInt8 { UInt8((Int(first) + Int(second)) / 2) }
    return Self(
      red: half(one.red, other.red), green: half(one.green, other.green),
      blue: half(one.blue, other.blue))
  }
}
