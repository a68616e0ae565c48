import HighwayNetworks

/// The class of each step of a sequence, and the one that a network gives it.
package struct SampleTags: Hashable, Sendable {
  /// Steps that follow each other and have one class.
  struct Run: Hashable {
    /// The class that they have or, where nobody knows, are given.
    let label: Int
    /// The steps.
    let steps: Range<Int>
    /// The class that most of them are given where that is another; of several the first.
    let mistaken: Int?
  }

  /// The true class of each step; none where nobody knows; `[steps]`.
  package let labels: [Int]
  /// The probability of each class at each step; `[steps, classes]`.
  package let probabilities: [Float]
  /// The number of classes.
  package let classes: Int
  /// The class that each step is given; `[steps]`.
  package let predictions: [Int]

  /// Takes what a network says of each step.
  ///
  /// - Precondition: There is a class for each step, or for none.
  package init(labels: [Int], probabilities: [Float], classes: Int) {
    let steps = probabilities.count / max(1, classes)
    precondition(labels.isEmpty || labels.count == steps, "a class for each step, or none")
    self.labels = labels
    self.probabilities = probabilities
    self.classes = classes
    predictions = (0..<steps).map { step in
      let own = probabilities[step * classes..<(step + 1) * classes]
      return own.indices.max { own[$0] < own[$1] }.map { $0 - own.startIndex } ?? 0
    }
  }

  /// The share of steps that are given the right class; nil where nobody knows it.
  package var accuracy: Double? {
    labels.isEmpty
      ? nil : Double(zip(labels, predictions).count { $0 == $1 }) / Double(labels.count)
  }

  /// The steps of one class after the other.
  var runs: [Run] {
    let own = labels.isEmpty ? predictions : labels
    var runs: [Run] = []
    var start = 0
    while start < own.count {
      let end = own[start...].firstIndex { $0 != own[start] } ?? own.count
      var counts: [Int: Int] = [:]
      for given in predictions[start..<end] { counts[given, default: 0] += 1 }
      let most = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
      runs.append(
        Run(label: own[start], steps: start..<end, mistaken: most == own[start] ? nil : most))
      start = end
    }
    return runs
  }

  /// The probability of each class at a step; `[classes]`.
  func probabilities(at step: Int) -> [Float] {
    Array(probabilities[step * classes..<(step + 1) * classes])
  }
}

extension ExplorerState {
  /// The step of a tagged sequence that is looked at: that of the cursor, or the last there is.
  func step(of tags: SampleTags) -> Int {
    min(mapPosition.column, max(0, tags.predictions.count - 1))
  }

  /// Whether the network gives a class to each step of a sequence of vectors.
  var tagsSteps: Bool { model?.architecture?.task == .tagSequence && has(\.weights) }
}
