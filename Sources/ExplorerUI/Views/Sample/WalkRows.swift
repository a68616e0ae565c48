import HighwayNetworks
import TensorFiles

/// A row of the walk: one of the two lines that were read, or one that was written at a place between their codes.
struct WalkRow {
  /// What stands before it, such as `s17` for a sample or `0.50` for a place.
  let label: String
  /// How far it is from the first code; nil of a line that was read from the text.
  let place: Double?
  /// The mean of T of each highway layer before the code, where the encoder reads the line.
  let before: [Float]
  /// The mean of T of each highway layer behind the code; nil of a line that was not written from it.
  let behind: [Float]?
  /// The tokens; texts of strangers.
  let tokens: [String]

  /// The mean of T in all columns; nil where there is none.
  func values(_ walk: CodeWalk) -> [Float?] {
    before.map(Optional.some)
      + (behind?.map(Optional.some) ?? Array(repeating: nil, count: walk.layers.count))
  }
}

extension ExplorerState {
  /// The rows of the walk from top to bottom.
  func walkRows(_ walk: CodeWalk) -> [WalkRow] {
    let samples = walkRequest?.ends ?? []
    func read(_ end: Int) -> WalkRow {
      WalkRow(
        label: samples.indices.contains(end) ? "s\(samples[end])" : "", place: nil,
        before: walk.meanTBefore[end], behind: nil, tokens: walk.ends[end])
    }
    let written = walk.stops.map {
      WalkRow(
        label: NumberFormat.fixed($0.place, 2), place: $0.place, before: $0.meanTBefore,
        behind: $0.meanT, tokens: $0.tokens)
    }
    return [read(0)] + written + (walk.ends.count > 1 ? [read(1)] : [])
  }

  /// How many rows the walk has, also before it is there.
  private var walkRowCount: Int { walkRequest?.ends.count == 2 ? WalkRequest.stops + 2 : 2 }

  /// The row that is looked at: the one that was chosen, or the first written line.
  var shownWalkRow: Int { min(max(0, selection.walkRow ?? 1), walkRowCount - 1) }

  /// Moves in the walk: up and down from row to row, to the sides to other samples.
  mutating func moveInWalk(_ motion: Motion) {
    if case .horizontal(let step) = motion {
      stepSample(step.signum())
    } else {
      let row = shownWalkRow + motion.steps(of: walkRowCount)
      selection.walkRow = min(max(0, row), walkRowCount - 1)
    }
  }

  /// The numbers of the walk, a row for each line; none before they are there.
  var walkTable: NumberTable {
    guard let walk = walk.value else { return NumberTable(columns: [], rows: []) }
    let columns = (walk.layersBefore + walk.layers).map { "meanT\($0)" }
    return NumberTable(
      columns: ["row", "place"] + columns + ["line"],
      rows: walkRows(walk).map { row in
        [.string(row.label), NumberTable.real(row.place)]
          + row.values(walk).map { NumberTable.real($0) }
          + [.string(row.tokens.joined(separator: " "))]
      })
  }

  /// Where the walk is and what the row under the cursor says.
  func walkSentence(from start: Int) -> [String] {
    guard start != selection.sample else {
      return [
        "sample \(start)", "the walk begins here: go to another sample with , . or /s and a number",
      ]
    }
    let place = "walk from sample \(start) to sample \(selection.sample)"
    guard let walk = walk.value else { return [place, self.walk.note ?? ""] }
    let row = walkRows(walk)[shownWalkRow]
    guard let behind = row.behind, !behind.isEmpty else { return [place, "as it was read"] }
    let numbers = zip(walk.layers, behind).map { "\(NumberFormat.fixed($1, 3)) in layer \($0)" }
    return ["place \(row.label)", "mean T \(numbers.joined(separator: ", "))", place]
  }
}
