import HighwayNetworks

/// What several views say of the network, a class and the sample that is chosen.
extension ExplorerState {
  /// Whether any highway layer learns its transform gate.
  var learnsTransformGates: Bool {
    gatedLayers.indices.contains {
      gating(at: $0)?.learnsTransformGate ?? model?.isRecording ?? false
    }
  }

  /// How much each branch varies over the samples, by layer and unit, in a network that learns no gates.
  var responses: Shown<[[Float]]> {
    statistics.map { $0.layers.map { $0.response?.std ?? [] } }
  }

  /// The gating of the highway layers, `mixed` where they differ; nil where there are none.
  var gatingName: String? {
    let gatings = gatedLayers.indices.compactMap(gating)
    guard let first = gatings.first else { return nil }
    return gatings.allSatisfy { $0 == first } ? first.name : "mixed"
  }

  /// The layers with gates, their units and their gating, such as `49 layers × 50 units, coupled`; nil where
  /// there are none.
  var shapeWords: String? {
    let widths = gatedLayers.indices.map(units)
    guard let least = widths.min(), let most = widths.max() else { return nil }
    let units = least == most ? "\(most)" : "\(least)–\(most)"
    let words = "\(counted(widths.count, rowWord)) × \(units) \(most == 1 ? "unit" : "units")"
    return [words, gatingName].compactMap(\.self).joined(separator: ", ")
  }

  /// What samples, or the tokens of a text, are grouped by: a class, or a group.
  var groupWord: String { groupsTokens ? "group" : "class" }

  /// What the members of groups are.
  var memberWord: String { groupsTokens ? "tokens" : "samples" }

  /// Whether groups are those of tokens, whose names say all.
  var groupsTokens: Bool { model?.readsText ?? false }

  /// A class such as `class 7`, or `class 7 horse` where it has a name; a group of tokens such as `vowels`.
  func classWords(_ label: Int) -> String {
    groupsTokens ? className(label) : "class " + numberedClass(label)
  }

  /// A class such as `7`, or `7 horse` where it has a name that is no number.
  func numberedClass(_ label: Int) -> String {
    let name = className(label)
    return groupsTokens || Int(name) != nil ? name : "\(label) \(name)"
  }

  /// A class such as `class 7`, or `7 horse` where it has a name that is no number.
  func classTitle(_ label: Int) -> String {
    Int(className(label)) != nil ? classWords(label) : numberedClass(label)
  }

  /// A class such as `class 7`, or `group` of tokens, whose names are long.
  func shortClass(_ label: Int) -> String {
    if groupsTokens { return groupWord }
    return "class \(Int(className(label)) != nil ? className(label) : String(label))"
  }

  /// The sample that is chosen, its class, and the class that the network gives where that is another.
  var sampleWords: String { sampleWords(before: ", true class ") }

  /// The same where there is little room.
  var shortSampleWords: String { sampleWords(before: ", true ") }

  private func sampleWords(before label: String) -> String {
    var text = "sample \(selection.sample)"
    guard let record = sample.value else { return text }
    if let accuracy = record.tags?.accuracy {
      return text + ", \(NumberFormat.percent(accuracy)) correct"
    }
    if let truth = record.label { text += label + className(truth) }
    if let prediction = record.prediction, prediction != record.label {
      text += ", predicted \(className(prediction))"
    }
    return text
  }

  /// What the caption of a picture says of the sample; nothing while it is not there.
  var sampleCaption: [String] { sample.value == nil ? [] : [sampleWords] }
}
