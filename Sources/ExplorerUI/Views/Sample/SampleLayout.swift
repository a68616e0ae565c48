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
  /// The pictures of where each layer transforms; nil where the heatmaps take their place.
  let places: PlacesLayout?
  /// The open gates by layer, where the heatmaps leave a fourth place free.
  let plot: Rect?
  /// What the heatmaps may take in all.
  let heatmaps: Rect
  let inspector: InspectorPlace?

  /// The narrowest heatmap, and the narrowest column of probabilities by itself.
  private static let narrowest = PanelGrid.narrowest
  /// The narrowest column of probabilities below the input.
  private static let list = 24
  /// The width of a line that says what the sample is.
  private static let line = 46
  /// The rows of a sentence.
  private static let sentence = 5
  /// The rows of the input's title and of the filter.
  private static let words = 3

  init(_ state: ExplorerState, in body: Rect, capabilities: Capabilities) {
    guard !state.display.showsOnePanel else {
      // Nothing but the heatmap that is chosen, and the inspector where it is wanted.
      let layout = SingleHeatmapLayout(state, in: body, capabilities: capabilities)
      let nothing = body.splitTop(0).top
      (head, input, probabilities, plot) = (nothing, nothing, nothing, nil)
      picture = InputGeometry(
        height: 0, width: 0, in: Size(width: 0, height: 0), enlarged: 0)
      let focus = state.focus(\.display.samplePanel)
      let hasPlaces = focus == .places
      panels = hasPlaces ? [] : [(focus, layout.panel)]
      places =
        hasPlaces ? PlacesLayout(state, in: layout.panel.rect, capabilities: capabilities) : nil
      heatmaps = layout.panel.rect
      inspector = layout.inspector
      return
    }
    let rest = body.splitTop(1).rest
    let shape = state.inputShape
    picture = InputGeometry(
      height: shape.height, width: shape.width,
      in: Size(width: body.width * 2 / 5, height: rest.height - Self.words),
      enlarged: body.width * 3 / 10)
    // Nothing is predicted without the network.
    let isText = state.model?.readsText ?? false
    let classes =
      !state.has(\.weights)
      ? 0
      : isText
        ? min(SampleStep.listed, max(3, rest.height - Self.words - 9)) : state.classCount
    let listed = ProbabilityBars.rows(classes: classes)
    // A text takes what its next tokens leave.
    let spare = rest.height - Self.words - picture.rows
    let rows =
      isText
      ? max(5, rest.height - Self.words - listed)
      : max(picture.rows, state.showsSentence ? Self.sentence : 0)
        + (state.tagsSteps ? max(0, min(SampleTagLines.most, spare - listed)) : 0)
    let isBelow = rest.height >= Self.words + rows + listed
    let width =
      isText
      ? max(Self.list, body.width * 2 / 5) : max(picture.columns, isBelow ? Self.list : 16)
    let left = rest.splitLeft(width + 1).left
    // Where the line has room above the input, the heatmaps need not make way for it.
    let isAside = width >= Self.line
    head = isAside ? body.splitTop(1).top.splitLeft(width).left : body.splitTop(1).top
    let others = (isAside ? body : rest).splitLeft(width + 1).rest
    let column = left.inset(right: 1)
    let middle = others.width - InspectorPlace.narrowest - 1
    let showsInspector = state.display.showsInspector
    let hasInspector = showsInspector && middle >= Self.narrowest
    if isBelow {
      let top = Self.words + rows
      input = state.has(\.weights) ? column.splitTop(top).top : column
      // Of many classes more are listed where there is room.
      probabilities = column.splitTop(top).rest.splitTop(classes > 0 ? 1 + classes : 0).top
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
    let layout = state.heatmapLayout(capabilities)
    let places = Self.places(state, in: offered, capabilities)
    self.places = places
    let below = places.map { offered.splitTop($0.rect.height).rest } ?? offered
    let isAlone = places != nil && below.height < Self.lowestBelow
    let grid =
      state.has(\.gates) && !isAlone
      ? Self.grid(below, hasKeys: state.display.mentionsKeys, layout: layout) : nil
    let focus = state.focus(\.display.samplePanel)
    panels =
      grid?.page(
        of: SamplePanel.heatmaps, with: focus == .places ? .sample : focus, layout: layout) ?? []
    let free = SamplePanel.heatmaps.count
    plot = grid.flatMap { $0.across * $0.down > free ? $0.place(free) : nil }
    heatmaps = offered
    let used = Size(
      width: max(grid.map { $0.across * $0.width } ?? 0, places?.rect.width ?? 0),
      height: (grid.map { $0.down * $0.height } ?? 0) + (places?.rect.height ?? 0))
    guard hasInspector else {
      let below = offered.splitTop(used.height).rest
      let fits = below.height >= InspectorPlace.lowest && below.width >= 27
      inspector = fits && showsInspector ? InspectorPlace(rect: below, isBelow: true) : nil
      return
    }
    // The probabilities keep their place at the right edge; the inspector takes what is left.
    var place = others.splitLeft(min(middle, max(used.width, Self.narrowest))).rest
    if !isBelow {
      place = others.splitLeft(middle).rest
      place = place.splitTop(probabilities.height + 1).rest
    }
    inspector = InspectorPlace(rect: place, isBelow: false)
  }

  /// The fewest rows below the pictures in which heatmaps are drawn too.
  private static let lowestBelow = 14

  /// The pictures of where layers transform: all of the room where Tab came to them, or the upper part of it where
  /// there is enough for the heatmaps too.
  private static func places(
    _ state: ExplorerState, in area: Rect, _ capabilities: Capabilities
  ) -> PlacesLayout? {
    guard state.hasMaps, state.has(\.gates) else { return nil }
    let upper = area.splitTop(area.height - lowestBelow).top
    let both =
      upper.height >= lowestBelow + 4
      ? PlacesLayout(state, in: upper, capabilities: capabilities) : nil
    if let both, both.isReadable { return both }
    guard state.focus(\.display.samplePanel) == .places else { return nil }
    return PlacesLayout(state, in: area, capabilities: capabilities)
  }

  /// The heatmaps in the arrangement that shows most of them sharply.
  private static func grid(
    _ area: Rect, hasKeys: Bool, layout: (Rect) -> HeatmapPanelLayout
  ) -> PanelGrid? {
    var best: PanelGrid?
    for (across, down) in [(3, 1), (2, 2), (1, 3), (2, 1), (1, 2), (1, 1)] {
      // Where no key brings the others, what shows all of them comes first.
      if best != nil, !hasKeys, across * down < SamplePanel.heatmaps.count { continue }
      let grid = PanelGrid(
        across, down, most: SamplePanel.heatmaps.count, in: area,
        lowest: down == 1 ? 0 : PanelGrid.lowest, layout: layout)
      if let grid, grid.score > best?.score ?? -1 { best = grid }
    }
    return best
  }
}

extension ExplorerState {
  /// Whether the sample is a sequence of words that has one class.
  fileprivate var showsSentence: Bool { has(\.weights) && sample.value?.text != nil }

  /// The shape of an input: as in the data set, else as in the network.
  var inputShape: (channels: Int, height: Int, width: Int) {
    guard let shape = model?.sampleShape ?? model?.architecture?.input else { return (1, 1, 1) }
    if shape.isSequence { return (1, shape.features, shape.positionCount) }
    guard shape.positions.count == 2 else { return (1, 1, shape.count) }
    return (shape.features, shape.positions[0], shape.positions[1])
  }
}
