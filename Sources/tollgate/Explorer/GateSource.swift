import ExplorerUI

/// What answers the explorer's questions: a network that is run over samples, the runs beside it.
protocol GateSource: Sendable {
  /// Answers a question.
  ///
  /// `goesOn` is told the part that is done, in [0, 1], where it is known, and says whether the answer is still
  /// wanted.
  ///
  /// - Returns: nil where the answer is no longer wanted.
  func answer(_ question: Question, _ goesOn: (_ done: Double?) -> Bool) throws -> Answer?
}
