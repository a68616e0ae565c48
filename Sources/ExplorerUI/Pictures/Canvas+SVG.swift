import HighwayNetworks

extension Canvas {
  /// The canvas as a picture of areas and texts that is sharp at any size.
  ///
  /// Blocks, dots and lines are areas, those of one colour a single path; each text is set to the width of
  /// its glyphs, so that columns stand in line whatever the font.
  package func svg(title: String, description: String) -> String {
    let picture = Picture(self)
    var texts = ""
    for row in 0..<size.height {
      for run in picture.runs(row: row) { texts += Self.element(run) }
    }
    let paths = picture.layers.flatMap(\.areas).map(Self.path).joined()
    let lines = picture.lines.map(Self.element).joined()
    // What is drawn for paper has no ground of its own.
    let ground =
      capabilities.ground == .print
      ? ""
      : "<rect width=\"\(picture.width)\" height=\"\(picture.height)\" "
        + "fill=\"\(Self.hex(picture.background))\"/>"
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(picture.width / 2)" \
      height="\(picture.height / 2)" viewBox="0 0 \(picture.width) \(picture.height)">
      <title>\(Self.escaped(title))</title>
      <desc>\(Self.escaped(description))</desc>
      \(ground)
      <g shape-rendering="crispEdges">
      \(paths)</g>
      <g fill="none" stroke-width="\(Picture.Line.thickness)" stroke-linecap="round" stroke-linejoin="round">
      \(lines)</g>
      <g font-family="ui-monospace,'SF Mono',Menlo,'DejaVu Sans Mono',Consolas,'Liberation Mono',\
      monospace" font-size="\(Picture.fontSize)">
      \(texts)</g>
      </svg>

      """
  }

  private static func element(_ run: Picture.Run) -> String {
    let area = run.area
    return "<text x=\"\(area.x)\" y=\"\(area.y + Picture.baseline)\" textLength=\"\(area.width)\""
      + " lengthAdjust=\"spacingAndGlyphs\" fill=\"\(hex(run.color))\""
      + (run.isBold ? " font-weight=\"bold\"" : "")
      + (run.isUnderlined ? " text-decoration=\"underline\"" : "")
      + ">\(escaped(run.text))</text>\n"
  }

  private static func element(_ line: Picture.Line) -> String {
    var outline = ""
    for (index, place) in line.places.enumerated() {
      let (x, y) = (NumberFormat.fixed(place.x, 1), NumberFormat.fixed(place.y, 1))
      outline += "\(index == 0 ? "M" : "L")\(x) \(y)"
    }
    // A line without length is a dot.
    return
      "<path stroke=\"\(hex(line.color))\" d=\"\(outline)\(line.places.count == 1 ? "h0" : "")\"/>\n"
  }

  /// The areas of one colour as a path.
  private static func path(_ color: XtermPalette.Color, _ rects: [Rect]) -> String {
    let outline = rects.reduce(into: "") { outline, rect in
      outline += "M\(rect.x) \(rect.y)h\(rect.width)v\(rect.height)h-\(rect.width)z"
    }
    return "<path fill=\"\(hex(color))\" d=\"\(outline)\"/>\n"
  }

  private static func hex(_ color: XtermPalette.Color) -> String {
    let digits = [color.red, color.green, color.blue].map { channel in
      (channel < 16 ? "0" : "") + String(channel, radix: 16)
    }
    return "#" + digits.joined()
  }

  /// A text as XML may hold it; characters that it may not are replaced.
  private static func escaped(_ text: String) -> String {
    sanitized(text).unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
