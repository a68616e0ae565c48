/// What a network's output is for: how scores become probabilities and losses.
enum Objective: Hashable, Sendable {
  /// One of so many classes: softmax and cross-entropy.
  case classes(Int)
  /// One of so many classes at each step of a sequence, as many as there is room for.
  case tags(Int, steps: Int)
  /// There is no output, or nothing to measure it by.
  case none

  /// How many times an example is given a class.
  var targets: Int {
    switch self {
    case .classes, .none: 1
    case .tags(_, let steps): steps
    }
  }

  private var classes: Int? {
    switch self {
    case .classes(let count), .tags(let count, _): count
    case .none: nil
    }
  }

  /// Turns the scores of a pass into probabilities and, where there are labels, into losses in nats and
  /// whether each target is right.
  ///
  /// With a scale, probabilities become the gradient of `scale · Σ losses` with respect to the scores at once, while
  /// they are in the processor's first cache.
  ///
  /// - Returns: The number of targets that are right, 0 where there are no labels.
  func measure(_ workspace: Workspace, scale: Float? = nil) -> Int {
    guard let classes else { return 0 }
    guard workspace.isLabelled else {
      softmax(workspace.output, classes: classes)
      return 0
    }
    return softmax(
      workspace.output, classes: classes, labels: workspace.labels, losses: workspace.losses,
      right: workspace.right, scale: scale)
  }

  /// Turns the probabilities of a pass into the gradient of `scale · Σ losses` with respect to the scores.
  ///
  /// - Precondition: There is an output, and there are labels.
  func differentiate(_ workspace: Workspace, scale: Float) {
    guard let classes, workspace.isLabelled else {
      preconditionFailure("a gradient needs an output and labels")
    }
    softmaxBackward(
      workspace.output, classes: classes, labels: workspace.labels, scale: scale)
  }
}
