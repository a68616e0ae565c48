/// What LSTM cells are made of: the sizes of the parts of c = f ∘ c₋ + i ∘ g + d ∘ c_below.
///
/// Each is the mean of its magnitude over samples, steps and units.
public struct CellParts: Hashable, Sendable {
  /// |f ∘ c₋|: what is kept of the step before.
  public var kept = 0.0
  /// |i ∘ g|: what is new.
  public var new = 0.0
  /// |d ∘ c_below|: what comes from the cells of the layer below; 0 where there is no depth gate.
  public var below = 0.0

  /// The same as shares of their sum; all 0 where there is nothing.
  public var shares: CellParts {
    let sum = kept + new + below
    guard sum > 0 else { return CellParts() }
    return CellParts(kept: kept / sum, new: new / sum, below: below / sum)
  }

  static func + (left: CellParts, right: CellParts) -> CellParts {
    CellParts(
      kept: left.kept + right.kept, new: left.new + right.new, below: left.below + right.below)
  }
}

extension GatedLayer {
  /// The sums of the parts of a layer's cells after a forward pass, over the steps before the ends of its sequences;
  /// nil where it has no cells.
  func cellParts(_ memory: LayerMemory) -> CellParts? {
    guard let cells = memory.cells, let lengths = memory.lengths else { return nil }
    func rows(_ symbol: String) -> (rows: FloatSlice, stride: Int)? {
      guard let index = signals.firstIndex(where: { $0.symbol == symbol }),
        case .rows(let rows, let stride) = values(ofSignal: index, in: memory)
      else { return nil }
      return (rows, stride)
    }
    guard let i = rows("i"), let f = rows("f"), let g = rows("g") else { return nil }
    let depth = rows("d")
    let (units, steps) = (output.units, output.positionCount)
    let start = memory.start.count > 1 ? memory.start[1] : nil
    var parts = CellParts()
    for example in 0..<memory.examples {
      for step in 0..<Int(lengths[example]) {
        let row = example * steps + step
        var (kept, new, below) = (Float(0), Float(0), Float(0))
        for unit in 0..<units {
          let before =
            step > 0 ? cells[(row - 1) * units + unit] : start?[example * units + unit] ?? 0
          kept += (f.rows[row * f.stride + unit] * before).magnitude
          new += (i.rows[row * i.stride + unit] * g.rows[row * g.stride + unit]).magnitude
          if let depth, let lower = memory.lowerCells {
            below += (depth.rows[row * depth.stride + unit] * lower[row * units + unit]).magnitude
          }
        }
        parts = parts + CellParts(kept: Double(kept), new: Double(new), below: Double(below))
      }
    }
    return parts
  }
}
