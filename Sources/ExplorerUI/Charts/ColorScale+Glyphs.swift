extension ColorScale {
  /// The character that stands for a position in [0, 1] where there are too few colours for a map.
  package func glyph(at position: Double, _ capabilities: Capabilities) -> Glyph {
    let position = position.isFinite ? min(max(0, position), 1) : 0
    if isDiverging { return divergingGlyph(position, capabilities) }
    if capabilities.colors == .sixteen, capabilities.unicode { return blend(position) }
    let ramp: [Unicode.Scalar] =
      capabilities.unicode
      ? [" ", "░", "▒", "▓", "█"] : [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]
    let hue: Ink = capabilities.colors == .sixteen ? .indexed(6) : .standard
    return Glyph(ramp[min(ramp.count - 1, Int(position * Double(ramp.count)))], style: Style(hue))
  }

  /// Shades that lead from black over blue and cyan to yellow: lightness rises all the way in the
  /// common themes.
  private func blend(_ position: Double) -> Glyph {
    let stops: [Ink] = [.standard, .indexed(4), .indexed(6), .indexed(3)]
    let shades: [Unicode.Scalar] = [" ", "░", "▒", "▓"]
    let levels = (stops.count - 1) * shades.count + 1
    let level = min(levels - 1, Int(position * Double(levels)))
    let stop = level / shades.count
    guard stop < stops.count - 1 else { return Glyph("█", style: Style(stops[stop])) }
    let shade = shades[level % shades.count]
    return Glyph(shade, style: Style(stops[stop + 1], on: stops[stop]))
  }

  /// The two signs get characters or hues of their own; what is close to zero stays blank.
  private func divergingGlyph(_ position: Double, _ capabilities: Capabilities) -> Glyph {
    let size = abs(position - 0.5) * 2
    let strength = size < 0.08 ? 0 : size < 0.3 ? 1 : size < 0.6 ? 2 : 3
    let isNegative = position < 0.5
    let negative: [Unicode.Scalar] = [" ", "-", "=", "%"]
    let positive: [Unicode.Scalar] = [" ", "+", "*", "#"]
    let shades: [Unicode.Scalar] = [" ", "░", "▒", "█"]
    guard capabilities.colors == .sixteen else {
      return Glyph(isNegative ? negative[strength] : positive[strength])
    }
    let ramp = capabilities.unicode ? shades : isNegative ? negative : positive
    return Glyph(ramp[strength], style: Style(.indexed(isNegative ? 6 : 1)))
  }
}
