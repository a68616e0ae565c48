/// In which order cells, or layers, are listed.
package enum RankOrder: String, Hashable, Sendable, CaseIterable {
  /// The value farthest from 0 first.
  case strength
  /// The highest value first.
  case highest
  /// The lowest value first.
  case lowest
  /// As the network numbers them.
  case place

  /// The order in words.
  package var title: String {
    switch self {
    case .strength: "farthest from 0 first"
    case .highest: "highest first"
    case .lowest: "lowest first"
    case .place: "by layer"
    }
  }
}

/// A unit of a layer with gates.
package struct Cell: Hashable, Sendable {
  /// The layer's index among those with gates.
  var block: Int
  var unit: Int
}

/// The cell that a ranking led to.
struct RankedCell: Hashable, Sendable {
  var cell: Cell
  /// The title of the ranking; in another one the cell has no place that anybody came from.
  var title: String
}

/// The cells of a quantity, or its layers, in an order.
package struct Ranking: Sendable {
  /// One of them.
  package struct Entry: Hashable, Sendable {
    /// The layer's index among those with gates.
    package var block: Int
    /// The unit; nil where a layer is meant.
    package var unit: Int?
    /// What it is ranked by.
    package var value: Double
    /// What comes next where values are alike, written beside the value; nil where there is none.
    package var other: Double?
  }

  /// How a value is written.
  enum Style: Sendable {
    /// As it is.
    case plain
    /// With its sign.
    case difference
    /// With its sign, in hundredths, and the other value beside it.
    case points
  }

  /// What is ranked, in words.
  package let title: String
  let style: Style
  /// How they are ordered.
  package let order: RankOrder
  /// The entries, the first one first; those without a finite value are left out.
  package let entries: [Entry]

  /// Ranks entries.
  init(_ title: String, _ style: Style, _ order: RankOrder, _ entries: [Entry]) {
    self.title = title
    self.style = style
    self.order = order
    let finite = entries.filter(\.value.isFinite)
    func precedes(_ one: Entry, _ other: Entry) -> Bool {
      (one.block, one.unit ?? 0) < (other.block, other.unit ?? 0)
    }
    /// Whether one has the larger key; where keys are alike, the other values and then the places decide.
    func ranks(_ one: Entry, _ other: Entry, _ key: (Double) -> Double) -> Bool {
      if one.value != other.value {
        let keys = (key(one.value), key(other.value))
        if keys.0 != keys.1 { return keys.0 > keys.1 }
      }
      let others = (key(one.other ?? 0), key(other.other ?? 0))
      return others.0 == others.1 ? precedes(one, other) : others.0 > others.1
    }
    self.entries =
      switch order {
      case .strength: finite.sorted { ranks($0, $1, \.magnitude) }
      case .highest: finite.sorted { ranks($0, $1) { $0 } }
      case .lowest: finite.sorted { ranks($0, $1) { -$0 } }
      case .place: finite.sorted(by: precedes)
      }
  }

  /// The place of a cell, or of its layer; nil where it has no value.
  func place(of cell: Cell) -> Int? {
    entries.firstIndex { $0.block == cell.block && ($0.unit ?? cell.unit) == cell.unit }
  }
}
