import HighwayNetworks

/// What the sentences of the tour are computed from: the answers that the views draw, at the place of a step.
extension ExplorerState {
  /// How many layers the tour calls the first ones.
  private var firstLayers: Int { min(10, gatedLayers.count) }

  /// The number of gates for one input.
  var gateCount: Int { gatedLayers.indices.reduce(0) { $0 + units(at: $1) } }

  /// The gate biases that training started with, where all gates have the same.
  func startBias() throws(TourGap) -> Float {
    let start = initialGateBias(block: 0, unit: 0)
    for index in gatedLayers.indices {
      for unit in 0..<units(at: index) where initialGateBias(block: index, unit: unit) != start {
        throw .unavailable("the gate biases did not start alike")
      }
    }
    guard let start else { throw .unavailable("it is not known where the gate biases started") }
    return start
  }

  /// The share of the gate biases that are lower than at the start.
  func lowerBiases() throws(TourGap) -> Double {
    let start = try startBias()
    let biases = try gateBiases.current().flatMap { $0 ?? [] }
    return Double(biases.count { $0 < start }) / Double(max(1, biases.count))
  }

  /// The mean of T in the first layers and in the others.
  func meanGates() throws(TourGap) -> (first: Double, others: Double) {
    try meansAround(statistics.current().layers.map { $0.meanT.map(Double.init) })
  }

  /// The least and the greatest mean of T.
  func meanGateRange() throws(TourGap) -> (least: Float, most: Float) {
    let means = try statistics.current().layers.flatMap(\.meanT)
    guard let least = means.min(), let most = means.max() else {
      throw .unavailable("there are no gates")
    }
    return (least, most)
  }

  /// How many gates are open for the sample, in all layers and in the first ones.
  func openGates() throws(TourGap) -> (all: Int, first: Int) {
    let counts = try sample.current().trace.layers.map { layer in
      layer.transformGate.count { $0 > 0.5 }
    }
    return (counts.reduce(0, +), counts.prefix(firstLayers).reduce(0, +))
  }

  /// How much y of the sample changes from a layer to the next, in the first layers and in the others.
  func outputChanges() throws(TourGap) -> (first: Double, others: Double) {
    let outputs = try sample.current().trace.layers.map(\.blockOutput)
    let changes = zip(outputs, outputs.dropFirst()).map { before, after in
      zip(before, after).map { Double(($1 - $0).magnitude) }
    }
    return try meansAround([[]] + changes)
  }

  /// The mean of T of the unit under the cursor, over one class.
  func meanGate(class label: Int) throws(TourGap) -> Float {
    let layers = try statistics.current().layers
    let (index, unit) = (selection.block, selection.unit)
    guard layers.indices.contains(index), layers[index].meanT.indices.contains(unit),
      (0..<classCount).contains(label)
    else { throw .unavailable("there is no such unit or class") }
    return layers[index].classMeanT[label * layers[index].units + unit]
  }

  /// The mean of T of the unit under the cursor, over all samples.
  func meanGate() throws(TourGap) -> Float {
    let layers = try statistics.current().layers
    guard layers.indices.contains(selection.block),
      layers[selection.block].meanT.indices.contains(selection.unit)
    else { throw .unavailable("there is no such unit") }
    return layers[selection.block].meanT[selection.unit]
  }

  /// How many gates have a mean T that differs by more than 0.1 between two classes.
  func differingGates(_ one: Int, _ other: Int) throws(TourGap) -> Int {
    guard max(one, other) < classCount else { throw .unavailable("there is no such class") }
    return try statistics.current().layers.reduce(0) { sum, layer in
      sum
        + (0..<layer.units).count { unit in
          let means = [one, other].map { layer.classMeanT[$0 * layer.units + unit] }
          return (means[0] - means[1]).magnitude > 0.1
        }
    }
  }

