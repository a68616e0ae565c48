import Libc

/// Counts as vertical bars.
package struct Histogram: Sendable {
  /// How a count becomes a height.
  package enum Height: Sendable {
    /// Proportional to the count.
    case linear
    /// Proportional to the square root of the count, so that rare values stay visible.
    case squareRoot
  }

  /// The count of each bin, from left to right.
  package var counts: [Double]
  /// How a count becomes a height.
  package var height: Height
  /// The count that reaches the top, where several histograms share a scale; nil takes the highest.
  package var top: Double?

  /// Describes a histogram.
  package init(_ counts: [Double], height: Height = .linear) {
    self.counts = counts
    self.height = height
  }

  /// Draws the bars over the whole area; neighbouring bins are added where there are more bins than
  /// columns.
  ///
  /// `ink` gives the colour at a position in [0, 1] from left to right.
  package func draw(on canvas: inout Canvas, in rect: Rect, ink: (Double) -> Ink) {
    guard !rect.isEmpty, !counts.isEmpty else { return }
    let columns = merged(to: rect.width)
    let heights = columns.map { count -> Double in
      switch height {
      case .linear: count
      case .squareRoot: count.squareRoot()
      }
    }
    let top = (top.map { height == .linear ? $0 : $0.squareRoot() }) ?? heights.max() ?? 0
    guard top > 0 else { return }
    let scale = rect.width / columns.count
    let steps = canvas.capabilities.unicode ? 8 : 1
    for (index, value) in heights.enumerated() where value > 0 {
      // Even one sample among many thousands leaves a trace.
      let filled = max(1, Int((min(1, value / top) * Double(rect.height * steps)).rounded()))
      let style = Style(ink((Double(index) + 0.5) / Double(columns.count)))
      for row in 0..<rect.height {
        let part = min(steps, filled - row * steps)
        guard part > 0 else { break }
        for offset in 0..<scale {
          canvas[rect.x + index * scale + offset, rect.maxY - 1 - row] =
            Glyph(Self.block(part, of: steps), style: style)
        }
      }
    }
  }

  /// The highest bar as a count, in a given width.
  package func highest(in width: Int) -> Double {
    width > 0 && !counts.isEmpty ? merged(to: width).max() ?? 0 : 0
  }

  /// The number of columns that the bars take in a given width.
  package func columns(in width: Int) -> Int {
    guard width > 0, !counts.isEmpty else { return 0 }
    let merged = merged(to: width).count
    return width / merged * merged
  }

  private func merged(to width: Int) -> [Double] {
    let step = max(1, (counts.count + width - 1) / width)
    return stride(from: 0, to: counts.count, by: step).map { first in
      counts[first..<min(counts.count, first + step)].reduce(0) {
        $0 + ($1.isFinite ? max(0, $1) : 0)
      }
    }
  }

  /// A block that is filled from the bottom by `part` of `steps`.
  static func block(_ part: Int, of steps: Int) -> Unicode.Scalar {
    guard steps == 8 else { return "#" }
    return Unicode.Scalar(0x2580 + UInt32(min(8, max(1, part)))) ?? "█"
  }
}
