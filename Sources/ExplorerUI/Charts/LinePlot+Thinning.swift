extension LinePlot.Series {
  /// The curve by about so many points, where it has more than can be told apart.
  ///
  /// Of each group of neighbours the first, the lowest, the highest and the last stay, and one that is a gap.
  func thinned(to count: Int) -> LinePlot.Series {
    let size = points.count / max(1, count / 4)
    guard size > 4 else { return self }
    var thinned = self
    thinned.points = []
    for start in stride(from: 0, to: points.count, by: size) {
      let end = min(start + size, points.count)
      var (lowest, highest) = (start, start)
      var gap: Int?
      for index in start..<end {
        let y = points[index].y
        if !y.isFinite { gap = gap ?? index }
        if !(points[lowest].y <= y) && !y.isNaN { lowest = index }
        if !(points[highest].y >= y) && !y.isNaN { highest = index }
      }
      let kept = Set([start, lowest, highest, end - 1] + [gap].compactMap(\.self))
      thinned.points += kept.sorted().map { points[$0] }
    }
    return thinned
  }
}
