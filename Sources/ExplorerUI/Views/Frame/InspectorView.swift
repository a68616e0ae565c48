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
      if state.showsRanking {
        RankingView.draw(state, on: &canvas, in: ranking(in: place))
        return
      }
      drawBeside(state, on: &canvas, in: rect.inset(left: 1, top: 1, right: 1))
      return
    }
    canvas.verticalRule(x: rect.x, from: rect.y, to: rect.maxY, style: theme.rule)
    let inner = rect.inset(left: 2)
    if state.showsRanking {
      RankingView.draw(state, on: &canvas, in: ranking(in: place))
    } else if inner.width >= 70, inner.height >= 24 {
      drawWide(state, on: &canvas, in: inner)
    } else {
      drawNarrow(state, on: &canvas, in: inner)
    }
  }

  /// Where the list of ranked cells stands.
  private static func ranking(in place: InspectorPlace) -> Rect {
    place.isBelow ? place.rect.inset(left: 1, top: 1, right: 1) : place.rect.inset(left: 2)
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
    var y = left.y
    for section in numbers.fitting(rect.height - 12) {
      y = draw(section.lines, on: &canvas, in: left, y: y) + (rect.height >= 40 ? 1 : 0)
    }
    let classes = wideClasses(state, in: rect)
    let top = classes.height
    InspectorCharts.drawClasses(state, on: &canvas, in: classes)
    let below = Rect(
      x: rect.x, y: rect.y + top + 1, width: rect.width, height: rect.height - top - 1)
    let (upper, lower) = below.splitTop(below.height >= 22 ? below.height / 2 : below.height)
    InspectorCharts.drawHistogram(state, on: &canvas, in: upper.inset(bottom: 1))
    if lower.height >= 8 { InspectorCharts.drawProfile(state, on: &canvas, in: lower) }
  }

  /// Where the bars of the classes stand beside the numbers.
  private static func wideClasses(_ state: ExplorerState, in rect: Rect) -> Rect {
    let numbers = InspectorNumbers(state, width: 32, focusesClasses: false)
    let gap = rect.height >= 40 ? 1 : 0
    let lines = numbers.fitting(rect.height - 12).reduce(0) { $0 + $1.lines.count + gap }
    let height = min(rect.height - 12, max(lines, min(state.classCount + 2, 22)))
    return Rect(x: rect.x + 35, y: rect.y, width: min(56, rect.width - 36), height: height)
  }

  /// The class whose bar, or the ranked cell whose line, is under a point; nil where there is none.
  static func target(
    at point: Point, _ state: ExplorerState, _ place: InspectorPlace?
  ) -> Target? {
    if let place, state.showsRanking {
      return RankingView.target(at: point, state, in: ranking(in: place))
    }
    guard let place, !place.isBelow, place.rect.contains(point) else { return nil }
    let inner = place.rect.inset(left: 2)
    let isWide = inner.width >= 70 && inner.height >= 24
    let classes =
      isWide ? wideClasses(state, in: inner) : NarrowInspector(state, in: inner).classes
    return classes.flatMap { InspectorCharts.label(at: point, state, in: $0) }.map(Target.label)
  }

  /// Everything below each other.
  private static func drawNarrow(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let parts = NarrowInspector(state, in: rect)
    var y = rect.y
    for section in parts.sections {
      y = draw(section.lines, on: &canvas, in: rect, y: y) + parts.gap
    }
    if let classes = parts.classes {
      InspectorCharts.drawClasses(state, on: &canvas, in: classes)
    }
    let rest = parts.rest
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
