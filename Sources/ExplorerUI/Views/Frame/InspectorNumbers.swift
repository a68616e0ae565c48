import HighwayNetworks

/// The numbers under the cursor, as lines for the inspector.
struct InspectorNumbers {
  /// One line.
  enum Line: Hashable {
    case heading(String)
    case plain(String)
    case pair(label: String, value: String)
  }

  /// Lines that stay together; those of the highest rank go first where there is no room.
  struct Section: Hashable {
    var rank: Int
    var lines: [Line]
  }

  /// The columns that the longest of the usual lines takes.
  static let narrowest = 23

  let sections: [Section]

  init(_ state: ExplorerState, width: Int, focusesClasses: Bool) {
    let (index, unit) = (state.selection.block, state.selection.unit)
    let statistics = state.layerStatistics(index)
    let focusesSample = state.view.inspectorFocus == .sample
    var sections = [Self.identity(state, index, unit)]
    if focusesSample, let section = Self.sample(state, index, unit, rank: 1) {
      sections.append(section)
    }
    if state.has(\.learnedGates) { sections.append(Self.bias(state, index, unit)) }
    if let response = statistics?.response, !state.has(\.learnedGates) {
      sections.append(Self.response(response, unit))
    } else if let statistics {
      sections.append(
        Self.gate(statistics, unit, letter: state.gateLetter, isPlain: focusesClasses))
      sections.append(Self.label(state, statistics, unit, focusesClasses: focusesClasses))
    } else if let note = state.statistics.note {
      sections.append(Section(rank: 1, lines: wrapped(note, to: width).map(Line.plain)))
    }
    if !focusesSample,
      let section = Self.sample(state, index, unit, rank: focusesClasses ? 7 : 3)
    {
      sections.append(section)
    }
    if let statistics, state.has(\.learnedGates) {
      sections.append(Self.cells(state, statistics))
    }
    self.sections = sections.filter { !$0.lines.isEmpty }
  }

  /// The sections that fit in a number of rows, in their order.
  func fitting(_ rows: Int) -> [Section] {
    var kept: Set<Int> = []
    var used = 0
    for (index, section) in sections.enumerated().sorted(by: { $0.element.rank < $1.element.rank })
    where used + section.lines.count <= rows {
      kept.insert(index)
      used += section.lines.count
    }
    return sections.enumerated().filter { kept.contains($0.offset) }.map(\.element)
  }

  private static func identity(_ state: ExplorerState, _ index: Int, _ unit: Int) -> Section {
    let layer = state.block(at: index)?.microStep == nil ? nil : "rhn \(state.gatedLayers[index])"
    let words = [layer, state.gating(at: index)?.name, state.activation(at: index)?.rawValue]
    let kind =
      state.model?.isRecording == true
      ? state.blockTitle(at: index) : words.compactMap(\.self).joined(separator: ", ")
    let held =
      state.heldValue(index, unit).map { ", " + heldWords($0) } ?? ""
    return Section(
      rank: 0,
      lines: [
        .heading("\(state.shortLayerName(index)) · \(state.unitWord) \(unit)"),
        .plain("\(kind)\(held)"),
      ])
  }

  private static func bias(_ state: ExplorerState, _ index: Int, _ unit: Int) -> Section {
    guard state.has(\.biases) else { return Section(rank: 4, lines: []) }
    guard state.gating(at: index)?.learnsTransformGate ?? true else {
      return Section(rank: 4, lines: [.pair(label: "gate bias", value: "none")])
    }
    guard let rows = state.gateBiases.value, rows.indices.contains(index), let row = rows[index],
      row.indices.contains(unit)
    else { return Section(rank: 4, lines: []) }
    var lines: [Line] = [.pair(label: "gate bias", value: NumberFormat.fixed(row[unit], 3))]
    if let start = state.initialGateBias(block: index, unit: unit) {
      lines.append(
        .pair(
          label: "  since start", value: NumberFormat.signed(row[unit] - start, 3)))
    }
    return Section(rank: 4, lines: lines)
  }

  private static func gate(
    _ layer: LayerStatistics, _ unit: Int, letter: String, isPlain: Bool
  ) -> Section {
    func gate(_ value: Float) -> String { NumberFormat.fixed(value, 3) }
    var lines: [Line] = [
      .pair(
        label: "mean" + shortened(letter),
        value: gate(layer.meanT[unit]) + " ± " + gate(layer.stdT[unit]))
    ]
    if !isPlain {
      lines.append(
        .pair(label: "  range", value: gate(layer.minT[unit]) + " – " + gate(layer.maxT[unit])))
    }
    return Section(rank: 1, lines: lines)
  }

