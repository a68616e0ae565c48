/// What a network's output is for: how scores become probabilities and losses.
enum Objective: Hashable, Sendable {
  /// One of so many classes: softmax and cross-entropy.
  case classes(Int)
  /// There is no output, or nothing to measure it by.
  case none

  /// The number of values of an output; 0 where there is none.
  var outputs: Int {
    switch self {
    case .classes(let count): count
    case .none: 0
    }
  }

  /// Turns the scores of a pass into probabilities and, where there are labels, into losses in nats and
  /// whether each example is right.
  ///
  /// - Returns: The number of examples that are right, 0 where there are no labels.
  func measure(_ workspace: Workspace) -> Int {
    guard case .classes(let classes) = self else { return 0 }
    guard workspace.isLabelled else {
      softmax(workspace.output, classes: classes)
      return 0
    }
    return softmax(
      workspace.output, classes: classes, labels: workspace.labels, losses: workspace.losses,
      right: workspace.right)
  }

  /// Turns the probabilities of a pass into the gradient of `scale · Σ losses` with respect to the scores.
  ///
  /// - Precondition: There is an output, and there are labels.
  func differentiate(_ workspace: Workspace, scale: Float) {
    guard case .classes(let classes) = self, workspace.isLabelled else {
      preconditionFailure("a gradient needs an output and labels")
    }
    softmaxBackward(
      workspace.output, classes: classes, labels: workspace.labels, scale: scale)
  }
}
