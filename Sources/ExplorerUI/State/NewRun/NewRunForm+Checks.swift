package import HighwayNetworks
import TensorFiles

extension NewRunForm {
  /// What is wrong with a field; nil where nothing is, or it means nothing with the preset or the gating.
  package func error(_ field: NewRunField) -> SettingError? {
    guard reasonUnused(field) == nil else { return nil }
    let text = text(field)
    do throws(SettingError) {
      switch field {
      case .preset:
        let name = completed(.preset)
        guard field.choices.contains(name) else {
          throw SettingError(
            name: "preset", expected: "\(Self.noPreset), or one of the presets",
            found: name.isEmpty ? "nothing" : name.excerpt)
        }
      case .gating: _ = try chosenGating()
      case .constant: _ = try Setting.constant.read(text)
      case .gateBias: _ = try Setting.gateBias.read(text)
      case .depth:
        let depth = try Setting.depth.read(text)
        guard case .found(let data) = data, let network = network(depth: depth) else { return nil }
        _ = try network.parameterCount(inputs: data.input.count, classes: data.classes)
      case .width: _ = try Setting.units.read(text)
      case .activation: _ = try Setting.activation.read(completed(.activation))
      case .learningRate: _ = try Setting.learningRate.read(text)
      case .schedule: _ = try Setting.schedule.read(text)
      case .momentum: _ = try Setting.momentum.read(text)
      case .nesterov: _ = try usesNesterov()
      case .weightDecay: _ = try Setting.weightDecay.read(text)
      case .batchSize: _ = try Setting.batchSize.read(text)
      case .epochs: _ = try Setting.epochs.read(text)
      case .seed: _ = try Setting.seed.read(text)
      case .data: break
      }
      return nil
    } catch {
      return error
    }
  }

  /// What is wrong with a field, in a line.
  package func problem(_ field: NewRunField) -> String? {
    if field == .data {
      guard case .failed(let reason) = data else { return nil }
      return reason
    }
    if field == .preset, case .found(let data) = data, let preset = chosenPreset {
      do throws(DescriptionError) {
        _ = try preset.architecture(input: data.input, classes: data.classes)
      } catch {
        return "\(preset.name) does not fit images of \(data.input): \(error)"
      }
    }
    return error(field)?.description
  }

  /// What a field means; of a preset that is chosen, how its network differs from the paper's.
  func help(_ field: NewRunField) -> String {
    guard field == .preset, let preset = chosenPreset, case .found(let data) = data else {
      return field.help
    }
    return preset.adaptation(to: data.input) ?? "\(preset.name): the paper's network and recipe"
  }

  /// The first field with something wrong.
  var firstProblem: (field: NewRunField, text: String)? {
    for field in NewRunField.allCases {
      if let problem = problem(field) { return (field, problem) }
    }
    return nil
  }

  /// The number of parameters that the network would have, where that can be told.
  package var parameterCount: Int? {
    guard case .found(let data) = data else { return nil }
    if let preset = chosenPreset {
      return (try? preset.architecture(input: data.input, classes: data.classes))
        .map { ParameterLayout($0).trainedCount }
    }
    guard let depth = try? Setting.depth.read(text(.depth)),
      let network = network(depth: depth)
    else { return nil }
    return try? network.parameterCount(inputs: data.input.count, classes: data.classes)
  }

  /// What the form says, where nothing is wrong with it.
  package var settings: RunSettings? {
    guard firstProblem == nil, case .found(let data) = data, let network = chosenNetwork,
      let batchSize = try? Setting.batchSize.read(text(.batchSize)),
      let learningRate = try? Setting.learningRate.read(text(.learningRate)),
      let schedule = try? Setting.schedule.read(text(.schedule)),
      let momentum = try? Setting.momentum.read(text(.momentum)),
      let nesterov = try? usesNesterov(),
      let weightDecay = try? Setting.weightDecay.read(text(.weightDecay)),
      let epochs = try? Setting.epochs.read(text(.epochs)),
      let seed = try? Setting.seed.read(text(.seed))
    else { return nil }
    // A preset has more than there are lines for.
    var hyperparameters = chosenPreset?.hyperparameters(seed: seed) ?? Hyperparameters(seed: seed)
    hyperparameters.batchSize = batchSize
    hyperparameters.learningRate = learningRate
    hyperparameters.schedule = schedule
    hyperparameters.momentum = momentum
    hyperparameters.nesterov = nesterov
    hyperparameters.weightDecay = weightDecay
    return RunSettings(
      network: network, hyperparameters: hyperparameters, epochs: epochs, dataPath: data.path)
  }

  private var chosenNetwork: RunNetwork? {
    if let preset = chosenPreset { return .preset(preset) }
    return (try? Setting.depth.read(text(.depth))).flatMap { network(depth: $0) }
      .map(RunNetwork.layers)
  }

  private func network(depth: Int) -> NetworkSettings? {
    guard let gating = try? chosenGating(), let units = try? Setting.units.read(text(.width)),
      let activation = try? Setting.activation.read(completed(.activation))
    else { return nil }
    // Where no gate is learned nobody asks for a bias, and none is used.
    let bias = gating.learnsGates ? try? Setting.gateBias.read(text(.gateBias)) : 0
    guard let bias else { return nil }
    return NetworkSettings(
      gating: gating, depth: depth, units: units, activation: activation, gateBias: bias)
  }

  private func chosenGating() throws(SettingError) -> Gating {
    let name = completed(.gating)
    guard Gating.names.contains(name) else {
      throw SettingError(
        name: "gating", expected: Gating.names.joined(separator: ", "),
        found: name.isEmpty ? "nothing" : name.excerpt)
    }
    // A wrong constant is the fault of its own field.
    guard name == "frozen", let p = try? Setting.constant.read(text(.constant)) else {
      return try Setting.gating.read(name)
    }
    return .frozen(p: p)
  }

  private func usesNesterov() throws(SettingError) -> Bool {
    switch completed(.nesterov) {
    case "yes": return true
    case "no": return false
    case let text:
      throw SettingError(
        name: "nesterov", expected: "yes or no", found: text.isEmpty ? "nothing" : text.excerpt)
    }
  }
}
