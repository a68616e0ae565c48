import HighwayNetworks

/// The curves of all runs in one plot, each with its number at its end.
package struct CompareCurves {
  let comparison: Comparison

  /// Describes the plot.
  package init(_ comparison: Comparison) { self.comparison = comparison }

  /// Draws the plot under its title.
  package func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool = false) {
    let theme = Theme(canvas.capabilities)
    let mark = isFocused ? "▸" : " "
    let used = canvas.put(
      mark + title(rect.width), at: Point(x: rect.x, y: rect.y),
      style: isFocused ? theme.focus : theme.title, width: rect.width)
    let differing = comparison.differingData
    if !differing.isEmpty {
      canvas.put(
        "other data: " + differing.joined(separator: ", "), endingAt: rect.maxX - 1, y: rect.y,
        style: theme.warning, width: max(0, rect.width - used - 3))
    } else if let words = comparison.selectionWords {
      canvas.put(
        words, endingAt: rect.maxX - 1, y: rect.y, style: theme.dim,
        width: max(0, rect.width - used - 3))
    }
    let plot = plot(theme)
    guard plot.series.contains(where: { !$0.points.isEmpty }) else {
      let isRead = comparison.entries.allSatisfy { $0.summary != nil || $0.problem != nil }
      drawCentered(
        [isRead ? "no epochs recorded yet" : "reading…"], on: &canvas, in: rect, style: theme.dim)
      return
    }
    plot.draw(on: &canvas, in: rect.inset(top: 1, right: 1))
  }

  private func title(_ width: Int) -> String {
    var title = comparison.measure.title
    if !comparison.measure.isPercent {
      title += width < 44 ? "" : " (nats)"
      if comparison.isLogarithmic { title += ", log" }
    }
    return title + (comparison.axis == .epochs ? " by epoch" : " by seconds")
  }

  /// The curves; that of the run at hand lies above.
  package func plot(_ theme: Theme) -> LinePlot {
    let drawn = comparison.drawn
    let order =
      drawn.filter { $0 != comparison.cursor } + drawn.filter { $0 == comparison.cursor }
    let curves = order.map { points($0) }
    let last = curves.compactMap { $0.last?.x }.max() ?? 0
    return LinePlot(
      zip(order, curves).map { index, points in
        LinePlot.Series(
          comparison.names[index], points: points,
          style: theme.series(comparison.entries[index].number),
          mark: comparison.entries[index].mark)
      },
      isLogarithmic: comparison.isLogarithmic && !comparison.measure.isPercent,
      xRange: 0...max(last, comparison.axis == .epochs ? 1 : 1e-3), marker: comparison.marker,
      isPercent: comparison.measure.isPercent, hasWholeX: comparison.axis == .epochs,
      xTitle: comparison.axis == .epochs ? "epoch" : "s")
  }

  private func points(_ index: Int) -> [(x: Double, y: Double)] {
    var elapsed = 0.0
    var points: [(x: Double, y: Double)] = []
    for epoch in comparison.entries[index].metrics {
      elapsed += epoch.seconds.isFinite ? epoch.seconds : 0
      // Epoch 0 has not been trained: what was met on the way to it means nothing.
      if epoch.epoch == 0, comparison.measure.isTraining { continue }
      points.append(
        (comparison.axis == .epochs ? Double(epoch.epoch) : elapsed, comparison.measure.of(epoch)))
    }
    // The mean of an epoch so far moves while it is trained; other measures wait for its end.
    if let progress = comparison.entries[index].progress, progress.loss.isFinite,
      comparison.measure == .trainLoss, comparison.axis == .epochs
    {
      points.append((Double(progress.epoch) - 1 + progress.fraction, progress.loss))
    }
    return points
  }
}

extension Comparison.Measure {
  /// What it is, in words.
  package var title: String {
    switch self {
    case .trainLoss: "training loss"
    case .testLoss: "test loss"
    case .trainAccuracy: "training accuracy"
    case .testAccuracy: "test accuracy"
    }
  }

  var isPercent: Bool { self == .trainAccuracy || self == .testAccuracy }

  var isTraining: Bool { self == .trainLoss || self == .trainAccuracy }

  func of(_ metrics: EpochMetrics) -> Double {
    switch self {
    case .trainLoss: metrics.trainLoss
    case .testLoss: metrics.testLoss
    case .trainAccuracy: metrics.trainAccuracy
    case .testAccuracy: metrics.testAccuracy
    }
  }
}
