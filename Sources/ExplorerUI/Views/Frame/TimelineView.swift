import HighwayNetworks
import Libc

/// Where the epochs of the timeline lie.
struct TimelineLayout {
  /// The columns of the epochs, over all rows of the timeline.
  let track: Rect
  /// How many epochs share a column.
  let step: Int
  /// How many columns an epoch takes.
  let barWidth: Int
  let count: Int

  static let gutter = 7
  /// The most columns of an epoch: a mark, a number of three digits and a gap.
  private static let widest = 5
  /// The columns at the right for numbers.
  let readout: Int

  init(_ rect: Rect, epochs: Int) {
    readout = rect.width >= 100 ? 45 : rect.width >= 80 ? 38 : 25
    let offered = rect.inset(left: Self.gutter, right: readout + 1)
    count = max(0, epochs)
    step = offered.width > 0 ? max(1, (count + offered.width - 1) / offered.width) : 1
    let shown = (count + step - 1) / step
    barWidth = shown > 0 ? min(Self.widest, max(1, offered.width / shown)) : 1
    track = Rect(
      x: offered.x, y: offered.y, width: min(offered.width, shown * barWidth),
      height: offered.height)
  }

  func x(_ index: Int) -> Int { track.x + index / step * barWidth }

  func index(at point: Point) -> Int? {
    guard track.contains(point), count > 0 else { return nil }
    return min(count - 1, (point.x - track.x) / barWidth * step)
  }

  /// The epochs that share a column.
  var groups: [Range<Int>] {
    stride(from: 0, to: count, by: step).map { $0..<min(count, $0 + step) }
  }
}

/// The foot's band: loss and accuracy of every epoch, where one stands, and training progress.
enum TimelineView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let timeline = state.timeline
    let layout = TimelineLayout(rect, epochs: timeline.entries.count)
    let outcome = ShownOutcome(state)
    var y = rect.y
    if rect.height >= 2 {
      let losses = values(layout) { timeline.entries[$0].metrics.flatMap(testLoss) }
      // The accuracy has no row of its own on most screens.
      let words =
        rect.height >= 3
        ? outcome?.loss : outcome?.forms.first { columns(of: $0) <= layout.readout }
      let soFar = timeline.isAtEnd ? state.training.progress : nil
      let loss = words ?? soFar.map { "loss so far \(NumberFormat.fixed($0.loss, 4))" } ?? ""
      line("loss", losses.map { $0.map { log(max($0, 1e-12)) } }, loss, theme.series(0), y)
      y += 1
    }
    if rect.height >= 3 {
      let accuracies = values(layout) { timeline.entries[$0].metrics?.testAccuracy }
      line("acc.", accuracies, outcome?.accuracy ?? "", theme.series(1), y)
      y += 1
    }
    drawMarkers(state, on: &canvas, layout, rect, y)
    drawScale(state, on: &canvas, layout, rect)

    func line(_ label: String, _ values: [Double?], _ text: String, _ style: Style, _ y: Int) {
      canvas.put(" " + label, at: Point(x: rect.x, y: y), style: theme.dim)
      let row = Rect(x: layout.track.x, y: y, width: layout.track.width, height: 1)
      Sparkline(values).draw(on: &canvas, in: row, barWidth: layout.barWidth, style: style)
      canvas.put(text, endingAt: rect.maxX - 1, y: y, style: theme.dim, width: layout.readout)
    }
  }

  /// The test loss, or the training loss where there is none; gaps where it is not finite.
  private static func testLoss(_ metrics: EpochMetrics) -> Double? {
    let value = metrics.testLoss.isFinite ? metrics.testLoss : metrics.trainLoss
    return value.isFinite ? value : nil
  }

  private static func values(_ layout: TimelineLayout, _ value: (Int) -> Double?) -> [Double?] {
    layout.groups.map { group in
      let known = group.compactMap(value).filter(\.isFinite)
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }

  private static func drawMarkers(
    _ state: ExplorerState, on canvas: inout Canvas, _ layout: TimelineLayout, _ rect: Rect,
    _ y: Int
  ) {
    let theme = Theme(canvas.capabilities)
    let timeline = state.timeline
    canvas.put(" epoch", at: Point(x: rect.x, y: y), style: theme.dim)
    for (column, group) in layout.groups.enumerated() {
      let unsaved = group.contains { !timeline.entries[$0].isSaved }
      let incomplete = group.contains { !timeline.entries[$0].isComplete }
      let holdsCursor = group.contains(timeline.cursor)
      let mark = incomplete ? "◌" : unsaved ? "○" : "●"
      let style = holdsCursor ? theme.cursor : unsaved ? theme.warning : theme.dim
      let x = layout.track.x + column * layout.barWidth
      canvas.put(mark, at: Point(x: x, y: y), style: style)
      guard layout.step == 1 else { continue }
      drawNumber(
        timeline, column, on: &canvas,
        in: Rect(x: x + 1, y: y, width: layout.barWidth - 1, height: 1))
    }
    let last = timeline.entries.last?.id.number ?? 0
    var text = timeline.current.map { "epoch \($0.id.number) of \(last)" } ?? "no recorded epochs"
    let left = rect.maxX - 1 - layout.readout
    if let progress = state.training.progress {
      text = "\(progress.step)/\(progress.steps)"
      let width = layout.readout - text.count - 1
      let bar = Rect(x: left, y: y, width: width, height: 1)
      let done = StackedBar.Part(progress.fraction, ink: theme.good.foreground, glyph: "#")
      let rest = StackedBar.Part(1 - progress.fraction, ink: theme.rule.foreground, glyph: "-")
      StackedBar([done, rest], total: 1).draw(on: &canvas, in: bar)
    }
    canvas.put(text, endingAt: rect.maxX - 1, y: y, style: theme.dim, width: layout.readout)
  }
  /// Draws an epoch's number beside its mark, where there is room, and dots where epochs are left out after it.
  private static func drawNumber(
    _ timeline: Timeline, _ index: Int, on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let number = timeline.entries[index].id.number
    let text = String(number)
    var x = rect.x
    if text.count <= rect.width {
      x += canvas.put(text, at: Point(x: x, y: rect.y), style: theme.dim)
    }
    let next = index + 1
    guard timeline.entries.indices.contains(next),
      timeline.entries[next].id.number > number + 1
    else { return }
    for x in x..<max(x, rect.maxX) { canvas.put("·", at: Point(x: x, y: rect.y), style: theme.dim) }
  }

  /// Says between which losses the bars stand, where there is room beside them.
  private static func drawScale(
    _ state: ExplorerState, on canvas: inout Canvas, _ layout: TimelineLayout, _ rect: Rect
  ) {
    let losses = state.timeline.entries.compactMap { $0.metrics.flatMap(testLoss) }
    guard rect.height >= 2, let least = losses.min(), let most = losses.max(), least < most else {
      return
    }
    func text(_ loss: Double) -> String {
      loss < 0.01 ? NumberFormat.compact(loss) : NumberFormat.fixed(loss, 2)
    }
    let range = text(least) + "–" + text(most)
    let room = rect.maxX - 1 - layout.readout - layout.track.maxX - 2
    guard let text = [range + ", log", range].first(where: { columns(of: $0) <= room }) else {
      return
    }
    canvas.put(
      text, at: Point(x: layout.track.maxX + 1, y: rect.y), style: Theme(canvas.capabilities).dim)
  }
}