  /// The cells of all layers.
  func cellShares() throws(TourGap) -> CellShares {
    let shares = try statistics.current().layers.map { CellShares($0.cells) }
    guard let first = shares.first else { throw .unavailable("there are no gates") }
    return shares.dropFirst().reduce(first, +)
  }

  /// How often the network is right, and over how many samples.
  func accuracy() throws(TourGap) -> (share: Double, samples: Int) {
    let statistics = try statistics.current()
    guard let accuracy = statistics.accuracy else { throw .unavailable("there are no classes") }
    return (accuracy, statistics.samples)
  }

  /// The mean of what the first layers have, and of what the others have.
  private func meansAround(_ values: [[Double]]) throws(TourGap) -> (first: Double, others: Double)
  {
    func mean(_ values: some Collection<[Double]>) -> Double {
      let all = values.joined()
      return all.reduce(0, +) / Double(max(1, all.count))
    }
    guard values.count > firstLayers else { throw .unavailable("there are too few layers") }
    return (mean(values.prefix(firstLayers)), mean(values.dropFirst(firstLayers)))
  }
}

/// One unit of one layer in the sample that is chosen: y = H·T + x·C.
struct TourCell {
  /// The layer's number.
  let layer: Int
  let blockState: Float
  let transformGate: Float
  let carryGate: Float
  /// What the layer before gives.
  let input: Float
  let output: Float

  /// The unit under the cursor, or the same unit some layers further.
  init(_ state: ExplorerState, further: Int = 0) throws(TourGap) {
    let layers = try state.sample.current().trace.layers
    let (index, unit) = (state.selection.block + further, state.selection.unit)
    guard index >= 1, layers.indices.contains(index), unit < layers[index].units,
      unit < layers[index - 1].units
    else { throw .unavailable("there is no layer before or after") }
    layer = layers[index].layer
    blockState = layers[index].blockState[unit]
    transformGate = layers[index].transformGate[unit]
    carryGate = layers[index].carryGate[unit]
    input = layers[index - 1].blockOutput[unit]
    output = layers[index].blockOutput[unit]
  }
}

/// What lesions do, in numbers of samples.
struct TourLesions {
  let samples: Int
  /// How many samples the network as it is gets wrong.
  let intact: Int
  /// How many it gets wrong with the layer under the cursor held at 0.
  let lesioned: Int
  /// For how many layers, each held alone, that differs by at most half a point.
  let harmless: Int

  init(_ state: ExplorerState) throws(TourGap) {
    let sweep = try state.lesionSweep.current()
    guard sweep.layers.indices.contains(state.selection.block) else {
      throw .unavailable("there is no such layer")
    }
    let samples = sweep.samplesByClass.reduce(0, +)
    func wrong(_ outcome: LesionSweep.Outcome) -> Int {
      Int((outcome.error * Double(samples)).rounded())
    }
    let intact = wrong(sweep.baseline)
    self.samples = samples
    self.intact = intact
    lesioned = wrong(sweep.layers[state.selection.block].outcome)
    harmless = sweep.layers.count { (wrong($0.outcome) - intact).magnitude * 200 <= samples }
  }
}

/// A run that stands beside others: what it is and how well it does after its last epoch.
struct TourRun {
  let name: String
  let depth: Int
  let epoch: Int
  let accuracy: Double

  /// The runs of the tour in their order.
  static func all(_ state: ExplorerState) throws(TourGap) -> [TourRun] {
    var runs: [TourRun] = []
    for path in state.tour?.models.compared ?? [] {
      guard let entry = state.comparison.entries.first(where: { $0.path == path }) else {
        throw .pending
      }
      if let problem = entry.problem { throw .unavailable(problem) }
      guard let summary = entry.summary else { throw .pending }
      guard let last = summary.last else { throw .unavailable("\(path) has no epochs") }
      runs.append(
        TourRun(
          name: summary.gating == .coupled ? "highway" : summary.gatingName, depth: summary.depth,
          epoch: last.epoch, accuracy: last.testAccuracy))
    }
    return runs
  }
}
