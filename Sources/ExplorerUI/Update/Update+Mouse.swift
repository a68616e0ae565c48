extension ExplorerState {
  mutating func receive(_ event: MouseEvent) -> [Effect] {
    switch mode {
    case .help(let help):
      receive(event, in: help)
      return []
    case .models: return receiveInModels(event)
    case .palette(let palette): return receive(event, in: palette)
    case .newRun(let form): return receive(event, in: form)
    case .prompt, .confirmingKeep, .confirmingDiscard, .confirmingLeave, .confirmingBranch,
      .confirmingOpen, .confirmingExport, .confirmingRecovery:
      return []
    case .normal: return receiveInNormalMode(event)
    }
  }

  private mutating func receiveInNormalMode(_ event: MouseEvent) -> [Effect] {
    switch event.kind {
    case .press:
      // Looked for first: while there is a message, no keys are named in its place.
      let target = target(at: event.position)
      message = nil
      guard let target else { return [] }
      isScrubbing = ScreenLayout(size).timeline.contains(event.position)
      if case .hint(let command) = target { return perform(command) }
      point(at: target)
    case .drag:
      if isScrubbing {
        scrub(to: event.position.x)
      } else if !ScreenLayout(size).timeline.contains(event.position),
        let target = target(at: event.position)
      {
        drag(over: target)
      }
    case .release: isScrubbing = false
    case .scrollUp, .scrollDown:
      let step = event.kind == .scrollUp ? -1 : 1
      if ScreenLayout(size).timeline.contains(event.position) {
        timeline.move(to: timeline.cursor + step)
      } else if let target = target(at: event.position) {
        scroll(step, over: target)
      }
    }
    return []
  }

  private mutating func scroll(_ step: Int, over target: Target) {
    switch target {
    case .tab, .hint: break
    case .epoch, .unit, .block, .position, .label, .panel, .item, .body: move(.vertical(step))
    }
  }

  private mutating func point(at target: Target) {
    switch target {
    case .tab(let view): show(view)
    case .label(let label): selection.label = label
    case .epoch, .unit, .block, .position, .panel, .item, .body, .hint: drag(over: target)
    }
  }

  /// Takes along what changes while the mouse moves with its button held.
  private mutating func drag(over target: Target) {
    switch target {
    case .epoch(let index): timeline.move(to: index)
    case .unit(let unit, let block, let panel, let label):
      select(block: block, unit: unit)
      if let panel { view.panels?.set(&self, panel) }
      if let label { selection.label = label }
    case .block(let block): select(block: block, unit: selection.unit)
    case .position(let position, let panel):
      display.mapPanel = panel
      look(at: position)
    case .panel(let panel): view.panels?.set(&self, panel)
    case .item(let item): view.choose(item, &self)
    case .tab, .label, .body, .hint: break
    }
  }

  /// Follows the mouse along the timeline, wherever it went up or down meanwhile.
  private mutating func scrub(to column: Int) {
    let layout = TimelineLayout(ScreenLayout(size).timeline, epochs: timeline.entries.count)
    guard !layout.track.isEmpty else { return }
    let x = min(max(layout.track.x, column), layout.track.maxX - 1)
    if let index = layout.index(at: Point(x: x, y: layout.track.y)) { timeline.move(to: index) }
  }

  private mutating func receive(_ event: MouseEvent, in palette: Palette) -> [Effect] {
    var palette = palette
    let count = suggestions(for: palette).count
    switch event.kind {
    case .scrollUp: return palette.choice == nil ? [] : press(.up, in: palette)
    case .scrollDown: return press(.down, in: palette)
    case .drag, .release: return []
    case .press:
      let layout = PaletteLayout(size, count: count, choice: palette.choice)
      if let index = layout.index(at: event.position, count: count) {
        palette.choice = index
        return enter(palette)
      }
      if !layout.box.contains(event.position) { close(palette) }
      return []
    }
  }
}
