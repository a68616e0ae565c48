import HighwayNetworks
import Libc

/// Curves over a common axis, with round ticks.
package struct LinePlot: Sendable {
  /// One curve.
  package struct Series: Sendable {
    /// The name in the legend.
    package var name: String
    /// The points, from left to right; gaps where y is not finite (or not positive on a log axis).
    package var points: [(x: Double, y: Double)]
    /// The colour.
    package var style: Style
    /// What tells the curve from others without colour: it stands on the curve near its end, and takes the place of
    /// its dots where there are no colours or no dots.
    package var mark: Unicode.Scalar?

    /// Describes a curve.
    package init(
      _ name: String, points: [(x: Double, y: Double)], style: Style, mark: Unicode.Scalar? = nil
    ) {
      self.name = name
      self.points = points
      self.style = style
      self.mark = mark
    }
  }

  /// The curves; later ones lie above.
  package var series: [Series]
  /// Whether the y axis is logarithmic.
  package var isLogarithmic = false
  /// What the y axis spans; nil fits the data.
  package var yRange: ClosedRange<Double>?
  /// What the x axis spans; nil fits the data.
  package var xRange: ClosedRange<Double>?
  /// Where a vertical line marks the place at hand.
  package var marker: Double?
  /// Where faint vertical lines part what cannot be compared.
  package var rules: [Double] = []
  /// Whether y is a fraction, which is written as a percentage.
  package var isPercent = false
  /// Whether x counts something, so that only whole numbers stand at its axis.
  package var hasWholeX = true
  /// What x is, written beside its numbers.
  package var xTitle = ""

  /// The columns left of the curves.
  package static let gutter = 7

  /// Describes a plot.
  package init(
    _ series: [Series], isLogarithmic: Bool = false, yRange: ClosedRange<Double>? = nil,
    xRange: ClosedRange<Double>? = nil, marker: Double? = nil, rules: [Double] = [],
    isPercent: Bool = false,
    hasWholeX: Bool = true, xTitle: String = ""
  ) {
    self.series = series
    self.isLogarithmic = isLogarithmic
    self.yRange = yRange
    self.xRange = xRange
    self.marker = marker
    self.rules = rules
    self.isPercent = isPercent
    self.hasWholeX = hasWholeX
    self.xTitle = xTitle
  }

  /// Draws the plot: numbers left of and below the curves.
  package func draw(on canvas: inout Canvas, in rect: Rect) {
    let area = rect.inset(left: Self.gutter, top: 0, right: 1, bottom: 1)
    guard area.width >= 4, area.height >= 2 else { return }
    var plot = self
    plot.series = series.map { $0.thinned(to: area.width * 8) }
    plot.drawCurves(on: &canvas, in: area)
  }

  private func drawCurves(on canvas: inout Canvas, in area: Rect) {
    let xs = xRange ?? fit(series.flatMap { $0.points.map(\.x) }, padded: false)
    let ys = verticalRange()
    drawAxes(on: &canvas, area, xs, ys)
    let isMarked = series.contains { $0.mark != nil } && canvas.capabilities.colors == .mono
    var dots = DotGrid(area, unicode: canvas.capabilities.unicode && !isMarked)
    var paths: [(cells: [Point], curve: Series)] = []
    for curve in markedSeries(canvas.capabilities) {
      var last: (x: Int, y: Int)?
      var cells: [Point] = []
      var line = CanvasLine(places: [], style: curve.style)
      for point in curve.points {
        guard point.x.isFinite, point.y.isFinite, !isLogarithmic || point.y > 0 else {
          last = nil
          canvas.add(line)
          line.places = []
          continue
        }
        let right = fraction(point.x, xs, false)
        let down = 1 - fraction(point.y, ys, isLogarithmic)
        line.places.append(Self.place(right, down, in: area))
        let x = Int((right * Double(dots.width - 1)).rounded())
        let y = Int((down * Double(dots.height - 1)).rounded())
        cells += dots.line(
          from: last ?? (x, y), to: (x, y), style: curve.style, glyph: curve.mark ?? "*")
        last = (x, y)
      }
      canvas.add(line)
      paths.append((cells, curve))
    }
    if !canvas.capabilities.drawsLines { dots.draw(on: &canvas) }
    drawMarks(paths, on: &canvas, area)
  }

  /// The curves, with marks of their own where neither a colour nor someone's mark tells them apart.
  private func markedSeries(_ capabilities: Capabilities) -> [Series] {
    guard capabilities.colors == .mono, series.count > 1 else { return series }
    let marks: [Unicode.Scalar] = ["o", "x", "+", "#"]
    return series.enumerated().map { index, curve in
      var curve = curve
      curve.mark = curve.mark ?? marks[index % marks.count]
      return curve
    }
  }

  /// Puts each curve's mark on the curve: at its end or, where others stand or run there, before it.
  private func drawMarks(
    _ paths: [(cells: [Point], curve: Series)], on canvas: inout Canvas, _ area: Rect
  ) {
    var curvesAt: [Point: Int] = [:]
    for (cells, _) in paths { for cell in Set(cells) { curvesAt[cell, default: 0] += 1 } }
    var taken: Set<Point> = []
    // The curve that lies above has the first choice.
    for (cells, curve) in paths.reversed() {
      guard let mark = curve.mark, let end = cells.last else { continue }
      let near = cells.reversed().filter { end.x - $0.x <= area.width / 3 }
      func isApart(_ cell: Point) -> Bool {
        !(-1...1).contains { taken.contains(Point(x: cell.x + $0, y: cell.y)) }
      }
      let place =
        near.first { isApart($0) && curvesAt[$0] == 1 } ?? near.first(where: isApart)
        ?? cells.reversed().first(where: isApart)
      guard let place else { continue }
      taken.insert(place)
      var style = curve.style
      style.emphasis.insert(.bold)
      canvas[place.x, place.y] = Glyph(mark, style: style)
    }
  }

  /// The place of a line's end, by the parts of the way to the right and down: the axes' ends lie in the middle of
  /// the first and the last glyph, where their numbers stand.
  private static func place(_ right: Double, _ down: Double, in area: Rect) -> CanvasLine.Place {
    CanvasLine.Place(
      x: Double(area.x) + right * Double(area.width - 1) + 0.5,
      y: Double(area.y) + down * Double(area.height - 1) + 0.5)
  }

  /// The value on the x axis at a point of a plot that was drawn in an area.
  package static func x(at point: Point, in rect: Rect, range: ClosedRange<Double>) -> Double? {
    let area = rect.inset(left: gutter, right: 1, bottom: 1)
    guard area.width >= 4, area.contains(point) else { return nil }
    let fraction = Double(point.x - area.x) / Double(area.width - 1)
    return range.lowerBound + fraction * (range.upperBound - range.lowerBound)
  }

  /// Draws the names of the curves in one row and returns the number of columns used.
  @discardableResult
  package func drawLegend(on canvas: inout Canvas, at point: Point, width: Int) -> Int {
    var used = 0
    for curve in markedSeries(canvas.capabilities) where used + 3 < width {
      let line = canvas.capabilities.unicode ? "━ " : "* "
      let mark = canvas.capabilities.colors == .mono ? curve.mark.map { "\($0) " } ?? line : line
      used += canvas.put(
        mark, at: Point(x: point.x + used, y: point.y), style: curve.style, width: width - used)
      used += canvas.put(
        curve.name, at: Point(x: point.x + used, y: point.y),
        style: Theme(canvas.capabilities).dim, width: width - used)
      used += 2
    }
    return used
  }

  private func verticalRange() -> ClosedRange<Double> {
    if let yRange { return yRange }
    let values = series.flatMap { $0.points.map(\.y) }
    guard isLogarithmic else { return fit(values, padded: true) }
    let positive = values.filter { $0.isFinite && $0 > 0 }
    guard let low = positive.min(), let high = positive.max() else { return 0.1...1 }
    let margin = max(1.05, pow(high / low, 0.04))
    return low / margin...high * margin
  }

  private func fit(_ values: [Double], padded: Bool) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return 0...1 }
    if padded { return Ticks.roundRange(low, high) }
    return low < high ? low...high : low...low + 1
  }

  /// Where a value lies between the ends of an axis, clamped to [0, 1].
  private func fraction(
    _ value: Double, _ range: ClosedRange<Double>, _ logarithmic: Bool
  ) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    let raw =
      logarithmic
      ? (log(value) - log(low)) / (log(high) - log(low)) : (value - low) / (high - low)
    return raw.isFinite ? min(max(0, raw), 1) : 0
  }

  private func drawAxes(
    on canvas: inout Canvas, _ area: Rect, _ xs: ClosedRange<Double>, _ ys: ClosedRange<Double>
  ) {
    let theme = Theme(canvas.capabilities)
    for rule in rules where xs.contains(rule) {
      let x = area.x + Int((fraction(rule, xs, false) * Double(area.width - 1)).rounded())
      canvas.verticalRule(x: x, from: area.y, to: area.maxY, style: theme.rule)
    }
    if let marker, xs.contains(marker) {
      let x = area.x + Int((fraction(marker, xs, false) * Double(area.width - 1)).rounded())
      canvas.verticalRule(x: x, from: area.y, to: area.maxY, style: theme.focus)
    }
    canvas.verticalRule(x: area.x - 1, from: area.y, to: area.maxY, style: theme.rule)
    let count = max(2, area.height / 3)
    func round(_ count: Int) -> [Double] {
      isLogarithmic
        ? Ticks.logarithmic(ys.lowerBound, ys.upperBound, count: count)
        : Ticks.linear(ys.lowerBound, ys.upperBound, count: count)
    }
    // One number makes no scale: then finer ones, as long as each has a row.
    let ticks =
      (count...max(count, area.height)).lazy.map(round)
      .first { $0.count > 1 && $0.count <= area.height } ?? round(count)
    let step = ticks.count > 1 ? ticks[1] - ticks[0] : 0.01
    for tick in ticks {
      let height = fraction(tick, ys, isLogarithmic)
      let y = area.maxY - 1 - Int((height * Double(area.height - 1)).rounded())
      canvas.put(
        label(tick, step: step), endingAt: area.x - 1, y: y, style: theme.dim,
        width: Self.gutter - 1)
      guard !canvas.capabilities.drawsLines else {
        // The number's row is the nearest one, its mark stands where the value is.
        let end = Self.place(0, 1 - height, in: area)
        let marks = [end.x - 1.4, end.x - 1].map { CanvasLine.Place(x: $0, y: end.y) }
        canvas.add(CanvasLine(places: marks, style: theme.rule))
        continue
      }
      canvas[area.x - 1, y] = Glyph(canvas.capabilities.unicode ? "┤" : "+", style: theme.rule)
    }
    // Left of the numbers, else in the place of the last ones.
    let isBeside = xTitle.count <= Self.gutter - 2
    canvas.put(
      xTitle, endingAt: isBeside ? area.x - 2 : area.maxX + 1, y: area.maxY, style: theme.dim,
      width: area.width)
    let end = isBeside || xTitle.isEmpty ? area.maxX + 1 : area.maxX - xTitle.count - 1
    var free = Int.min
    let places = Ticks.linear(xs.lowerBound, xs.upperBound, count: max(1, area.width / 10))
    let digits =
      hasWholeX || places.count < 2 ? 0 : Ticks.digits(step: places[1] - places[0])
    for tick in places where !hasWholeX || tick == tick.rounded() {
      let text = NumberFormat.fixed(tick, digits)
      let center = area.x + Int((fraction(tick, xs, false) * Double(area.width - 1)).rounded())
      let x = min(center - (text.count - 1) / 2, area.maxX + 1 - text.count)
      guard x >= free, x + text.count <= end else { continue }
      canvas.put(text, at: Point(x: x, y: area.maxY), style: theme.dim, width: text.count)
      free = x + text.count + 1
    }
  }

  private func label(_ value: Double, step: Double) -> String {
    if isPercent {
      return NumberFormat.fixed(value * 100, Ticks.digits(step: step * 100)) + "%"
    }
    if isLogarithmic, value < 1e-4 || value >= 1e6 { return NumberFormat.compact(value) }
    return NumberFormat.fixed(value, Ticks.digits(step: isLogarithmic ? value : step))
  }
}
