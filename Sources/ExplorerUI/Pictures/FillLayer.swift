/// Areas that do not overlap, gathered by colour; those above each other grow together.
struct FillLayer {
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

  /// The areas of each colour, in the order in which the colours appear.
  var areas: [(color: XtermPalette.Color, rects: [Rect])] {
    var areas: [(color: XtermPalette.Color, rects: [Rect])] = []
    var places: [XtermPalette.Color: Int] = [:]
    for fill in fills {
      if let place = places[fill.color] {
        areas[place].rects.append(fill.rect)
      } else {
        places[fill.color] = areas.count
        areas.append((fill.color, [fill.rect]))
      }
    }
    return areas
  }
}

extension Picture {
  /// What lies behind in the whole picture, and the shapes on it.
  var layers: [FillLayer] {
    var (behind, shapes) = (FillLayer(), FillLayer())
    for row in 0..<canvas.size.height {
      let fills = fills(row: row)
      for fill in fills.behind { behind.add(fill) }
      for fill in fills.shapes { shapes.add(fill) }
    }
    return [behind, shapes]
  }
}
