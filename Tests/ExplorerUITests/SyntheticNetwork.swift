import ExplorerUI
import Libc

@testable import HighwayNetworks

/// A made-up network whose numbers look like those of a trained one; the same on every run.
struct SyntheticNetwork {
  var layers = 49
  var units = 50
  var classes = 10
  var gating = Gating.coupled
  var samplesPerClass = 100

  var architecture: Architecture {
    Architecture(
      input: Shape(features: 784), classes: classes,
      layers: [.dense(units: units, activation: .tanh)]
        + Array(
          repeating: .highway(
            units: units, activation: .tanh, gating: gating,
            gateBias: gating.learnsTransformGate ? -2 : nil),
          count: layers))
  }

  func summary(epochs: Int = 20, dataProblem: String? = nil) -> ModelSummary {
    ModelSummary(
      path: "models/mnist-coupled-50", name: "mnist-coupled-50", architecture: architecture,
      classNames: (0..<classes).map(String.init), dataName: "MNIST",
      sampleShape: dataProblem == nil ? .image(channels: 1, height: 28, width: 28) : nil,
      trainSamples: dataProblem == nil ? 4000 : 0, testSamples: dataProblem == nil ? 1000 : 0,
      recordedEpochs: Array(0...epochs), metrics: (0...epochs).map(metrics),
      facts: [
        .init("batch size", "100"), .init("learning rate", "0.01, × 0.98 an epoch"),
        .init("momentum", "0.9"), .init("seed", "1"), .init("parameters", "289,660"),
      ],
      initialGateBiases: Array(repeating: [Float](repeating: -2, count: units), count: layers),
      dataProblem: dataProblem, proposedRunPath: "models/mnist-coupled-50-2")
  }

  func metrics(_ epoch: Int) -> EpochMetrics {
    let x = Double(epoch)
    let noise = Double(Self.noise(epoch, 3, 9))
    return EpochMetrics(
      epoch: epoch, step: epoch * 40, learningRate: epoch == 0 ? 0 : 0.01 * pow(0.98, x),
      trainLoss: 2.3 * exp(-x / 4) + 0.02, trainAccuracy: 1 - 0.9 * exp(-x / 3) - 0.005,
      testLoss: 2.31 * exp(-x / 4) + 0.12 + 0.02 * noise,
      testAccuracy: 1 - 0.9 * exp(-x / 3) - 0.03 + 0.004 * noise, seconds: 0.9 + 0.1 * noise)
  }

  func bias(_ layer: Int, _ unit: Int, epoch: Int) -> Float {
    let depth = Float(layer) / Float(max(1, layers - 1))
    let trained = 1 - exp(-Float(epoch) / 6)
    return -2 + trained
      * (-0.2 - 2.2 * (1 - depth) * abs(Self.noise(layer, unit, 1)) + 0.3
        * Self.noise(layer, unit, 2))
  }

  /// The pre-activation of the gate, for one class, before the noise of the single sample.
  private func center(_ layer: Int, _ unit: Int, label: Int, epoch: Int) -> Float {
    let depth = Float(layer) / Float(max(1, layers - 1))
    let trained = 1 - exp(-Float(epoch) / 6)
    let activity = 5.5 * exp(-4 * depth) * max(0, Self.noise(layer, unit, 4) + 0.2)
    let selective = 3.2 * exp(-5 * depth) * Self.noise(layer, unit, 100 + label)
    return bias(layer, unit, epoch: epoch) + trained * (activity + selective)
  }

  /// What the branch of a layer that learns no gate returns.
  private func response(_ layer: Int) -> ResponseStatistics {
    ResponseStatistics(
      mean: [Float](repeating: 0.25, count: units),
      std: (0..<units).map { 0.5 + Float($0) / Float(units) }, overall: 0.5 + Double(layer) / 8,
      relativeNorm: 0.75, cosine: -0.125)
  }

