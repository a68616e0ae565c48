import HighwayNetworks

/// The form that a new network is set up with.
package struct NewRunForm: Hashable, Sendable {
  /// What the keys act on.
  package enum Focus: Hashable, Sendable {
    /// A line.
    case field(NewRunField)
    /// The button that trains.
    case train
    /// The button that goes back.
    case cancel
  }

  /// What is known of the data set that is named.
  package enum DataAnswer: Hashable, Sendable {
    /// It is being looked at.
    case asked
    /// It can be trained on.
    case found(RunData)
    /// It cannot be trained on, and why.
    case failed(String)
  }

  /// What the keys act on.
  package internal(set) var focus = Focus.field(.gating)
  /// What is known of the data set.
  package internal(set) var data = DataAnswer.asked
  /// Why it could not be begun, until the next key.
  package internal(set) var problem: String?
  /// Whether the list of models is below it, rather than a view.
  let isOverModels: Bool
  /// Whether what is typed next takes the place of the value, as it does when the line has just been come to.
  private(set) var isSelected = true
  /// The directory that was asked for last, to complete the data set's path.
  var askedDirectory: String?
  /// What is in it, once that is known.
  var listing: Palette.Listing?
  private var prompts: [NewRunField: Prompt] = [:]
  /// The preset whose recipe was put in the lines last.
  private var recipe = noPreset

  /// What stands for no preset.
  static let noPreset = "none"

  /// Fills the form in with what a model was trained with, or with what is usual.
  package init(like model: ModelSummary?, isOverModels: Bool) {
    self.isOverModels = isOverModels
    let network = model?.architecture.map { NetworkSettings(like: $0) } ?? .standard
    let settings = model?.hyperparameters ?? .standard
    recipe = model.flatMap { Preset(of: $0) }?.name ?? Self.noPreset
    for field in NewRunField.allCases {
      let text =
        switch field {
        case .preset: recipe
        case .gating: network.gating.name
        case .constant: if case .frozen(let p) = network.gating { "\(p)" } else { "0.5" }
        case .gateBias: "\(network.gateBias)"
        case .depth: "\(network.depth)"
        case .width: "\(network.units)"
        case .activation: network.activation.rawValue
        case .epochs: "\(chosenPreset?.epochs ?? Hyperparameters.standardEpochs)"
        case .seed: "\(settings.seed)"
        case .data: model?.dataPath ?? ""
        case .learningRate, .schedule, .momentum, .nesterov, .weightDecay, .batchSize: ""
        }
      prompts[field] = Prompt(.field, text: text)
    }
    take(settings)
  }

  /// Puts a recipe in the lines.
  private mutating func take(_ settings: Hyperparameters) {
    let texts: [NewRunField: String] = [
      .learningRate: "\(settings.learningRate)", .schedule: settings.schedule.argument,
      .momentum: "\(settings.momentum)", .nesterov: settings.nesterov ? "yes" : "no",
      .weightDecay: "\(settings.weightDecay)", .batchSize: "\(settings.batchSize)",
    ]
    for (field, text) in texts { prompts[field] = Prompt(.field, text: text) }
  }

  /// Puts the recipe of another preset in the lines once one is chosen, or what is usual for none.
  private mutating func takeRecipe() {
    let name = completed(.preset)
    guard name != recipe, NewRunField.preset.choices.contains(name) else { return }
    recipe = name
    take(chosenPreset?.hyperparameters(seed: 0) ?? .standard)
    let epochs = chosenPreset?.epochs ?? Hyperparameters.standardEpochs
    prompts[.epochs] = Prompt(.field, text: "\(epochs)")
  }

  /// The preset that is chosen; nil for none.
  var chosenPreset: Preset? { Preset.all.first { $0.name == completed(.preset) } }

  // MARK: - Texts

  /// The line of a field.
  func prompt(_ field: NewRunField) -> Prompt { prompts[field] ?? Prompt(.field) }

  /// What a field says.
  package func text(_ field: NewRunField) -> String { String(prompt(field).text) }

  /// Puts another text in a field.
  package mutating func set(_ field: NewRunField, to text: String) {
    prompts[field] = Prompt(.field, text: text)
    if field == .preset { takeRecipe() }
  }

  /// Puts a line that was edited in a field.
  mutating func type(_ prompt: Prompt, in field: NewRunField) {
    prompts[field] = prompt
    isSelected = false
    if field == .preset { takeRecipe() }
  }

  /// Goes to another line or button; what was begun of a choice is completed.
  mutating func focus(on place: Focus) {
    if case .field(let field) = focus { set(field, to: completed(field)) }
    focus = place
    // A path is typed on rather than anew.
    isSelected = place != .field(.data)
  }

  /// Chooses the next value of a field in turn.
  mutating func turn(_ field: NewRunField, _ step: Int) {
    let choices = field.choices
    guard !choices.isEmpty else { return }
    let index = choices.firstIndex(of: completed(field)).map { $0 + step } ?? 0
    set(field, to: choices[(index + choices.count) % choices.count])
    isSelected = true
  }

  /// What a field says, with the only choice that begins so in the place of its beginning.
  func completed(_ field: NewRunField) -> String {
    let text = text(field)
    let fitting = field.choices.filter { $0.hasPrefix(text.lowercased()) }
    return !text.isEmpty && fitting.count == 1 ? fitting[0] : text
  }

  /// The fields that mean something with the preset and the gating that are chosen.
  var usedFields: [NewRunField] { NewRunField.allCases.filter { reasonUnused($0) == nil } }

  /// Why a field means nothing with the preset and the gating that are chosen; nil where it does.
  func reasonUnused(_ field: NewRunField) -> String? {
    let name = completed(.gating)
    let network: Set<NewRunField> = [.gating, .constant, .gateBias, .depth, .width, .activation]
    if chosenPreset != nil, network.contains(field) { return "as the preset has it" }
    switch field {
    case .constant: return name == "frozen" ? nil : "only frozen gates have it"
    case .gateBias:
      guard let gating = try? Setting.gating.read(name), !gating.learnsGates else { return nil }
      return "\(name): no gate to learn"
    case .preset, .gating, .depth, .width, .activation, .learningRate, .schedule, .momentum,
      .nesterov, .weightDecay, .batchSize, .epochs, .seed, .data:
      return nil
    }
  }

  /// The paths that what is typed for the data set may become.
  var dataSuggestions: [String] {
    let typed = text(.data)
    guard let listing, typed.hasPrefix(listing.directory), listing.directory == askedDirectory
    else { return [] }
    let rest = typed.dropFirst(listing.directory.count)
    return listing.names.filter {
      $0.hasPrefix(rest) && (rest.hasPrefix(".") || !$0.hasPrefix("."))
    }
  }

  /// The longest path that all of them begin with; nil where there are none.
  var commonCompletion: String? {
    let names = dataSuggestions
    guard var common = names.first, let directory = listing?.directory else { return nil }
    for name in names { while !name.hasPrefix(common) { common.removeLast() } }
    return directory + common
  }
}

extension Preset {
  /// The preset whose network a model is; nil where there is none.
  fileprivate init?(of model: ModelSummary) {
    guard let architecture = model.architecture, let classes = architecture.classes,
      let found = Preset.all.first(where: {
        (try? $0.architecture(input: architecture.input, classes: classes)) == architecture
      })
    else { return nil }
    self = found
  }
}

extension NetworkSettings {
  /// The settings that come nearest to an architecture.
  fileprivate init(like architecture: Architecture) {
    self = .standard
    depth = max(1, architecture.layers.count)
    guard let last = architecture.layers.last else { return }
    units = architecture.output(ofLayer: architecture.layers.count - 1).features
    activation = last.activation ?? activation
    gating = last.gating ?? .plain
    gateBias = last.gateBias ?? gateBias
  }
}
