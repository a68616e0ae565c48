/// Where the plots of the depth view lie; a page of them where not all fit.
struct DepthLayout {
  let plots: [(plot: DepthPlot, rect: Rect)]
  /// A place that the plots leave free; nil where there is none.
  let free: Rect?

  init(_ state: ExplorerState, in body: Rect) {
    let all = DepthPlot.shown(by: state)
    guard !state.display.isZoomed, !state.display.showsOnePanel else {
      plots = [(state.focus(\.display.depthPlot), body)]
      free = nil
      return
    }
    var best: (across: Int, down: Int, score: Double) = (1, 1, -1)
    for across in 1...max(1, min(all.count, body.width / 29)) {
      for down in 1...max(1, min(all.count, body.height / 4)) {
        // To see every plot comes first, then to see it large.
        let shown = min(all.count, across * down)
        let (width, height) = (body.width / across, body.height / down)
        let score =
          Double(shown) * 10 + min(1, Double(width) / 44) + min(1, Double(height) / 9)
          - Double(max(0, across * down - all.count)) * 0.05
        if score > best.score { best = (across, down, score) }
      }
    }
    let page = best.across * best.down
    let first = (all.firstIndex(of: state.focus(\.display.depthPlot)) ?? 0) / page * page
    let (width, height) = (body.width / best.across, body.height / best.down)
    func place(_ index: Int) -> Rect {
      Rect(
        x: body.x + index % best.across * width, y: body.y + index / best.across * height,
        width: width - 1, height: height)
    }
    plots = all.dropFirst(first).prefix(page).enumerated().map { ($1, place($0)) }
    free = plots.count < page ? place(plots.count) : nil
  }

  func plot(at point: Point) -> DepthPlot? { plots.first { $0.rect.contains(point) }?.plot }
}
