/// What can be typed after a colon besides the commands that have a key.
enum TypedCommand: String, Sendable, CaseIterable {
  case layer
  case unit
  case label = "class"
  case against
  case grouping = "group"
  case rankOrder = "rank-order"
  case sample
  case filter
  case epoch
  case threshold
  case clamp
  case order
  case compare
  case view
  case colors
  case theme
  case export
  case train
  case open
  case data

  /// What it does.
  var help: String {
    switch self {
    case .layer: "go to a highway layer"
    case .unit: "go to a unit of this layer"
    case .label: "choose a class"
    case .against: "set the class against another one; without a class, against the mean"
    case .grouping: "group a text's tokens by what is named, else by the next in turn"
    case .rankOrder: "list cells by what is named, else by the next in turn"
    case .sample: "choose a sample"
    case .filter: "which samples , and . stop at; without a word, the next in turn"
    case .epoch: "look at an epoch"
    case .threshold: "carried below LOW, transformed above HIGH; one for a two-way split"
    case .clamp: "hold T of a layer or unit; without a place, of the one under the cursor"
    case .order: "order units by what is named, else by the next in turn"
    case .compare: "runs side by side; with a path, that run beside the others"
    case .view: "open a view"
    case .colors: "choose the colour map"
    case .theme: "colours of texts for a dark or a light ground"
    case .export: "write what is shown: dark, light or print, panel=…"
    case .train: "a new network: choose its settings and train it"
    case .open: "open a run directory or a checkpoint"
    case .data: "look at the model with the data set at a path"
    }
  }

  /// Whether its name, another word for it or its description has the letters.
  func mentions(_ text: String) -> Bool {
    let words = [rawValue, help] + (Command.aliases[rawValue] ?? [])
    return words.joined(separator: " ").lowercased().contains(text.lowercased())
  }
}
