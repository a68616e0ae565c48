package import HighwayNetworks

/// Which of the signals is looked at: a gate, or what LSTM cells hold.
extension ExplorerState {
  /// Whether there are others than T.
  package var hasSeveralGates: Bool { (model?.gates.count ?? 0) > 1 || isOtherThanT }

  private var isOtherThanT: Bool { model.map { $0.gates != [.transformGate] } ?? false }

  /// The gate that is looked at: T, unless something else was recorded.
  package var shownGate: Signal {
    guard let gates = model?.gates, !gates.isEmpty else { return .transformGate }
    return gates[min(max(0, selection.gate), gates.count - 1)]
  }

  /// Whether the gate is T of layers that say how their gates combine.
  private var isTransformGate: Bool {
    shownGate.role == .transform && followsDepth && !blocks.contains(where: \.carriesAlongTime)
  }

  /// Whether what is carried can be followed through the layers that have the gate.
  var followsDepth: Bool { has(\.depth) && blocks.contains { $0.gating != nil } }

  /// Whether any of them has cells that carry along time.
  var carriesAlongTime: Bool {
    model?.isRecording == false && blocks.contains(where: \.carriesAlongTime)
  }

  /// Whether the layers that have the gate have block outputs to show.
  var showsOutputs: Bool { blocks.contains { $0.signals.contains(.blockOutput) } }

  /// What the gate is called on the screen.
  package var gateLetter: String { shownGate.symbol }

  /// What is held where the cursor's layer is held: its T, or an LSTM's i.
  var heldLetter: String {
    let signals = block(at: selection.block)?.signals ?? []
    return signals.index(of: .transformGate).map { signals[$0].symbol } ?? "T"
  }

  /// The letter of what the layers give on: y, or an LSTM's h.
  var outputLetter: String {
    let signals = block(at: selection.block)?.signals ?? []
    return signals.index(of: .blockOutput).map { signals[$0].symbol } ?? "y"
  }

  /// Whether gate biases are known of what is looked at.
  var showsBiases: Bool {
    has(\.biases) && (model?.isRecording == true || isTransformGate)
  }

  /// The values that the gate can take.
  var gateRange: ClosedRange<Float> { statistics.value?.layers.first?.signals[0].range ?? 0...1 }

  /// The colours of the gate: those of differences where it is no gate but a value about 0.
  var gateMap: ColorMap { shownGate.isGate ? display.colorMap : .vik }

  /// A share of the values that the gate can take, as one of them.
  func gateValue(_ share: Float) -> Float {
    gateRange.lowerBound + share * (gateRange.upperBound - gateRange.lowerBound)
  }

  /// One of the values that the gate can take, as a share of them.
  func gateShare(_ value: Float) -> Float {
    (value - gateRange.lowerBound) / (gateRange.upperBound - gateRange.lowerBound)
  }

  /// What an open cell is, such as `T > 0.5`.
  var openWords: String {
    gateRange == 0...1
      ? "\(gateLetter) > 0.5" : "\(gateLetter) > \(NumberFormat.compact(gateValue(0.5)))"
  }

  /// What low and high values of the gate do.
  var gateMeaning: String {
    guard hasSeveralGates else { return "0 carries, 1 transforms" }
    switch shownGate.symbol {
    case "c" where !shownGate.isGate: return "what a cell holds"
    case "h" where !shownGate.isGate: return "what a cell gives"
    default: break
    }
    let range = gateRange
    guard range == 0...1 else {
      return
        "from \(NumberFormat.compact(range.lowerBound)) to \(NumberFormat.compact(range.upperBound))"
    }
    return switch shownGate.role {
    case .transform where isTransformGate: "0 carries, 1 transforms"
    case .transform: "0 keeps out, 1 lets in"
    case .carry: "0 forgets, 1 keeps"
    case .output: "0 hides, 1 shows"
    case .depth: "0 shuts out, 1 lets the layer below in"
    case .state: "a value"
    }
  }

  /// What cells with a low and with a high gate are called: carried and transformed where the gate is T of a highway
  /// layer.
  var cellWords: (low: String, high: String) {
    isTransformGate ? ("carried", "transformed") : ("low", "high")
  }

  /// What the samples are called: those of a part of the data set, or those that were recorded.
  package var splitName: String {
    model?.isRecording == true ? "recorded" : selection.split.rawValue
  }

  /// Statistics with the gate that is looked at in the place of T.
  func showingGate(_ statistics: GateStatistics) -> GateStatistics {
    hasSeveralGates ? statistics.showing(shownGate) : statistics
  }

  /// A sample's record with the gate that is looked at in the place of T.
  func showingGate(_ record: SampleRecord) -> SampleRecord {
    guard hasSeveralGates else { return record }
    var record = record
    record.trace = record.trace.showing(shownGate, of: blocks)
    return record
  }

  /// Goes to the next of the gates, in a circle; the layer under the cursor stays where it has that gate.
  mutating func turnGate() {
    guard let count = model?.gates.count, count > 1 else { return }
    let layer = blocks.indices.contains(selection.block) ? blocks[selection.block].number : 0
    selection.gate = turned(min(selection.gate, count - 1), by: 1, of: count)
    let place = blocks.firstIndex { $0.number >= layer } ?? max(0, blocks.count - 1)
    selection.block = place
    selection.unit = min(selection.unit, max(0, units(at: place) - 1))
    arrangement = nil
    rankedCell = nil
    message = Message(.notice, "\(shownGate.isGate ? "gate " : "")\(gateLetter): \(gateMeaning)")
  }
}
