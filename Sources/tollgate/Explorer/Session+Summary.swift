import ExplorerUI
import HighwayNetworks

extension Session {
  /// What the explorer shows of the model before anything is computed.
  func summary() -> ModelSummary {
    let set = data?.set
    var summary = ModelSummary(
      path: model.path, name: name, architecture: model.architecture,
      classNames: model.classNames ?? set?.classNames ?? [], dataName: set?.name ?? model.dataName,
      sampleShape: set?.shape, trainSamples: set?.train.count ?? 0,
      testSamples: set?.test.count ?? 0,
      recordedEpochs: model.epochs, metrics: model.metrics, facts: facts,
      initialGateBiases: initialGateBiases, dataProblem: dataProblem,
      trainingProblem: trainingProblem, hyperparameters: model.description?.hyperparameters,
      dataPath: data.map { ModelLocation.shortened($0.path) }, isNew: model.isNew,
      proposedRunPath: RunKeeper.proposal(for: model.isNew ? "runs/\(newName)" : fileName),
      labelCount: set.map { max($0.test.labelCount, $0.train.labelCount) })
    summary.takesOtherGate = model.stackOrigin?.gate != nil
    summary.groupings = (set?.tokenGroupings ?? []).map {
      TokenGroups(name: $0.name, names: $0.groupNames)
    }
    return summary
  }

  /// What a new network is called: its gating and depth.
  var newName: String {
    let architecture = model.architecture
    let gating = architecture.layers.last?.gating ?? .plain
    return "\(gating.name)-\(architecture.layers.count)"
  }

  var name: String {
    if model.isNew { return "new \(newName), not saved" }
    guard let origin = model.stackOrigin else { return fileName }
    return fileName
      + " (\(origin.convention), \(origin.claim) "
      + "\(origin.isConfirmed ? "confirmed" : "inferred"))"
  }

  private var fileName: String {
    let trimmed = model.path.split(separator: "/").last.map(String.init) ?? model.path
    let suffix = ".safetensors"
    return trimmed.hasSuffix(suffix) ? String(trimmed.dropLast(suffix.count)) : trimmed
  }

  private var trainingProblem: String? {
    guard let data else { return dataProblem }
    return data.set.train.count > 0
      ? nil : "\(data.set.name) as it is here has no training images; \(Self.installHint)"
  }

  private static let installHint =
    "install the whole data set or name its directory with --data"

  /// The gate biases of each highway layer at epoch 0, from its checkpoint or, failing that, from the
  /// architecture.
  private var initialGateBiases: [[Float]?] {
    if model.epochs.first == 0, let network = try? model.network(epoch: 0) {
      return network.gateBiases
    }
    return model.architecture.blocks.map { block in
      block.gateBias.map { [Float](repeating: $0, count: block.features) }
    }
  }

  /// What the layers are: those that always transform are plain, however they are written.
  private static func kinds(_ architecture: Architecture) -> String {
    let gated = architecture.layers.compactMap(\.gating).count { $0 != .plain }
    return gated > 0 ? "\(gated) highway" : "all plain"
  }

  private var facts: [ModelSummary.Fact] {
    let architecture = model.architecture
    var facts: [ModelSummary.Fact] = [
      .init("layers", "\(architecture.layers.count), \(Self.kinds(architecture))"),
      .init("parameters", NumberFormat.count(ParameterLayout(architecture).count)),
    ]
    if let block = architecture.blocks.first, let gating = block.gating {
      facts.append(.init("gating", gating.name))
      if let activation = block.activation {
        facts.append(.init("activation", activation.rawValue))
      }
      if let bias = block.gateBias { facts.append(.init("gate bias", "\(bias) at first")) }
    }
    if let origin = model.stackOrigin {
      facts += [
        .init("convention", origin.convention), .init("stack", origin.stack),
        .init("taken for", "\(origin.claim), \(origin.isConfirmed ? "confirmed" : "inferred")"),
      ]
    }
    if let data, data.set.isTakenAsItIs {
      facts.append(.init("values", "as they are"))
    } else if let data, model.normalization == nil, data.set.shape.positions.count == 2 {
      facts.append(
        .init("pixels", data.place.choice.normalization == nil ? "/ 255, assumed" : "as asked for"))
    }
    if let settings = model.description?.hyperparameters {
      facts += [
        .init("batch size", "\(settings.batchSize)"),
        .init("learning rate", "\(settings.learningRate)\(settings.schedule.words)"),
        .init("momentum", "\(settings.momentum)\(settings.nesterov ? ", Nesterov" : "")"),
        .init("weight decay", "\(settings.weightDecay)"), .init("seed", "\(settings.seed)"),
      ]
    }
    if let version = model.description?.version { facts.append(.init("version", version)) }
    return facts
  }
}

extension LearningRateSchedule {
  /// What follows the learning rate in a sentence.
  fileprivate var words: String {
    switch self {
    case .constant: ""
    case .exponential(let factor): " × \(factor) an epoch"
    case .validation(let factor, let least):
      " × \(factor) where validation gains less than \(least)"
    case .steps(let after, let factor):
      " × \(factor) after " + after.map(String.init).joined(separator: ", ")
    }
  }
}
