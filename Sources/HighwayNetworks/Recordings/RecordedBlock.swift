package import TensorFiles

/// A signal that a recording holds of a block.
package struct RecordedSignal: Hashable, Sendable {
  /// The signal.
  package let signal: Signal
  /// The values that it can take; of a state, nil where nobody says.
  package let range: ClosedRange<Float>?

  /// The values that a gate is measured over.
  var gateRange: ClosedRange<Float> { range ?? 0...1 }

  /// Reads a signal's entry: a name, a role, and a range where it is not that of a gate, [0, 1].
  init(_ field: JSONField) throws(DescriptionError) {
    try field.allow(["name", "role", "range"])
    let name = try field.required("name")
    let symbol = try name.string()
    // A point would end the name within a tensor's.
    guard (1...Self.longestName).contains(symbol.unicodeScalars.count),
      symbol.unicodeScalars.allSatisfy({ $0.isPlain && $0 != "." && $0 != " " })
    else {
      throw name.mismatch("1 to \(Self.longestName) characters without blanks and points")
    }
    let role = try field.required("role")
    guard let known = Signal.Role(rawValue: try role.string()) else {
      throw role.mismatch("transform, carry, output, depth or state")
    }
    signal = Signal(symbol, known)
    guard let bounds = try field.optional("range") else {
      range = signal.isGate ? 0...1 : nil
      return
    }
    var values: [Float] = []
    for item in try bounds.items() { values.append(try item.float()) }
    guard values.count == 2, values[0] < values[1], (values[1] - values[0]).isFinite else {
      throw bounds.mismatch("two numbers, the lower one first")
    }
    range = values[0]...values[1]
  }

  private static let longestName = 24
}

/// A block as a recording describes it.
package struct RecordedBlock: Hashable, Sendable {
  /// What it is called, such as the path of a module; a text of strangers.
  package let name: String
  /// The number of units at each position.
  package let units: Int
  /// The extents of its positions; none for a vector.
  package let positions: [Int]
  /// How its gates combine to y = H ∘ T + x ∘ C; nil where they do not, or nobody says.
  package let gating: Gating?
  /// The non-linearity of its block state, where that is known.
  package let activation: Activation?
  /// What it stands in: blocks of one name that follow each other are fed by each other.
  package let stack: String?
  /// The signals in the order of the description.
  package let signals: [RecordedSignal]

  /// The number of positions, 1 for a vector.
  package var positionCount: Int { positions.reduce(1, *) }

  /// The most positions of a sample, and the most units.
  private static let largest = 1 << 24
  /// The most values that a signal has of a sample.
  private static let mostValues = 1 << 36

  /// Reads a block's entry.
  init(_ field: JSONField) throws(DescriptionError) {
    try field.allow([
      "name", "units", "positions", "gating", "p", "activation", "stack", "signals",
    ])
    name = try field.required("name").string()
    units = try field.required("units").integer(in: 1...Self.largest)
    var extents: [Int] = []
    var count = 1
    if let list = try field.optional("positions") {
      for item in try list.items() {
        let extent = try item.integer(in: 1...Self.largest)
        count *= extent
        guard count <= Self.largest, extents.count < 4 else {
          throw list.mismatch("at most 4 extents and \(Self.largest) positions")
        }
        extents.append(extent)
      }
    }
    guard units * count <= Self.mostValues else {
      throw try field.required("units").mismatch("at most \(Self.mostValues) values of a sample")
    }
    positions = extents
    let hasGating = try field.optional("gating") != nil
    gating = hasGating ? try field.gating() : nil
    let hasActivation = try field.optional("activation") != nil
    activation = hasActivation ? try field.activation() : nil
    stack = try field.optional("stack")?.string()
    let list = try field.required("signals")
    var found: [RecordedSignal] = []
    for item in try list.items() {
      let signal = try RecordedSignal(item)
      guard !found.contains(where: { $0.signal.symbol == signal.signal.symbol }), found.count < 16
      else { throw list.mismatch("at most 16 signals, each name once") }
      found.append(signal)
    }
    signals = found
    guard !gates.isEmpty else {
      throw list.mismatch("at least one gate, or a gating that learns none")
    }
  }

  /// The gates that are measured: T first, which is a constant where the gating says so and none is recorded.
  var gates: [Gate] {
    var gates: [Gate] = []
    for (index, recorded) in signals.enumerated() where recorded.signal.isGate {
      let gate = Gate(signal: recorded.signal, range: recorded.gateRange, source: .recorded(index))
      if recorded.signal.role == .transform, gates.allSatisfy({ $0.signal.role != .transform }) {
        gates.insert(gate, at: 0)
      } else {
        gates.append(gate)
      }
    }
    if let gating, !gating.learnsTransformGate, gates.first?.signal.role != .transform {
      gates.insert(
        Gate(signal: .transformGate, range: 0...1, source: .constant(gating.constantT)), at: 0)
    }
    return gates
  }

  /// Whether C is not recorded but follows from T.
  var hasComplement: Bool {
    (gating?.couplesCarryGate ?? false) && !signals.contains { $0.signal.role == .carry }
  }

  /// A gate, and where its values come from.
  struct Gate {
    enum Source {
      case recorded(Int)
      case constant(Float)
    }

    let signal: Signal
    let range: ClosedRange<Float>
    let source: Source
  }

  /// The index of a signal of this block that is no gate, by its name.
  func index(ofState signal: Signal) -> Int? { signals.firstIndex { $0.signal == signal } }
}

/// What a recording says of itself in its metadata.
package struct RecordingDescription: Hashable, Sendable {
  /// The blocks, in the order of their numbers.
  package let blocks: [RecordedBlock]

  /// The most blocks.
  private static let mostBlocks = 10_000
  /// The most units of all gates; each is counted in bins.
  static let mostUnits = 1 << 20

  /// Reads the text under the key `recording`.
  ///
  /// - Throws: ``DescriptionError`` naming the member that is wrong.
  package init(json: String) throws(DescriptionError) {
    let field = try JSONField(parsing: json)
    try field.allow(["version", "blocks"])
    _ = try field.optional("version")?.integer(in: 1...1)
    let list = try field.required("blocks")
    let items = try list.items()
    guard (1...Self.mostBlocks).contains(items.count) else {
      throw list.mismatch("1 to \(Self.mostBlocks) blocks")
    }
    var found: [RecordedBlock] = []
    var units = 0
    for item in items {
      let block = try RecordedBlock(item)
      units += block.units * max(1, block.gates.count)
      guard units <= Self.mostUnits else {
        throw try item.required("units").mismatch("at most \(Self.mostUnits) units of all gates")
      }
      found.append(block)
    }
    blocks = found
  }

  /// The blocks as they are looked at; those that feed each other and have one shape form a run.
  var described: [Block] {
    var run = -1
    var before: RecordedBlock?
    return blocks.enumerated().map { number, block in
      let follows =
        before.map {
          $0.units == block.units && $0.positions == block.positions && $0.stack == block.stack
            && ($0.gating == nil) == (block.gating == nil)
        } ?? false
      if !follows { run += 1 }
      before = block
      let states = block.signals.map(\.signal).filter { !$0.isGate }
      return Block(
        number: number, title: block.name, features: block.units, positions: block.positions,
        signals: block.gates.map(\.signal) + (block.hasComplement ? [.carryGate] : []) + states,
        run: run, activation: block.activation, gating: block.gating)
    }
  }
}
