import HighwayNetworks

/// Where the parts of the sample view lie.
///
/// From left to right: the input, the heatmaps, the inspector. The probabilities stand below the input
/// where it leaves room, else above the inspector. Where there is little room, first heatmaps go (Tab
/// brings them) but for one, then the inspector, then the pixels of the input are averaged.
struct SampleLayout {
  /// The line that says what the sample is.
  let head: Rect
  /// The title of the input, its picture, and the filter.
  let input: Rect
  let picture: InputGeometry
  let probabilities: Rect
  let panels: [(panel: SamplePanel, layout: HeatmapPanelLayout)]
  /// The open gates by layer, where the heatmaps leave a fourth place free.
  let plot: Rect?
  /// What the heatmaps may take in all.
  let heatmaps: Rect
  let inspector: InspectorPlace?

  /// The narrowest heatmap, and the narrowest column of probabilities by itself.
  private static let narrowest = 20
  /// The narrowest column of probabilities below the input.
  private static let list = 24
  /// The width of a line that says what the sample is.
  private static let line = 46
  /// The rows of the input's title and of the filter.
  private static let words = 3

  init(_ state: ExplorerState, in body: Rect, capabilities: Capabilities) {
    let rest = body.splitTop(1).rest
    let shape = state.inputShape
    picture = InputGeometry(
      height: shape.height, width: shape.width,
      in: Size(width: body.width * 2 / 5, height: rest.height - Self.words),
      enlarged: body.width * 3 / 10)
    let listed = ProbabilityBars.rows(classes: state.classCount)
    let isBelow = rest.height >= Self.words + picture.rows + listed
    let width = max(picture.columns, isBelow ? Self.list : 16)
    let left = rest.splitLeft(width + 1).left
    // Where the line has room above the input, the heatmaps need not make way for it.
    let isAside = width >= Self.line
    head = isAside ? body.splitTop(1).top.splitLeft(width).left : body.splitTop(1).top
    let others = (isAside ? body : rest).splitLeft(width + 1).rest
    let column = left.inset(right: 1)
    let middle = others.width - InspectorPlace.narrowest - 1
    let hasInspector = middle >= Self.narrowest
    if isBelow {
      let top = Self.words + picture.rows
      input = column.splitTop(top).top
      // Of many classes more are listed where there is room.
      probabilities = column.splitTop(top).rest.splitTop(1 + state.classCount).top
    } else {
      input = column
      let list = others.splitRight(
        hasInspector ? InspectorPlace.narrowest - 1 : Self.narrowest
      ).right
      probabilities =
        list.splitTop(
          hasInspector ? min(listed, max(0, list.height - 4)) : list.height
        ).top
    }
    let offered =
      hasInspector
      ? others.splitLeft(middle).left
      : isBelow ? others : others.splitRight(Self.narrowest + 1).rest
    let grid = Grid(state, in: offered, capabilities: capabilities)
    panels = grid.panels
    plot = grid.plot
    heatmaps = offered
    guard hasInspector else {
      let below = offered.splitTop(grid.height).rest
      let fits = below.height >= InspectorPlace.lowest && below.width >= 27
      inspector = fits ? InspectorPlace(rect: below, isBelow: true) : nil
      return
    }
    // The probabilities keep their place at the right edge; the inspector takes what is left.
    var place = others.splitLeft(min(middle, max(grid.width, Self.narrowest))).rest
    if !isBelow {
      place = others.splitLeft(middle).rest
      place = place.splitTop(probabilities.height + 1).rest
    }
    inspector = InspectorPlace(rect: place, isBelow: false)
  }

  /// The heatmaps in the arrangement that shows most of them sharply.
  private struct Grid {
    var panels: [(panel: SamplePanel, layout: HeatmapPanelLayout)] = []
    var plot: Rect?
    var width = 0
    var height = 0

    init(_ state: ExplorerState, in area: Rect, capabilities: Capabilities) {
      guard !state.gatedLayers.isEmpty else { return }
      func layout(_ rect: Rect) -> HeatmapPanelLayout {
        HeatmapPanelLayout(
          rect, rows: state.gatedLayers.count, columns: state.widestUnits,
          capabilities: capabilities)
      }
      let all = SamplePanel.allCases
      var best: (across: Int, down: Int, width: Int, height: Int, score: Double)?
      for (across, down) in [(3, 1), (2, 2), (1, 3), (2, 1), (1, 2), (1, 1)] {
        let share = Rect(
          x: 0, y: 0, width: area.width / across, height: area.height / down)
        guard share.width >= SampleLayout.narrowest, share.height >= 6 || down == 1 else {
          continue
        }
        let fitted = layout(share)
        var score = Double(min(all.count, across * down)) / Double(max(1, fitted.reduction))
        // Pairs can still be told apart; more in one pixel is mush.
        if fitted.reduction > 2 { score *= 0.7 }
        score += Double(fitted.geometry.rowScale + fitted.geometry.columnScale) * 0.01
        let size = (
          min(share.width, max(SampleLayout.narrowest, fitted.naturalWidth)),
          min(share.height, fitted.naturalHeight)
        )
        if score > best?.score ?? -1 { best = (across, down, size.0, size.1, score) }
      }
      guard let best else { return }
      func place(_ index: Int) -> Rect {
        Rect(
          x: area.x + index % best.across * best.width,
          y: area.y + index / best.across * best.height, width: best.width, height: best.height)
      }
      let count = min(all.count, best.across * best.down)
      let focus = state.display.samplePanel.rawValue
      let first = min(focus / count * count, all.count - count)
      panels = all.dropFirst(first).prefix(count).enumerated().map { ($1, layout(place($0))) }
      if best.across * best.down > all.count { plot = place(all.count) }
      width = best.across * best.width
      height = best.down * best.height
    }
  }
}

extension ExplorerState {
  /// The shape of an input: as in the data set, else as in the network.
  var inputShape: (channels: Int, height: Int, width: Int) {
    guard let shape = model?.sampleShape ?? model?.architecture.input else { return (1, 1, 1) }
    let extents = shape.extents
    return extents.count == 3 ? (extents[0], extents[1], extents[2]) : (1, 1, shape.count)
  }
}
