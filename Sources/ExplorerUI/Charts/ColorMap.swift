/// A perceptually uniform colour map that people with a colour-vision deficiency can read.
package enum ColorMap: String, Hashable, Sendable, CaseIterable {
  /// Dark violet to yellow; the default for values that run from low to high.
  case viridis
  /// Dark blue to yellow, made for colour-vision deficiencies.
  case cividis
  /// Black through purple to cream.
  case magma
  /// Blue through white to red, for deviations from zero.
  case vik

  /// The maps for values that run from low to high, in the order in which a key walks through them.
  package static let sequential: [ColorMap] = [.viridis, .cividis, .magma]

  /// The number of steps in which a map is shown at a colour depth; 0 where characters are used.
  package func levels(_ depth: Capabilities.ColorDepth) -> Int {
    switch depth {
    case .mono, .sixteen: 0
    case .indexed256: paletteRamp.count
    case .trueColor: 128
    }
  }

  /// The ink at a position in [0, 1], or nil where the depth has too few colours for a map.
  package func ink(at position: Double, depth: Capabilities.ColorDepth) -> Ink? {
    let levels = levels(depth)
    guard levels > 0 else { return nil }
    let position = position.isFinite ? min(max(0, position), 1) : 0
    let level = min(levels - 1, Int(position * Double(levels)))
    switch depth {
    case .mono, .sixteen: return nil
    case .indexed256: return .indexed(paletteRamp[level])
    case .trueColor: return trueColor(at: Double(level) / Double(levels - 1))
    }
  }

  /// Every step of the map from low to high; empty where characters are used.
  package func palette(_ depth: Capabilities.ColorDepth) -> [Ink] {
    let levels = levels(depth)
    return (0..<levels).compactMap { ink(at: (Double($0) + 0.5) / Double(levels), depth: depth) }
  }

  private func trueColor(at position: Double) -> Ink {
    let points = controlPoints
    let scaled = position * Double(points.count - 1)
    let index = min(points.count - 2, Int(scaled))
    let fraction = scaled - Double(index)
    func channel(_ shift: UInt32) -> UInt8 {
      let low = Double((points[index] >> shift) & 0xFF)
      let high = Double((points[index + 1] >> shift) & 0xFF)
      return UInt8((low + (high - low) * fraction).rounded())
    }
    return .rgb(red: channel(16), green: channel(8), blue: channel(0))
  }
}
