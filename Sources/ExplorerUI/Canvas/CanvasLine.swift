/// A line that a picture draws over the glyphs, in columns and rows from the upper left corner.
package struct CanvasLine: Hashable, Sendable {
  /// A place between the glyphs.
  package struct Place: Hashable, Sendable {
    package var x: Double
    package var y: Double
  }

  /// The ends of its straight pieces; one alone is a dot.
  package var places: [Place]
  /// The colour.
  package var style: Style
}

extension Canvas {
  /// Adds a line, where lines are drawn as such.
  mutating func add(_ line: CanvasLine) {
    if capabilities.drawsLines, !line.places.isEmpty { lines.append(line) }
  }
  /// Takes over a part of another canvas from its upper left corner on, some columns to the right.
  mutating func place(_ other: Canvas, atColumn left: Int, _ part: Size) {
    for y in 0..<part.height {
      for x in 0..<part.width { self[left + x, y] = other[x, y] }
    }
    for var line in other.lines {
      for index in line.places.indices { line.places[index].x += Double(left) }
      lines.append(line)
    }
  }
}
