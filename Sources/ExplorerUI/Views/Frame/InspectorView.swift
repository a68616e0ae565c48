import HighwayNetworks

/// What the inspector shows first where it stands beside a view.
enum InspectorFocus {
  /// The unit over all samples.
  case unit
  /// The unit class by class.
  case classes
  /// The unit in the sample that is chosen.
  case sample
}

/// The exact numbers under the cursor, with a histogram, the classes, and the unit's way through the layers.
///
/// Where there is little room, what explains goes before what counts: the profile, the classes (but in the
/// classes view), the histogram, then the sections of numbers from the highest rank down.
enum InspectorView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, at place: InspectorPlace) {
    let theme = Theme(canvas.capabilities)
    let rect = place.rect
    guard !rect.isEmpty else { return }
    if place.isBelow {
      canvas.horizontalRule(y: rect.y, from: rect.x, to: rect.maxX, style: theme.rule)
      drawBeside(state, on: &canvas, in: rect.inset(left: 1, top: 1, right: 1))
      return
    }
    canvas.verticalRule(x: rect.x, from: rect.y, to: rect.maxY, style: theme.rule)
    let inner = rect.inset(left: 2)
    if inner.width >= 70, inner.height >= 24 {
      drawWide(state, on: &canvas, in: inner)
    } else {
      drawNarrow(state, on: &canvas, in: inner)
    }
  }

  // MARK: - Arrangements

  /// Numbers in columns, the histogram in the last one.
  private static func drawBeside(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let numbers = InspectorNumbers(state, width: 25, focusesClasses: false)
    let columns = max(1, min(3, (rect.width - 36) / 27))
    var sections = numbers.fitting(rect.height * columns)
    for column in 0..<columns {
      let place = Rect(
        x: rect.x + column * 27, y: rect.y, width: min(25, rect.width), height: rect.height)
      var y = place.y
      while let next = sections.first, y + next.lines.count <= place.maxY {
        y = draw(next.lines, on: &canvas, in: place, y: y)
        sections.removeFirst()
      }
    }
    let rest = rect.splitLeft(columns * 27).rest
    if rest.width >= 16 { InspectorCharts.drawHistogram(state, on: &canvas, in: rest) }
  }

  /// Numbers beside the classes, below them the histogram and the way through the layers.
  private static func drawWide(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let left = Rect(x: rect.x, y: rect.y, width: 32, height: rect.height)
    let numbers = InspectorNumbers(state, width: left.width, focusesClasses: false)
    let sections = numbers.fitting(rect.height - 12)
    var y = left.y
    for section in sections {
      y = draw(section.lines, on: &canvas, in: left, y: y) + (rect.height >= 40 ? 1 : 0)
    }
    let top = min(rect.height - 12, max(y - rect.y, min(state.classCount + 2, 22)))
    let classes = Rect(
      x: left.maxX + 3, y: rect.y, width: min(56, rect.maxX - left.maxX - 4), height: top)
    InspectorCharts.drawClasses(state, on: &canvas, in: classes)
    let below = Rect(
      x: rect.x, y: rect.y + top + 1, width: rect.width, height: rect.height - top - 1)
    let (upper, lower) = below.splitTop(below.height >= 22 ? below.height / 2 : below.height)
    InspectorCharts.drawHistogram(state, on: &canvas, in: upper.inset(bottom: 1))
    if lower.height >= 8 { InspectorCharts.drawProfile(state, on: &canvas, in: lower) }
  }

  /// Everything below each other.
  private static func drawNarrow(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let isClasses = state.view.inspectorFocus == .classes
    let numbers = InspectorNumbers(state, width: rect.width - 1, focusesClasses: isClasses)
    let classRows = state.layerStatistics(state.selection.layer) == nil ? 0 : state.classCount + 1
    let reserved = isClasses ? min(classRows, max(3, rect.height - 5)) : rect.height >= 16 ? 4 : 0
    let sections = numbers.fitting(rect.height - reserved)
    let used = sections.reduce(0) { $0 + $1.lines.count }
    let spare = rect.height - used - reserved
    var gaps = spare >= sections.count ? sections.count : 0
    var y = rect.y
    for section in sections {
      y = draw(section.lines, on: &canvas, in: rect, y: y)
      if gaps > 0 {
        y += 1
        gaps -= 1
      }
    }
    var rest = Rect(x: rect.x, y: y, width: rect.width - 1, height: rect.maxY - y)
    if isClasses || rest.height >= classRows + 7 {
      let rows = min(rest.height, classRows)
      InspectorCharts.drawClasses(state, on: &canvas, in: rest.splitTop(rows).top)
      rest = rest.splitTop(rows + 1).rest
    }
    if rest.height >= 22, rest.width >= 30 {
      let (upper, lower) = rest.splitTop(rest.height / 2)
      InspectorCharts.drawHistogram(state, on: &canvas, in: upper.inset(bottom: 1))
      InspectorCharts.drawProfile(state, on: &canvas, in: lower)
    } else if rest.height >= 3 {
      let rows = min(rest.height, 12)
      InspectorCharts.drawHistogram(state, on: &canvas, in: rest.splitTop(rows).top)
    }
  }

  // MARK: - Lines

  /// Draws lines from a row on and returns the next free row.
  private static func draw(
    _ lines: [InspectorNumbers.Line], on canvas: inout Canvas, in rect: Rect, y: Int
  ) -> Int {
    let theme = Theme(canvas.capabilities)
    for (offset, line) in lines.enumerated() where y + offset < rect.maxY {
      let point = Point(x: rect.x, y: y + offset)
      switch line {
      case .heading(let text):
        canvas.put(text, at: point, style: theme.focus, width: rect.width)
      case .plain(let text):
        canvas.put(text, at: point, style: theme.dim, width: rect.width)
      case .pair(let label, let value):
        // A column stays free at the edge where the longest of the lines does not need it.
        let width = min(rect.width > InspectorNumbers.narrowest ? rect.width - 1 : rect.width, 30)
        let used = canvas.put(label, at: point, style: theme.dim, width: width)
        canvas.put(
          value, endingAt: rect.x + width, y: point.y, style: theme.strong,
          width: max(0, width - used))
      }
    }
    return y + lines.count
  }
}