  /// The statistics of made-up gates, by the library's own sums; change and estimation error are made up too.
  func statistics(epoch: Int = 20, thresholds: Thresholds = Thresholds()) -> GateStatistics {
    let draws = 24
    let blocks = architecture.blocks
    let groupOf = (0..<classes * draws).map { Int32($0 / draws) }
    var sums = StatisticsAccumulator(
      blocks, shifts: blocks.map { [[Float](repeating: 0.5, count: $0.features)] },
      groups: classes, hasUngrouped: false, thresholds: thresholds)
    sums.begin(groupOf: groupOf[...])
    for layer in blocks.indices {
      let gates = (0..<classes * draws).flatMap { row -> [Float] in
        let spread = (Float(row % draws) + 0.5) / Float(draws) * 2 - 1
        return (0..<units).map { unit in
          let center = center(layer, unit, label: row / draws, epoch: epoch)
          return 1 / (1 + exp(-(center + 1.4 * spread * abs(spread) + 0.5 * spread)))
        }
      }
      sums.add(gates, gate: 0, ofBlock: layer, groupOf: groupOf[...])
    }
    let biases = blocks.indices.map { layer in
      gating.learnsTransformGate ? (0..<units).map { bias(layer, $0, epoch: epoch) } : nil
    }
    let found = sums.statistics(gateBiases: biases)
    return GateStatistics(
      layers: found.layers.map { layer in
        LayerStatistics(
          layer: layer.layer, run: layer.run, gating: layer.gating, gateBias: layer.gateBias,
          signals: layer.signals, meanC: layer.meanC, cells: layer.cells,
          cellsByClass: layer.cellsByClass, change: 0.01, estimationErrorMean: 0,
          estimationErrorStd: 0.1,
          response: layer.response.map { _ in response(layer.layer) })
      },
      samples: classes * samplesPerClass,
      samplesByClass: Array(repeating: samplesPerClass, count: classes),
      loss: 0.12, accuracy: 0.968, thresholds: thresholds)
  }

  /// A picture of an epoch in training: all that a state watches.
  func picture(_ epoch: Int, for state: ExplorerState) -> Action {
    let answers = state.training.watched.compactMap { question in
      answer(to: question).map { (question, $0) }
    }
    return .pictureArrived(
      LivePicture(epoch: epoch, answers: Dictionary(uniqueKeysWithValues: answers)))
  }

  func histogram(_ request: UnitRequest) -> UnitHistogram {
    let members = Array(repeating: samplesPerClass, count: classes)
    let counts = (0..<classes).map { label -> [UInt32] in
      var row = [UInt32](repeating: 0, count: LayerStatistics.histogramBins)
      row[(request.layer * 7 + request.unit * 3 + label * 5) % 60] = UInt32(samplesPerClass)
      return row
    }
    return UnitHistogram(
      layer: request.layer, unit: request.unit, counts: counts,
      means: counts.map { row in Double(row.firstIndex { $0 > 0 } ?? 0) / 64 + 1 / 128 },
      samplesByClass: members)
  }

  func record(sample: Int, epoch: Int = 20) -> SampleRecord {
    let label = sample % classes
    var carried = (0..<units).map { 0.9 * Self.noise(sample, $0, 7) }
    let layers = (0..<layers).map { layer in
      let gates = (0..<units).map { unit in
        1
          / (1
            + exp(
              -center(layer, unit, label: label, epoch: epoch) - 1.6
                * Self.noise(layer * 31 + sample, unit, 11)))
      }
      let states = (0..<units).map { 0.95 * Self.noise(layer + sample, $0, 13) }
      carried = (0..<units).map { carried[$0] + gates[$0] * (states[$0] - carried[$0]) }
      return SampleTrace.Layer(
        layer: layer + 1, blockState: states, transformGate: gates,
        carryGate: gates.map { 1 - $0 }, blockOutput: carried)
    }
    var probabilities = [Float](repeating: 0.01, count: classes)
    let taken = Self.isWrong(sample, classes: classes) ? (label + 1) % classes : label
    probabilities[taken] = 1 - 0.01 * Float(classes - 1)
    return SampleRecord(
      trace: SampleTrace(
        layers: layers, probabilities: probabilities, loss: -log(probabilities[label])),
      label: label, pixels: [UInt8](repeating: 128, count: 784), channels: 1, height: 28, width: 28)
  }

  /// Every 37th sample is taken for the next class.
  static func isWrong(_ sample: Int, classes: Int) -> Bool {
    classes > 1 && sample.isMultiple(of: 37) && sample > 0
  }

  func verdicts(_ request: VerdictsRequest) -> SampleVerdicts {
    let samples = 0..<summary().samples(request.split)
    return SampleVerdicts(
      labels: samples.map { Int32($0 % classes) },
      isWrong: samples.map { Self.isWrong($0, classes: classes) })
  }

