/// Where the parts of a narrow inspector stand, one below the other.
struct NarrowInspector {
  /// The numbers that have room.
  let sections: [InspectorNumbers.Section]
  /// The free rows after each of them.
  let gap: Int
  /// The bars of the classes; nil where they have no room.
  let classes: Rect?
  /// What is left for the charts.
  let rest: Rect

  init(_ state: ExplorerState, in rect: Rect) {
    let isClasses = state.view.inspectorFocus == .classes
    let numbers = InspectorNumbers(state, width: rect.width - 1, focusesClasses: isClasses)
    let classRows = state.layerStatistics(state.selection.block) == nil ? 0 : state.classCount + 1
    let reserved = isClasses ? min(classRows, max(3, rect.height - 5)) : rect.height >= 16 ? 4 : 0
    sections = numbers.fitting(rect.height - reserved)
    let used = sections.reduce(0) { $0 + $1.lines.count }
    gap = rect.height - used - reserved >= sections.count ? 1 : 0
    let y = rect.y + used + gap * sections.count
    let below = Rect(x: rect.x, y: y, width: rect.width - 1, height: rect.maxY - y)
    guard isClasses || below.height >= classRows + 7 else {
      (classes, rest) = (nil, below)
      return
    }
    let rows = min(below.height, classRows)
    classes = below.splitTop(rows).top
    rest = below.splitTop(rows + 1).rest
  }
}
