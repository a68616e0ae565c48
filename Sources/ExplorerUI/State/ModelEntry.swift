/// A run that could be opened, from what its headers say; texts may come from files and need not be clean.
package struct ModelEntry: Hashable, Sendable {
  /// Where it is.
  package var path: String
  /// Its name.
  package var name: String
  /// The number of highway layers.
  package var layers = 0
  /// The number of units of the widest of them.
  package var width = 0
  /// How they are gated.
  package var gating = ""
  /// The name of the data set that it was trained on.
  package var dataName = ""
  /// The test accuracy of its last epoch, where it was recorded.
  package var accuracy: Double?
  /// The test loss of its last epoch, in nats, where it was recorded.
  package var loss: Double?
  /// The number of layers before the output.
  package var depth = 0
  /// The number of parameters.
  package var parameters = 0
  /// Its last recorded epoch.
  package var lastEpoch: Int?
  /// Why it cannot be opened; nil where it can.
  package var problem: String?
  /// The numbers of its highway layers, as in the checkpoint's tensor names.
  package var layerNumbers: [Int] = []
  /// The gate biases of its last epoch, once they are read; nil in it where a layer has none.
  package var gateBiases: [[Float]?]?
  /// Why they cannot be read.
  package var gateBiasProblem: String?

  /// Names a run about which nothing else is known yet.
  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }
}

/// The models that there are to open, and the one that the cursor stands on.
package struct ModelList: Hashable, Sendable {
  /// All of them.
  package private(set) var entries: [ModelEntry] = []
  /// How many more there are, which are not listed.
  package private(set) var left = 0
  /// The model to come back to when what the list is searched for has no hits.
  private var chosen: String?
  /// What the list is searched for; nil where all are shown.
  package private(set) var filter: String?
  /// The place of the cursor among those that are shown.
  package private(set) var cursor = 0

  /// Creates an empty list.
  package init() {}

  /// Lists models, with the cursor on one of them.
  package init(_ entries: [ModelEntry], left: Int = 0, preferred path: String?) {
    self.entries = entries
    self.left = left
    sort()
    cursor = self.entries.firstIndex { $0.path == path } ?? 0
  }

  /// By what models are sorted.
  package enum Order: Int, CaseIterable, Sendable {
    case name, layers, gating, data, accuracy, epochs, loss, depth, parameters
  }

  /// By what the models are sorted, the best accuracy and loss and the largest number first.
  package private(set) var order = Order.name

  /// Sorts by something else; the cursor stays on its model.
  mutating func sort(by order: Order) {
    let path = current?.path
    self.order = order
    sort()
    if let path { move(toPath: path) }
  }

  private mutating func sort() {
    entries.sort { one, other in
      let isBefore: Bool? =
        switch order {
        case .name: nil
        case .layers: one.layers == other.layers ? nil : one.layers > other.layers
        case .gating: one.gating == other.gating ? nil : one.gating < other.gating
        case .data: one.dataName == other.dataName ? nil : one.dataName < other.dataName
        case .accuracy:
          one.accuracy == other.accuracy ? nil : (one.accuracy ?? -1) > (other.accuracy ?? -1)
        case .loss:
          one.loss == other.loss ? nil : (one.loss ?? .infinity) < (other.loss ?? .infinity)
        case .depth: one.depth == other.depth ? nil : one.depth > other.depth
        case .parameters:
          one.parameters == other.parameters ? nil : one.parameters > other.parameters
        case .epochs:
          one.lastEpoch == other.lastEpoch ? nil : (one.lastEpoch ?? -1) > (other.lastEpoch ?? -1)
        }
      if let isBefore { return isBefore }
      return (one.name.sortKey, one.path) < (other.name.sortKey, other.path)
    }
  }

  /// Those that the filter leaves.
  package var shown: [ModelEntry] {
    guard let filter, !filter.isEmpty else { return entries }
    return entries.filter { entry in
      "\(entry.name) \(entry.gating) \(entry.dataName) \(entry.path)".lowercased()
        .contains(filter.lowercased())
    }
  }

  /// The model that the cursor stands on.
  package var current: ModelEntry? {
    let shown = shown
    return shown.indices.contains(cursor) ? shown[cursor] : nil
  }

  /// Moves the cursor; beyond the ends, to the first or the last.
  mutating func move(to index: Int) { cursor = min(max(0, index), max(0, shown.count - 1)) }

  /// Moves the cursor to a model, where it is shown.
  mutating func move(toPath path: String) {
    if let index = shown.firstIndex(where: { $0.path == path }) { cursor = index }
  }

  /// Searches for something else; the cursor stays on its model, and comes back to it where there were no hits.
  mutating func search(_ text: String?) {
    chosen = current?.path ?? chosen
    filter = text.map { String($0.prefix(60)) }
    move(to: shown.firstIndex { $0.path == chosen } ?? 0)
  }

  /// Notes the gate biases of a model, or why they cannot be read.
  mutating func note(_ path: String, _ biases: [[Float]?]?, problem: String?) {
    for index in entries.indices where entries[index].path == path {
      entries[index].gateBiases = biases
      entries[index].gateBiasProblem = problem
    }
  }
}

extension String {
  /// The text with its numbers filled up with zeros, so that 5 stands before 10.
  fileprivate var sortKey: String {
    var key = ""
    var digits = ""
    for character in lowercased() + " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      key += String(repeating: "0", count: max(0, digits.isEmpty ? 0 : 12 - digits.count)) + digits
      digits = ""
      key.append(character)
    }
    return key
  }
}
