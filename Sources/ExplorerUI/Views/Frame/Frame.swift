/// Draws the whole screen.
package func draw(_ state: ExplorerState, on canvas: inout Canvas) {
  guard !ScreenLayout.isTooSmall(canvas.size) else {
    drawTooSmall(on: &canvas)
    return
  }
  let layout = ScreenLayout(state, canvas.size)
  if case .help(let help) = state.mode {
    var below = state
    below.mode = help.below
    draw(below, on: &canvas)
    canvas.fill(layout.footer)
    FooterView.draw(state, on: &canvas, in: layout.footer)
    HelpView.draw(state, help, on: &canvas)
    return
  }
  if state.mode == .models {
    ModelsView.draw(state, on: &canvas)
    return
  }
  if case .newRun(let form) = state.mode, form.isOverModels {
    ModelsView.draw(state, on: &canvas)
    NewRunView.draw(state, form, on: &canvas)
    return
  }
  if case .palette(let palette) = state.mode, palette.isOverModels {
    ModelsView.draw(state, on: &canvas)
    PaletteView.draw(palette, on: &canvas)
    return
  }
  HeaderView.draw(state, on: &canvas, in: layout.header)
  TabsView.draw(state, on: &canvas, in: layout.tabs)
  drawBody(state, on: &canvas, in: layout.body)
  CursorSentence.draw(state, on: &canvas, in: layout.sentence)
  TourView.draw(state, on: &canvas, in: layout.tour)
  TimelineView.draw(state, on: &canvas, in: layout.timeline)
  FooterView.draw(state, on: &canvas, in: layout.footer)
  switch state.mode {
  case .palette(let palette): PaletteView.draw(palette, on: &canvas)
  case .newRun(let form): NewRunView.draw(state, form, on: &canvas)
  case .normal, .models, .help, .prompt, .confirmingDiscard, .confirmingKeep, .confirmingLeave,
    .confirmingBranch, .confirmingRecovery, .confirmingOpen, .confirmingExport:
    break
  }
}

/// Draws the view that is open.
func drawBody(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
  if state.canDraw {
    if state.showsMap {
      MapView.draw(state, on: &canvas, in: rect)
    } else if state.showsUnit {
      UnitView.draw(state, on: &canvas, in: rect)
    } else {
      state.view.draw(state, on: &canvas, in: rect)
    }
  } else {
    let words = state.model == nil ? "opening…" : state.needProblem ?? ""
    drawCentered(wrapped(words, to: max(8, rect.width - 4)), on: &canvas, in: rect)
  }
}

private func drawTooSmall(on canvas: inout Canvas) {
  let (needed, found) = (ScreenLayout.smallest, canvas.size)
  drawCentered(
    [
      "Tollgate needs \(needed.width)×\(needed.height)",
      "this terminal is \(found.width)×\(found.height)",
    ], on: &canvas, in: canvas.bounds)
}

/// Writes lines in the middle of an area.
func drawCentered(_ lines: [String], on canvas: inout Canvas, in rect: Rect, style: Style = Style())
{
  let top = rect.y + max(0, (rect.height - lines.count) / 2)
  for (index, line) in lines.enumerated() where top + index < rect.maxY {
    let used = min(rect.width, canvas.columns(shown: line))
    canvas.put(
      line, at: Point(x: rect.x + (rect.width - used) / 2, y: top + index), style: style,
      width: rect.width)
  }
}
