/// Where the bars of the layers lie.
struct CellsLayout {
  /// The rows of the layers, one for each.
  let rows: Rect
  /// The index of the layer in the first row.
  let first: Int
  let inspector: InspectorPlace
  let main: Rect

  init(_ state: ExplorerState, in body: Rect) {
    let width =
      state.display.showsInspector
      ? max(InspectorPlace.narrowest, min(44, body.width * 3 / 10)) + 1 : 0
    let (left, right) = body.splitRight(width)
    main = left.inset(right: 1)
    inspector = InspectorPlace(rect: right, isBelow: false)
    rows = main.inset(top: 3)
    let count = state.gatedLayers.count
    first = min(max(0, state.selection.block - rows.height / 2), max(0, count - rows.height))
  }

  func layer(at point: Point, count: Int) -> Int? {
    guard rows.contains(point) else { return nil }
    let index = first + point.y - rows.y
    return index < count ? index : nil
  }
}
