extension ExplorerState {
  mutating func receive(_ event: MouseEvent) {
    if case .help(let scroll) = mode {
      switch event.kind {
      case .scrollUp: mode = .help(scroll: max(0, scroll - 3))
      case .scrollDown: mode = .help(scroll: min(scroll + 3, HelpView.lastScroll(self)))
      case .press: mode = .normal
      case .drag, .release: break
      }
      return
    }
    guard mode == .normal, let target = target(at: event.position) else { return }
    switch event.kind {
    case .press, .drag: point(at: target, isDrag: event.kind == .drag)
    case .scrollUp, .scrollDown:
      let step = event.kind == .scrollUp ? -1 : 1
      switch target {
      case .epoch: timeline.move(to: timeline.cursor + step)
      case .tab: break
      case .cell, .layer, .label, .run, .plot, .body: move(layers: step, epochs: step)
      }
    case .release: break
    }
  }

  private mutating func point(at target: Target, isDrag: Bool) {
    switch target {
    case .tab(let view): if !isDrag { show(view) }
    case .epoch(let index): timeline.move(to: index)
    case .cell(let layer, let unit, let panel, let label):
      select(layer: layer, unit: unit)
      if let panel { display.panel = panel }
      if let label { selection.label = label }
    case .layer(let layer): select(layer: layer, unit: selection.unit)
    case .label(let label): if !isDrag { selection.label = label }
    case .run(let index): moveInComparison(runs: index - comparison.cursor)
    case .plot(let plot): display.depthPlot = plot
    case .body: break
    }
  }
}
