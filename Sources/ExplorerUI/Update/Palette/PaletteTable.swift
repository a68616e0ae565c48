import HighwayNetworks

extension PaletteEntry {
  /// Everything that can be typed: what takes arguments, then the commands of the key table.
  package static let table: [PaletteEntry] =
    withArguments
    + Command.table.filter { command in !withArguments.contains { $0.name == command.name } }
    .map { PaletteEntry($0) }

  private static let withArguments: [PaletteEntry] = [
    PaletteEntry(.layer, [.layer], availability: networkProblem) {
      (state, words) throws(LookupError) in
      state.select(block: try state.blockIndex(words[0]), unit: state.selection.unit)
      return []
    },
    PaletteEntry(.unit, [.unit], availability: networkProblem) {
      (state, words) throws(LookupError) in
      state.selection.unit = try state.unit(words[0], inBlock: state.selection.block)
      return []
    },
    PaletteEntry(.label, [.label], availability: modelProblem) {
      (state, words) throws(LookupError) in
      state.selection.label = try state.label(words[0])
      return []
    },
    PaletteEntry(
      .against, [.otherClass],
      keys: keys(.against), availability: groupsProblem
    ) { (state, words) throws(LookupError) in
      let label = try words.first.map { word throws(LookupError) in try state.label(word) }
      if let label, label == state.selection.label {
        throw .unavailable(reason: "\(state.classWords(label)) is the class that is chosen")
      }
      if label != nil { state.show(ClassesView.view) }
      state.set(against: label)
      return []
    },
    PaletteEntry(
      .rankOrder, [.rankOrder],
      keys: keys(.rankOrder), availability: rankProblem
    ) { (state, words) throws(LookupError) in
      guard let word = words.first else { return state.perform(.rankOrder) }
      guard let order = RankOrder(rawValue: word.lowercased()) else {
        let names = RankOrder.allCases.map(\.rawValue).joined(separator: ", ")
        throw .unknown(what: "order", found: word, expected: names)
      }
      state.list(by: order)
      return []
    },
    PaletteEntry(
      .grouping, [.grouping], keys: keys(.nextGrouping),
      availability: groupingProblem
    ) { (state, words) throws(LookupError) in
      guard let word = words.first else { return state.perform(.nextGrouping) }
      let groupings = state.model?.groupings ?? []
      guard let index = groupings.firstIndex(where: { $0.name == word.lowercased() }) else {
        let names = groupings.map(\.name).joined(separator: ", ")
        throw .unknown(what: "grouping", found: word, expected: names)
      }
      state.group(by: index)
      return []
    },
    PaletteEntry(.sample, [.sample], availability: modelProblem) {
      (state, words) throws(LookupError) in
      state.goToSample(try state.sampleNumber(words[0]))
      return []
    },
    PaletteEntry(
      .filter, [.filter],
      keys: keys(.filter), availability: filterProblem
    ) { (state, words) throws(LookupError) in
      guard let word = words.first else { return state.perform(.filter) }
      guard let filter = SampleFilter(rawValue: word.lowercased()) else {
        let names = SampleFilter.allCases.map(\.rawValue).joined(separator: ", ")
        throw .unknown(what: "filter", found: word, expected: names)
      }
      state.setFilter(filter)
      return []
    },
    PaletteEntry(.epoch, [.epoch], availability: modelProblem) {
      (state, words) throws(LookupError) in
      state.timeline.move(to: try state.epochIndex(words[0]))
      return []
    },
    PaletteEntry(
      .threshold, [.threshold("LOW"), .threshold("HIGH", isOptional: true)]
    ) { (state, words) throws(LookupError) in
      let thresholds = try state.thresholds(words)
      state.recording("thresholds \(thresholds.words)") { state in
        if thresholds.low < thresholds.high { state.display.threeWayThresholds = thresholds }
        state.display.thresholds = thresholds
      }
      return []
    },
    PaletteEntry(
      .clamp, [.clamp],
      keys: keys(.clamp), availability: clampProblem
    ) { (state, words) throws(LookupError) in
      guard let word = words.first else { return state.perform(.clamp) }
      let (targets, value) = try state.clamps(word)
      state.hold(targets, at: value)
      return []
    },
    PaletteEntry(
      .order, [.order],
      keys: keys(.order), availability: orderProblem
    ) { (state, words) throws(LookupError) in
      guard let word = words.first else { return state.perform(.order) }
      guard let order = UnitOrder.allCases.first(where: { $0.word == word.lowercased() }) else {
        let names = UnitOrder.allCases.map(\.word).joined(separator: ", ")
        throw .unknown(what: "order", found: word, expected: names)
      }
      state.arrange(by: order)
      return []
    },
    PaletteEntry(
      .compare, [.run],
      keys: Command.table.first { $0.name == "compare" }?.keys ?? []
    ) { state, words in
      state.show(.about(.runs))
      return words.first.map { state.compare(with: $0) } ?? []
    },
    PaletteEntry(.view, [.view]) { (state, words) throws(LookupError) in
      let word = words[0].lowercased()
      guard
        let view = View.allCases.first(where: {
          $0.word == word || String($0.number) == word
        })
      else {
        let titles = View.allCases.map(\.word).joined(separator: ", ")
        throw .unknown(what: "view", found: words[0], expected: titles)
      }
      state.show(view)
      return []
    },
    PaletteEntry(.colors, [.colorMap]) {
      (state, words) throws(LookupError) in
      let maps = ColorMap.sequential
      guard let map = maps.first(where: { $0.rawValue == words[0].lowercased() }) else {
        let names = maps.map(\.rawValue).joined(separator: ", ")
        throw .unknown(what: "colour map", found: words[0], expected: names)
      }
      state.display.colorMap = map
      return []
    },
    PaletteEntry(.theme, [.theme]) {
      (state, words) throws(LookupError) in
      guard let theme = ThemeChoice(rawValue: words[0].lowercased()) else {
        let names = ThemeChoice.allCases.map(\.rawValue).joined(separator: ", ")
        throw .unknown(what: "theme", found: words[0], expected: names)
      }
      state.display.theme = theme
      return []
    },
    PaletteEntry(
      .export, [.format, .picture],
      keys: Command.table.first { $0.id == .export }?.keys ?? [], availability: modelProblem
    ) { (state, words) throws(LookupError) in
      guard let format = PictureFormat(rawValue: words[0].lowercased()) else {
        let names = PictureFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw .unknown(what: "format", found: words[0], expected: names)
      }
      return try state.export(format, words.count > 1 ? words[1] : "")
    },
    PaletteEntry(
      .train, [], keys: keys(.new)
    ) { state, _ in state.perform(.new) },
    PaletteEntry(.open, [.path]) {
      (state, words) throws(LookupError) in state.open(path: state.expandingHome(words[0]))
    },
    PaletteEntry(
      .data, [.path], availability: dataProblem
    ) { (state, words) throws(LookupError) in
      let path = state.expandingHome(words[0])
      state.message = Message(.notice, "opening \(path)…")
      return [.openData(path: path)]
    },
  ]

