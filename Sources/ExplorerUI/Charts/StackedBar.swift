/// A horizontal bar of several parts whose edges are exact to an eighth of a column.
package struct StackedBar: Sendable {
  /// One part of the bar.
  package struct Part: Sendable {
    /// The length, in the unit of the bar's total.
    package var length: Double
    /// The colour, shown as such where the terminal has colours enough.
    package var ink: Ink
    /// The character that tells the part from its neighbours without colour.
    package var glyph: Unicode.Scalar

    /// Describes a part.
    package init(_ length: Double, ink: Ink, glyph: Unicode.Scalar) {
      self.length = length
      self.ink = ink
      self.glyph = glyph
    }
  }

  /// The parts from left to right.
  package var parts: [Part]
  /// What the whole width stands for.
  package var total: Double

  /// Describes a bar.
  package init(_ parts: [Part], total: Double) {
    self.parts = parts
    self.total = total
  }

  /// Draws the bar in the first row of an area.
  package func draw(on canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty, total.isFinite, total > 0 else { return }
    var edges: [Int] = []
    var sum = 0.0
    for part in parts {
      sum += part.length.isFinite ? max(0, part.length) : 0
      edges.append(Int((min(1, sum / total) * Double(rect.width * 8)).rounded()))
    }
    let smooth = canvas.capabilities.unicode && canvas.capabilities.colors >= .indexed256
    for column in 0..<rect.width {
      let glyph =
        smooth ? blended(column, edges) : plain(column, edges, canvas.capabilities)
      canvas[rect.x + column, rect.y] = glyph
    }
  }

  /// A column that may show the edge between two parts.
  private func blended(_ column: Int, _ edges: [Int]) -> Glyph {
    let start = column * 8
    guard let first = edges.firstIndex(where: { $0 > start }) else { return Glyph() }
    let filled = edges[first] - start
    if filled >= 8 { return Glyph("█", style: Style(parts[first].ink)) }
    // Of the parts that begin within this column, the one at its end fills the rest.
    let second = edges.firstIndex { $0 >= start + 8 }
    let behind: Ink = second.map { parts[$0].ink } ?? .standard
    let eighths: [Unicode.Scalar] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return Glyph(eighths[min(6, max(0, filled - 1))], style: Style(parts[first].ink, on: behind))
  }

  /// A column that belongs to the part in its middle.
  private func plain(_ column: Int, _ edges: [Int], _ capabilities: Capabilities) -> Glyph {
    guard let index = edges.firstIndex(where: { $0 > column * 8 + 3 }) else { return Glyph() }
    if capabilities.colors >= .indexed256 {
      return Glyph(" ", style: Style(.standard, on: parts[index].ink))
    }
    return Glyph(parts[index].glyph, style: Style(parts[index].ink))
  }
}
