/// What is known of a gated layer without its parameters: what those who look at gates need of it.
public struct Block: Hashable, Sendable {
  /// The layer's number, as in the checkpoint's tensor names.
  public let number: Int
  /// What it is called, such as `coupled, tanh`.
  public let title: String
  /// The number of units at each position: of maps, of features.
  public let features: Int
  /// The extents of its positions; none for a vector.
  public let positions: [Int]
  /// The signals that it computes.
  public let signals: [Signal]
  /// Those that are no gates but are measured like them: c and h of LSTM cells.
  public let states: [Signal]
  /// The index of the run of equal shape that it belongs to.
  public let run: Int
  /// The non-linearity of its block state; nil where that is not known.
  public let activation: Activation?
  /// How its gates combine; nil where that is not known.
  public let gating: Gating?
  /// What its transform-gate biases start with; nil where that is not known.
  public let gateBias: Float?
  /// The number of micro-steps within each step whose units are the block's, after each other; 0 for all but recurrent
  /// highway layers, and for a micro-step by itself.
  public let microSteps: Int
  /// Which of its layer's micro-steps it is; nil of a whole layer.
  public let microStep: MicroStep?

  /// One of the micro-steps that a recurrent highway layer takes within each step.
  public struct MicroStep: Hashable, Sendable {
    /// Its number, from 0.
    public let number: Int
    /// How many the layer has.
    public let count: Int

    /// Names a micro-step.
    public init(number: Int, of count: Int) {
      self.number = number
      self.count = count
    }
  }

  /// Whether its positions are the steps of sequences.
  public var isSequence: Bool { positions.count == 1 }

  /// The gates among its signals, in their order.
  public var gates: [Signal] { signals.filter(\.isGate) }

  /// Those of its gates that do not follow from another.
  package var measuredGates: [Signal] {
    gating?.couplesCarryGate ?? false ? gates.filter { $0 != .carryGate } : gates
  }

  /// What statistics are taken of: its gates, the first of which stands for T, and then the states.
  var measured: [Signal] { gates + states }

  /// Whether its carry gate keeps what was there a step before, as that of LSTM cells does.
  package var carriesAlongTime: Bool { signals.contains { $0.role == .output } }

  /// Whether what it does at a step depends on the steps before.
  package var isRecurrent: Bool { carriesAlongTime || microSteps > 0 || microStep != nil }

  /// The number of positions, 1 for a vector.
  public var positionCount: Int { positions.reduce(1, *) }

  /// Whether its response is measured: where no transform gate tells how much of a branch comes through.
  var hasResponse: Bool { !(gating?.learnsTransformGate ?? true) }

  /// Describes a block.
  public init(
    number: Int, title: String, features: Int, positions: [Int] = [], signals: [Signal],
    states: [Signal] = [], run: Int, activation: Activation? = nil, gating: Gating? = nil,
    gateBias: Float? = nil, microSteps: Int = 0, microStep: MicroStep? = nil
  ) {
    self.number = number
    self.title = title
    self.features = features
    self.positions = positions
    self.signals = signals
    self.states = states
    self.run = run
    self.activation = activation
    self.gating = gating
    self.gateBias = gateBias
    self.microSteps = microSteps
    self.microStep = microStep
  }
}

extension [Block] {
  /// The gates that are measured of some of them, each once, in their order.
  package var measuredGates: [Signal] {
    reduce(into: []) { gates, block in
      gates += block.measuredGates.filter { !gates.contains($0) }
    }
  }

  /// The signals of a network that can be looked at in turn: T, learned gates and then states, each once.
  package var shownSignals: [Signal] {
    let gates = flatMap { block in
      block.gates.filter { $0.role != .carry || block.gating?.learnsCarryGate ?? true }
    }
    return (gates + flatMap(\.states)).reduce(into: []) { found, signal in
      if !found.contains(signal) { found.append(signal) }
    }
  }
}

/// Where equal numbers of runs follow each other, as ranges of their indices.
package func ranges(ofRuns numbers: [Int]) -> [Range<Int>] {
  var ranges: [Range<Int>] = []
  for index in numbers.indices {
    if let last = ranges.last, numbers[last.lowerBound] == numbers[index] {
      ranges[ranges.count - 1] = last.lowerBound..<index + 1
    } else {
      ranges.append(index..<index + 1)
    }
  }
  return ranges
}

extension Architecture {
  /// The layers with gates, in the order of the network.
  public var blocks: [Block] {
    let gated = gatedLayers
    return runs.enumerated().flatMap { run, members in
      members.map { index in
        let number = gated[index]
        let layer = layers[number]
        let shape = output(ofLayer: number)
        let words = [layer.gating?.name, layer.activation?.rawValue].compactMap { $0 }
        return Block(
          number: number, title: words.joined(separator: ", "), features: shape.units,
          positions: shape.positions, signals: layer.spec.signals,
          states: shape.cells > 0 ? layer.spec.signals.filter(\.isOfCell) : [], run: run,
          activation: layer.activation, gating: layer.gating, gateBias: layer.gateBias,
          microSteps: shape.microSteps)
      }
    }
  }
}
