/// What the network in training does at one moment: answers to what is looked at.
package struct LivePicture: Sendable {
  /// The epoch that was in training.
  package var epoch: Int
  /// The answers, by questions about ``EpochID/inTraining``; over the first samples of a split.
  package var answers: [Question: Answer]

  /// Puts a picture together.
  package init(epoch: Int, answers: [Question: Answer]) {
    self.epoch = epoch
    self.answers = answers
  }

  /// The answer to a question, whichever epoch it asks about.
  func answer(to question: Question) -> Answer? { answers[question.asked(of: .inTraining)] }
}

extension ExplorerState {
  /// Whether the picture moves with training, so that nothing else is to be asked for.
  package var followsTraining: Bool {
    guard training.isActive, timeline.isAtEnd, case .live = timeline.current?.id else {
      return false
    }
    return true
  }

  /// Which moment of training is shown: `live, epoch 12`, or an epoch and whether the picture is of another.
  package var momentWords: String? {
    guard let current = timeline.current else { return nil }
    if followsTraining, let picture = training.picture { return "live, epoch \(picture.epoch)" }
    var words = "epoch \(current.id.number)"
    if timeline.hasNamesake(current.id) { words += " of your branch" }
    if case .live(_, _, let step?) = current.id { words += ", step \(step)" }
    switch statistics {
    case .current: if !current.isSaved { words += ", not saved" }
    case .earlier: words += ", not up to date"
    case .pending: words += ", pending"
    case .unavailable: break
    }
    return words
  }
}
