/// The panel of the tour, above the timeline: the step and its keys, then what is seen.
///
/// The view gives its rows up, so that the panel hides nothing.
enum TourView {
  /// The most characters that a step may take, in as many rows as that needs.
  static let longestText = 300

  /// The rows that the panel takes of a screen, the same at every step; 0 where no tour is on.
  static func rows(_ state: ExplorerState, _ size: Size) -> Int {
    guard state.tour != nil, state.model != nil else { return 0 }
    guard state.showsTourModel else { return 1 }
    let width = max(1, size.width - 2)
    return 1 + min((longestText + width - 1) / width, size.height / 3)
  }

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard let tour = state.tour, let step = state.tourStep, !rect.isEmpty else { return }
    let isThere = state.isAtTourPlace
    drawHead(state, tour, step, isThere, on: &canvas, in: rect)
    guard let place = state.atTourPlace else { return }
    let lines = wrapped(step.text(place, isThere: isThere), to: rect.width - 2)
    let style = isThere ? Theme(canvas.capabilities).text : Theme(canvas.capabilities).dim
    let shown = min(lines.count, rect.height - 1)
    for offset in 0..<shown {
      // What has no room ends in an ellipsis.
      let line = offset == shown - 1 ? lines[offset...].joined(separator: " ") : lines[offset]
      canvas.put(
        line, at: Point(x: rect.x + 1, y: rect.y + 1 + offset), style: style, width: rect.width - 2)
    }
  }

  /// The number and the title of the step, and the keys.
  private static func drawHead(
    _ state: ExplorerState, _ tour: Tour, _ step: TourStep, _ isThere: Bool,
    on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let head = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
    canvas.fill(head, style: theme.band)
    var right = rect.maxX - 1
    if state.training.isActive {
      right -= canvas.put("space pauses training", endingAt: right, y: rect.y, style: theme.band)
    }
    for command in Command.common(.tourNext, .tourBack, .tourLeave).reversed()
    where state.takesTourKeys && command.availability(state) == nil {
      let title = command.id == .tourNext && !isThere ? "comes back" : command.title
      right -= canvas.put(title, endingAt: right, y: rect.y, style: theme.band)
      let key = (command.keys.first?.label ?? "") + " "
      right -= canvas.put(key, endingAt: right, y: rect.y, style: theme.bandTitle) + 2
    }
    let number = " Tour \(tour.step + 1)/\(TourStep.all.count)  "
    let used = canvas.put(
      number, at: Point(x: rect.x, y: rect.y), style: theme.bandTitle, width: right - rect.x)
    canvas.put(
      step.title, at: Point(x: rect.x + used, y: rect.y), style: theme.bandStrong,
      width: right - rect.x - used)
  }
}