  /// What the branch returns, of the unit and of the layer.
  private static func response(_ response: ResponseStatistics, _ unit: Int) -> Section {
    var lines: [Line] = [
      .pair(
        label: "F of the unit",
        value: NumberFormat.compact(Double(response.mean[unit])) + " ± "
          + NumberFormat.compact(Double(response.std[unit]))),
      .pair(label: "response of layer", value: NumberFormat.compact(response.overall)),
    ]
    if let norm = response.relativeNorm {
      lines.append(.pair(label: "  ‖F‖ / ‖x‖", value: NumberFormat.compact(norm)))
    }
    if let scale = response.scale {
      lines.append(.pair(label: "  mean |γ|, last norm", value: NumberFormat.compact(scale)))
    }
    if let cosine = response.cosine {
      lines.append(.pair(label: "  cos(F, x)", value: NumberFormat.signed(cosine, 3)))
    }
    return Section(rank: 1, lines: lines)
  }

  private static func label(
    _ state: ExplorerState, _ layer: LayerStatistics, _ unit: Int, focusesClasses: Bool
  ) -> Section {
    let label = state.selection.label
    guard label < state.classCount else { return Section(rank: 2, lines: []) }
    let mean = NumberFormat.fixed(layer.classMeanT[label * layer.units + unit], 3)
    let deviation = NumberFormat.signed(layer.classDeviation(unit, class: label), 3)
    return Section(
      rank: 2,
      lines: [
        .pair(
          label: "\(state.shortClass(label)) mean" + shortened(state.gateLetter), value: mean),
        .pair(label: "  deviation", value: deviation),
        .pair(
          label: "\(state.groupWord) share η²", value: NumberFormat.fixed(layer.classShare[unit], 3)
        ),
      ])
  }

  private static func sample(
    _ state: ExplorerState, _ index: Int, _ unit: Int, rank: Int
  ) -> Section? {
    guard let record = state.sample.value, record.trace.layers.indices.contains(index),
      unit < record.trace.layers[index].units
    else { return nil }
    let layer = record.trace.layers[index]
    func value(_ signal: Signal) -> Float { layer.unitMeans(signal)[unit] }
    var deviation: [Line] = []
    if state.view.inspectorFocus == .sample, let found = state.cursorDeviation {
      let difference = NumberFormat.signed(found.difference, 3)
      let sigmas = found.sigmas.map { " \(NumberFormat.signed($0, 1)) σ" } ?? ""
      deviation = [.pair(label: "  − mean", value: difference + sigmas)]
    }
    func both(_ left: Float, _ right: Float) -> String {
      NumberFormat.fixed(left, 3) + " " + NumberFormat.fixed(right, 3)
    }
    guard state.has(\.learnedGates) else {
      let values = both(value(.blockState), value(.blockOutput))
      return Section(rank: rank, lines: [.pair(label: "sample F, y", value: values)])
    }
    guard state.model?.isRecording == false else {
      return Section(
        rank: rank,
        lines: [
          .pair(
            label: "sample \(state.gateLetter)",
            value: NumberFormat.fixed(value(.transformGate), 3))
        ] + deviation)
    }
    // An LSTM's i, f, g, h stand in the places of T, C, H, y.
    let own =
      state.computedSample.value.map { state.ofShownBlocks($0.trace.layers)[index] } ?? layer
    func pair(_ label: String, _ first: Signal, _ second: Signal) -> Line {
      func letter(_ signal: Signal) -> String {
        own.signals.index(of: signal).map { own.signals[$0].symbol } ?? ""
      }
      return .pair(
        label: "\(label)\(letter(first)), \(letter(second))",
        value: both(own.unitMeans(first)[unit], own.unitMeans(second)[unit]))
    }
    let isOther = state.shownGate.role != .transform && state.shownGate.role != .carry
    let shown: [Line] =
      isOther
      ? [
        .pair(
          label: "sample \(state.gateLetter)",
          value: NumberFormat.fixed(value(.transformGate), 3))
      ] : []
    return Section(
      rank: rank,
      lines: shown + [pair(isOther ? "  " : "sample ", .transformGate, .carryGate)] + deviation
        + [pair("  ", .blockState, .blockOutput)])
  }

  private static func cells(_ state: ExplorerState, _ layer: LayerStatistics) -> Section {
    let shares = CellShares(layer.cells)
    let index = state.selection.block
    func count(_ value: Double) -> String { state.cellText(value, at: index) }
    return Section(
      rank: 6,
      lines: [
        .plain(
          "the \(state.hasMicroSteps ? "micro-step" : "layer")'s \(NumberFormat.count(state.cells(at: index))) cells"
        ),
        .pair(label: "  " + state.cellWords.low, value: count(shares.carried)),
        .pair(label: "  mixed", value: count(shares.mixed)),
        .pair(label: "  " + state.cellWords.high, value: count(shares.transformed)),
      ])
  }

  /// The name of a gate behind a word, where it leaves room for the numbers.
  private static func shortened(_ letter: String) -> String {
    letter.count <= 3 ? " " + letter : ""
  }
}