  private static let modelProblem: @Sendable (ExplorerState) -> String? = { state in
    state.model == nil ? "no model is open" : nil
  }

  private static func command(_ id: Command.ID) -> Command? { Command.table.first { $0.id == id } }

  private static func keys(_ id: Command.ID) -> [Key] { command(id)?.keys ?? [] }

  private static let groupingProblem: @Sendable (ExplorerState) -> String? = { state in
    command(.nextGrouping)?.availability(state)
  }

  private static let clampProblem: @Sendable (ExplorerState) -> String? = { state in
    command(.clamp)?.availability(state)
  }

  private static let filterProblem: @Sendable (ExplorerState) -> String? = { state in
    command(.filter)?.availability(state)
  }

  private static let orderProblem: @Sendable (ExplorerState) -> String? = { state in
    command(.order)?.availability(state)
  }

  private static let dataProblem: @Sendable (ExplorerState) -> String? = { state in
    guard let model = state.model else { return "no model is open" }
    if model.isNew { return "a network that is not kept has the data set that it was begun on" }
    if state.training.isActive { return "training runs; space pauses it" }
    return state.unsavedCount > 0 ? "trained epochs would be lost; w keeps them first" : nil
  }

  private static let groupsProblem: @Sendable (ExplorerState) -> String? = { state in
    state.problem(\.gates) ?? state.problem(\.samples) ?? state.problem(\.groups)
  }

  private static let rankProblem: @Sendable (ExplorerState) -> String? = { state in
    command(.rankOrder)?.availability(state)
  }

  private static let networkProblem: @Sendable (ExplorerState) -> String? = { $0.problem(\.gates) }
}