  /// What lesions do: much in the first layers, to some classes more than to others.
  func lesions(_ request: LesionRequest) -> LesionSweep {
    func outcome(_ harm: Double) -> LesionSweep.Outcome {
      let errors = (0..<classes).map { min(1, 0.03 + harm * Double($0 + 1) / Double(classes)) }
      return LesionSweep.Outcome(
        loss: 0.12 + 2 * harm, error: errors.reduce(0, +) / Double(max(1, classes)),
        classError: errors)
    }
    let samplesByClass = [Int](repeating: 100, count: classes)
    guard request.clamps.isEmpty else {
      return LesionSweep(samplesByClass: samplesByClass, baseline: outcome(0.25), layers: [])
    }
    return LesionSweep(
      samplesByClass: samplesByClass, baseline: outcome(0),
      layers: (0..<layers).map { (layer: $0 + 1, outcome: outcome(0.9 * exp(-Double($0) / 3))) })
  }

  /// A number in [-1, 1] that depends on three others.
  static func noise(_ first: Int, _ second: Int, _ third: Int) -> Float {
    var bits = UInt64(
      truncatingIfNeeded: first &* 73_856_093 ^ second &* 19_349_663 ^ third &* 83_492_791)
    bits &+= 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return Float(bits >> 40) / Float(1 << 23) - 1
  }
}

extension ExplorerState {
  /// A state with a model open and everything there that is asked for.
  static func ready(
    _ network: SyntheticNetwork = SyntheticNetwork(), size: Size = Size(width: 80, height: 24),
    capabilities: Capabilities = Capabilities(), epochs: Int = 20
  ) -> ExplorerState {
    var state = ExplorerState(size: size, capabilities: capabilities)
    state.play([.modelOpened(network.summary(epochs: epochs))], with: network)
    return state
  }

  /// Applies actions and answers the questions that they raise.
  mutating func play(_ actions: [Action], with network: some Answering) {
    var queue = actions
    while !queue.isEmpty {
      for effect in update(&self, with: queue.removeFirst()) {
        switch effect {
        case .wanted(let questions):
          queue += questions.compactMap { question in
            network.answer(to: question).map { .answered(question, .success($0)) }
          }
        case .quit, .suspend, .repaint, .watch, .trainEpochs, .pauseTraining, .keepRun, .export,
          .findRuns,
          .readRun, .forgetRun, .openModel, .openData, .flipGate, .listModels, .listPaths,
          .checkData,
          .beginRun,
          .turnToParked, .recover, .discardLeftover, .findTour:
          break
        }
      }
    }
  }

  /// Presses keys and returns the effects of all of them.
  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] {
    keys.flatMap { update(&self, with: .terminal(.key($0))) }
  }

  /// The screen as it is drawn.
  var screen: Canvas {
    var canvas = Canvas(size: size, capabilities: capabilities)
    draw(self, on: &canvas)
    return canvas
  }
}

extension SyntheticNetwork: Answering {
  /// What is made up in answer to a question; nil for biases without samples and for other runs.
  func answer(to question: Question) -> Answer? {
    switch question {
    case .statistics(let request):
      .statistics(statistics(epoch: request.epoch.number, thresholds: request.thresholds))
    case .sample(let request):
      .sample(record(sample: request.sample, epoch: request.epoch.number))
    case .unit(let request): .unit(histogram(request))
    case .verdicts(let request): .verdicts(verdicts(request))
    case .lesions(let request): .lesions(lesions(request))
    case .walk, .gateBiases, .runGates: nil
    }
  }
}

extension Effect {
  /// The questions that are to be answered; nil for other effects.
  var questions: [Question]? { if case .wanted(let questions) = self { questions } else { nil } }
}

extension [Effect] {
  /// The questions that are to be answered in the end; nil where that stays as it was.
  var questions: [Question]? { compactMap(\.questions).last }
}

extension Action {
  /// A question that cannot be answered, and why.
  static func failed(_ question: Question, _ reason: String) -> Action {
    .answered(question, .failure(AnswerError(reason)))
  }
}

extension LayerStatistics {
  /// The statistics of a layer with a transform gate of which nothing else is known.
  init(layer: Int, run: Int, transform: SignalStatistics) {
    self.init(
      layer: layer, run: run, gating: .coupled, gateBias: nil, signals: [transform],
      meanC: transform.mean.map { 1 - $0 },
      cells: CellCounts(carried: 0, mixed: 0, transformed: 0, open: 0), cellsByClass: [],
      change: 0, estimationErrorMean: 0, estimationErrorStd: 0)
  }
}

extension SampleTrace.Layer {
  /// Puts the values of one layer together.
  init(
    layer: Int, blockState: [Float], transformGate: [Float], carryGate: [Float],
    blockOutput: [Float]
  ) {
    self.init(
      layer: layer, units: blockState.count,
      signals: [
        (.blockState, blockState), (.transformGate, transformGate), (.carryGate, carryGate),
        (.blockOutput, blockOutput),
      ])
  }
}
