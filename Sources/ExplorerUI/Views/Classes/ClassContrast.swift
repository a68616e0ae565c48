import HighwayNetworks

// What the classes view shows: a class against the mean over all samples, or against another class.
extension ClassesView {
  /// The mean of T over a class minus that over what it is set against; `[layers][units]`.
  static func contrast(_ label: Int, _ state: ExplorerState) -> Shown<[[Float]]> {
    if let problem = state.problem(\.groups) { return .unavailable(problem) }
    let against = state.selection.against
    let counts = state.statistics.value?.samplesByClass ?? []
    for label in [label, against].compactMap(\.self)
    where counts.indices.contains(label) && counts[label] == 0 {
      return .unavailable(
        against == nil
          ? "no \(state.memberWord) of this \(state.groupWord)"
          : "no \(state.memberWord) of \(state.classWords(label))")
    }
    if state.statistics.value != nil, !counts.indices.contains(label) {
      return .unavailable("these samples have no labels")
    }
    return state.statistics.map { statistics in
      statistics.layers.map { layer in
        (0..<layer.units).map { unit in
          let reference =
            against.map { layer.classDeviation(unit, class: $0) } ?? 0
          return layer.classDeviation(unit, class: label) - reference
        }
      }
    }
  }

  /// The two sides, such as `class 0 − class 7`.
  static func contrastTitle(_ label: Int, _ state: ExplorerState) -> String {
    state.classTitle(label) + " − " + state.referenceWords
  }

  /// What the colours stand for.
  static func contrastMeaning(_ label: Int, _ state: ExplorerState) -> String {
    let reference = state.selection.against.map(state.classWords) ?? "all"
    let mean = "mean \(state.gateLetter)"
    return "\(mean) over \(state.classWords(label)) − \(mean) over \(reference)"
  }

  static func ranking(_ state: ExplorerState) -> Shown<Ranking> {
    let label = state.selection.label
    return contrast(label, state).map {
      state.ranked(contrastTitle(label, state), .difference, $0)
    }
  }

  /// How a unit's mean T differs between the two classes; what it does over all samples where there is one.
  static func sentence(_ state: ExplorerState) -> [String] {
    if let words = state.shownWords { return WordPictureView.sentence(words) }
    let (index, unit, label) = (
      state.selection.block, state.selection.unit, state.selection.label
    )
    guard let against = state.selection.against, let layer = state.layerStatistics(index),
      unit < layer.units, let values = contrast(label, state).value
    else { return CursorSentence.unit(state) }
    func mean(_ label: Int) -> String {
      NumberFormat.fixed(layer.classMeanT[label * layer.units + unit], 3)
    }
    let size = NumberFormat.fixed(values[index][unit].magnitude, 3)
    let verb = values[index][unit] < 0 ? "lower" : "higher"
    let (one, other) = (state.classWords(label), state.classWords(against))
    return [
      "\(state.layerName(index)), unit \(unit)",
      "mean \(state.gateLetter) is \(mean(label)) for \(one) and \(mean(against)) for \(other)",
      "\(size) \(verb)",
    ]
  }
}

extension ExplorerState {
  /// What a class is set against: `mean`, or another class.
  var referenceWords: String { selection.against.map(classTitle) ?? "mean" }

  /// Sets the chosen class against another one, or against the mean again.
  mutating func set(against label: Int?) {
    selection.against = label
    message = Message(
      .notice,
      label == nil ? "against the mean over all samples" : "against \(referenceWords); v ends it")
  }

  /// Asks for the class to set the chosen one against; where there is one, goes back to the mean.
  mutating func askAgainst() {
    guard selection.against == nil else { return set(against: nil) }
    mode = .palette(Palette("against "))
  }

  /// Goes to the next class, past the one that it is set against.
  mutating func turnClass(_ step: Int) {
    selection.label = turned(selection.label, by: step, of: classCount)
    if selection.label == selection.against, classCount > 2 {
      selection.label = turned(selection.label, by: step, of: classCount)
    }
  }
}
