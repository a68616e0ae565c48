import HighwayNetworks

// The colours of the classes view.
extension ClassesView {
  /// One scale for all classes, so that they can be compared.
  ///
  /// Where a heatmap shows means of several gates, it is the scale of these means: those of single gates are so
  /// much larger that all means would look pale.
  static func scale(_ state: ExplorerState, _ geometry: HeatmapGeometry? = nil) -> ColorScale {
    guard let subject = subject(state, geometry) else {
      return ColorScale(.vik, lower: -1, upper: 1)
    }
    if let known = state.classScale, known.subject == subject { return known.scale }
    return scale(subject, state)
  }

  /// Finds the colours once for the frames to come, where what they depend on has changed.
  static func keepScale(_ state: inout ExplorerState) {
    guard state.display.view == view, state.canDraw, !state.showsUnit else { return }
    let body = ScreenLayout(state, state.size).body
    let geometry =
      state.display.showsAllClasses
      ? ClassGridLayout(state, in: body, capabilities: state.capabilities).cells.first?.layout
        .geometry
      : nil
    guard let subject = subject(state, geometry), state.classScale?.subject != subject else {
      return
    }
    state.classScale = ClassScale(subject: subject, scale: scale(subject, state))
  }

  private static func subject(
    _ state: ExplorerState, _ geometry: HeatmapGeometry?
  ) -> ClassScale.Subject? {
    guard let statistics = state.statistics.value else { return nil }
    return ClassScale.Subject(
      classMeans: statistics.layers.map(\.classMeanT), means: statistics.layers.map(\.meanT),
      samplesByClass: statistics.samplesByClass, against: state.selection.against,
      isFitted: state.display.fitsScale, arrangement: state.arrangement,
      rowStep: geometry?.rowStep ?? 1, columnStep: geometry?.columnStep ?? 1)
  }

  private static func scale(_ subject: ClassScale.Subject, _ state: ExplorerState) -> ColorScale {
    let (rowStep, columnStep) = (subject.rowStep, subject.columnStep)
    let values = (0..<state.classCount).flatMap { label -> [Float] in
      guard let matrix = content(label, state).value else { return [] }
      return rowStep * columnStep == 1
        ? matrix.values : matrix.means(rowStep: rowStep, columnStep: columnStep)
    }
    guard !values.isEmpty else { return ColorScale(.vik, lower: -1, upper: 1) }
    return .clipping(subject.isFitted ? 0.01 : 0, of: values, map: .vik)
  }
}
