/// What a key that moves the cursor asks for; what is positive goes down, right or to the end.
enum Motion: Hashable {
  /// So many rows.
  case vertical(Int)
  /// So many columns.
  case horizontal(Int)
  /// So many pages, of ten rows.
  case page(Int)
  /// To the last row, or to the first.
  case end(Int)

  /// By how many of `count` things it moves, where they lie in one line.
  func steps(of count: Int) -> Int {
    switch self {
    case .vertical(let step), .horizontal(let step): step
    case .page(let step): step * 10
    case .end(let step): step * count
    }
  }
}

/// What Tab goes through in a view, by number.
struct Panels {
  /// How many there are.
  let count: Int
  /// The one that the keys act on.
  let current: (ExplorerState) -> Int
  /// Lets the keys act on another one.
  let set: (inout ExplorerState, Int) -> Void

  /// Goes through the values of a part of the state.
  init<Panel: CaseIterable & RawRepresentable<Int>>(_ path: WritableKeyPath<ExplorerState, Panel>) {
    count = Panel.allCases.count
    current = { $0[keyPath: path].rawValue }
    set = { state, index in
      if let panel = Panel(rawValue: index) { state[keyPath: path] = panel }
    }
  }
}

/// The index that is some steps from another one among `count` things in a circle.
func turned(_ index: Int, by step: Int, of count: Int) -> Int {
  count > 0 ? ((index + step) % count + count) % count : 0
}
