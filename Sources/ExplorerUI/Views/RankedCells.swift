import HighwayNetworks

// What the views rank, and the keys that walk through it.
extension ExplorerState {
  /// The cell under the cursor.
  var cursorCell: Cell { Cell(block: selection.block, unit: selection.unit) }

  /// Whether the list of ranked cells stands in the place of the inspector.
  var showsRanking: Bool {
    rankingHome != nil && view.commands.contains(.rank) && !showsUnit && canDraw
  }

  /// Ranks the values of every cell; `[layers][units]`.
  func ranked(
    _ title: String, _ style: Ranking.Style, _ values: [[Float]]
  ) -> Ranking {
    Ranking(
      title, style, display.rankOrder ?? .strength,
      values.enumerated().flatMap { block, row in
        row.enumerated().map { Ranking.Entry(block: block, unit: $0, value: Double($1)) }
      })
  }

  /// Goes on through the ranked cells: from the cursor where it came along them, else from the first one.
  mutating func stepRanking(_ step: Int) {
    guard let ranking = view.ranking(self).value, !ranking.entries.isEmpty else { return }
    let place = rankedCell == place(in: ranking) ? ranking.place(of: cursorCell) : nil
    go(to: place.map { $0 + step } ?? 0, of: ranking)
  }

  /// Moves along the list of ranked cells.
  mutating func moveInRanking(_ motion: Motion) {
    guard let ranking = view.ranking(self).value, !ranking.entries.isEmpty else { return }
    let place = ranking.place(of: cursorCell) ?? 0
    go(to: place + motion.steps(of: ranking.entries.count), of: ranking)
  }

  private mutating func go(to place: Int, of ranking: Ranking) {
    let index = min(max(0, place), ranking.entries.count - 1)
    let entry = ranking.entries[index]
    select(block: entry.block, unit: entry.unit ?? selection.unit)
    rankedCell = self.place(in: ranking)
    guard !showsRanking else { return }
    let count = NumberFormat.count(ranking.entries.count)
    message = Message(
      .notice,
      "\(NumberFormat.count(index + 1)) of \(count), \(ranking.order.title): "
        + "\(words(entry)), \(ranking.title) \(ranking.text(entry))")
  }

  /// The cell under the cursor, as one that the ranking led to.
  private func place(in ranking: Ranking) -> RankedCell {
    RankedCell(cell: cursorCell, title: ranking.title)
  }

  /// A cell such as `5:43`, or a layer such as `layer 5`.
  func words(_ entry: Ranking.Entry) -> String {
    entry.unit.map { "\(layerWord(entry.block)):\($0)" } ?? shortLayerName(entry.block)
  }

  /// Opens the list at its first cell, or closes it and stays.
  mutating func toggleRanking() {
    guard rankingHome == nil else {
      rankingHome = nil
      return
    }
    rankingHome = cursorCell
    let here = view.ranking(self).value.map(place)
    if rankedCell == nil || rankedCell != here { moveInRanking(.end(-1)) }
  }

  /// Closes the list and goes back to the cell that the cursor stood on before.
  mutating func leaveRanking() {
    guard let home = rankingHome else { return }
    rankingHome = nil
    select(block: home.block, unit: home.unit)
  }

  /// Lists by something else.
  mutating func turnRankOrder() {
    let all = RankOrder.allCases
    let current = view.ranking(self).value?.order ?? .strength
    list(by: all[turned(all.firstIndex(of: current) ?? 0, by: 1, of: all.count)])
  }

  /// Lists in an order, from its first cell on.
  mutating func list(by order: RankOrder) {
    display.rankOrder = order
    message = Message(.notice, "listed \(order.title)")
    rankedCell = nil
    if showsRanking { moveInRanking(.end(-1)) }
  }
}

extension Ranking {
  /// The value as it is written.
  func text(_ entry: Entry) -> String {
    switch style {
    case .plain: NumberFormat.fixed(entry.value, 3)
    case .difference: NumberFormat.signed(entry.value, 3)
    case .points: NumberFormat.signed(entry.value * 100, 2)
    }
  }
}
