extension Canvas {
  /// The canvas as a picture of areas and texts that is sharp at any size.
  ///
  /// Blocks, dots and lines are areas, those of one colour a single path; each text is set to the width of
  /// its glyphs, so that columns stand in line whatever the font.
  package func svg(title: String, description: String) -> String {
    let picture = Picture(self)
    var behind = FillLayer()
    var shapes = FillLayer()
    var texts = ""
    for row in 0..<size.height {
      let fills = picture.fills(row: row)
      for fill in fills.behind { behind.add(fill) }
      for fill in fills.shapes { shapes.add(fill) }
      for run in picture.runs(row: row) { texts += Self.element(run) }
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(picture.width / 2)" \
      height="\(picture.height / 2)" viewBox="0 0 \(picture.width) \(picture.height)">
      <title>\(Self.escaped(title))</title>
      <desc>\(Self.escaped(description))</desc>
      <rect width="\(picture.width)" height="\(picture.height)" \
      fill="\(Self.hex(picture.background))"/>
      <g shape-rendering="crispEdges">
      \(behind.paths)\(shapes.paths)</g>
      <g font-family="ui-monospace,'SF Mono',Menlo,'DejaVu Sans Mono',Consolas,'Liberation Mono',\
      monospace" font-size="26">
      \(texts)</g>
      </svg>

      """
  }

  private static func element(_ run: Picture.Run) -> String {
    let x = run.position.x * GlyphShape.width
    let y = run.position.y * GlyphShape.height + 24
    var text = String.UnicodeScalarView()
    text.append(contentsOf: run.scalars)
    return "<text x=\"\(x)\" y=\"\(y)\" textLength=\"\(run.columns * GlyphShape.width)\""
      + " lengthAdjust=\"spacingAndGlyphs\" fill=\"\(hex(run.color))\""
      + (run.isBold ? " font-weight=\"bold\"" : "")
      + (run.isUnderlined ? " text-decoration=\"underline\"" : "")
      + ">\(escaped(String(text)))</text>\n"
  }

  fileprivate static func hex(_ color: XtermPalette.Color) -> String {
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

/// Areas that do not overlap, gathered by colour; those above each other grow together.
private struct FillLayer {
  private struct Column: Hashable {
    var x: Int
    var width: Int
    var bottom: Int
    var color: XtermPalette.Color
  }

  private var fills: [Picture.Fill] = []
  /// Where the areas are that end at a place.
  private var open: [Column: Int] = [:]

  mutating func add(_ fill: Picture.Fill) {
    let (rect, color) = (fill.rect, fill.color)
    var key = Column(x: rect.x, width: rect.width, bottom: rect.y, color: color)
    let index = open.removeValue(forKey: key) ?? fills.count
    if index < fills.count {
      fills[index].rect.height += rect.height
    } else {
      fills.append(fill)
    }
    key.bottom = rect.maxY
    open[key] = index
  }

  /// One path for each colour, in the order in which the colours appear.
  var paths: String {
    var order: [XtermPalette.Color] = []
    var outlines: [XtermPalette.Color: String] = [:]
    for fill in fills {
      let rect = fill.rect
      if outlines[fill.color] == nil { order.append(fill.color) }
      outlines[fill.color, default: ""] +=
        "M\(rect.x) \(rect.y)h\(rect.width)v\(rect.height)h-\(rect.width)z"
    }
    return order.map { color in
      "<path fill=\"\(Canvas.hex(color))\" d=\"\(outlines[color] ?? "")\"/>\n"
    }.joined()
  }
}
