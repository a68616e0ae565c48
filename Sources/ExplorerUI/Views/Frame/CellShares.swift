import HighwayNetworks

/// How many cells of a layer are of each kind, for the samples in question.
struct CellShares: Hashable {
  var carried: Double
  var mixed: Double
  var transformed: Double
  /// Cells with T > 0.5.
  var open: Double
  /// Cells whose T is not a number.
  var notANumber: Double

  init(_ counts: CellCounts) {
    carried = counts.carried
    mixed = counts.mixed
    transformed = counts.transformed
    open = counts.open
    notANumber = counts.notANumber
  }

  /// Counts the cells of one sample, by their gates as shares of what those can be.
  init(gates: [Float], thresholds: Thresholds) {
    carried = Double(gates.count { $0 < thresholds.low })
    transformed = Double(gates.count { $0 > thresholds.high })
    // What is not a number is none of the three.
    notANumber = Double(gates.count { $0.isNaN })
    mixed = Double(gates.count) - carried - transformed - notANumber
    open = Double(gates.count { $0 > 0.5 })
  }

  static func + (left: CellShares, right: CellShares) -> CellShares {
    var sum = left
    sum.carried += right.carried
    sum.mixed += right.mixed
    sum.transformed += right.transformed
    sum.open += right.open
    sum.notANumber += right.notANumber
    return sum
  }

  /// All cells.
  var total: Double { carried + mixed + transformed }

  /// The three kinds as parts of a bar; the colours are those of T in the heatmaps.
  func bar(_ state: ExplorerState, total: Double, _ capabilities: Capabilities) -> StackedBar {
    let counts = zip(CellKind.allCases, [carried, mixed, transformed])
    return StackedBar(
      counts.map { kind, count in
        StackedBar.Part(
          count, ink: kind.ink(state, capabilities.colors), glyph: kind.glyph(capabilities))
      }, total: total)
  }
}

/// What a cell does with its input.
enum CellKind: CaseIterable {
  case carried
  case mixed
  case transformed

  /// The colour: that of a low, middling and high T.
  func ink(_ state: ExplorerState, _ depth: Capabilities.ColorDepth) -> Ink {
    let (position, sixteen): (Double, UInt8) =
      switch self {
      case .carried: (0.16, 4)
      case .mixed: (0.52, 6)
      case .transformed: (0.93, 3)
      }
    if depth == .sixteen { return .indexed(sixteen) }
    return state.display.colorMap.ink(at: position, depth: depth) ?? .standard
  }

  /// The character that tells the kind without a colour of its own.
  func glyph(_ capabilities: Capabilities) -> Unicode.Scalar {
    switch self {
    case .carried: capabilities.unicode ? "░" : "."
    case .mixed: capabilities.unicode ? "▒" : "="
    case .transformed: capabilities.unicode ? "█" : "#"
    }
  }

  func title(
    _ thresholds: (low: Float, high: Float),
    _ words: (low: String, high: String) = ("carried", "transformed")
  ) -> String {
    switch self {
    case .carried: "\(words.low) < \(NumberFormat.fixed(thresholds.low, 2))"
    case .mixed: "mixed"
    case .transformed: "\(words.high) > \(NumberFormat.fixed(thresholds.high, 2))"
    }
  }
}
