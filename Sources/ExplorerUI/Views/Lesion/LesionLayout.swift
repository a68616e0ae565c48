/// Where the parts of the lesion view lie.
struct LesionLayout {
  let loss: Rect
  let error: Rect
  let column: Rect

  init(_ body: Rect) {
    let columnWidth = body.width >= 150 ? 68 : body.width >= 110 ? 46 : 33
    let (plots, right) = body.splitRight(columnWidth)
    (loss, error) = plots.splitTop((plots.height + 1) / 2)
    column = right
  }

  /// The area of a plot below its title.
  static func plot(_ rect: Rect) -> Rect { rect.inset(top: 1, right: 1) }

  /// The area of a plot's curves.
  static func curves(_ rect: Rect) -> Rect {
    plot(rect).inset(left: LinePlot.gutter, right: 1, bottom: 1)
  }
}
