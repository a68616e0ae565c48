import ExplorerUI
import HighwayNetworks
import Synchronization

/// Answers the questions that are wanted behind the screen, the most urgent first.
///
/// Lesions, which may take long, are made beside the others, so that nothing waits for them.
final class Analyst: Sendable {
  private enum Lane: CaseIterable {
    case passes, lesions

    init(_ question: Question) {
      if case .lesions = question { self = .lesions } else { self = .passes }
    }
  }

  private struct Work {
    /// What is wanted and not answered yet, the most urgent first.
    var wanted: [Question] = []
    /// The lanes that have a thread.
    var busy: Set<Lane> = []

    func next(_ lane: Lane) -> Question? { wanted.first { Lane($0) == lane } }

    /// Whether work at a question goes on.
    ///
    /// A single pass is finished while it is wanted; a sweep of lesions makes way for a more urgent one.
    func goesOn(_ question: Question) -> Bool {
      switch Lane(question) {
      case .passes: wanted.contains(question)
      case .lesions: next(.lesions) == question
      }
    }
  }

  private let work = Mutex(Work())
  private let passes = SerialWorker()
  private let lesions = SerialWorker()
  private let source: any GateSource
  private let mailbox: Mailbox

  init(_ source: any GateSource, _ mailbox: Mailbox) {
    self.source = source
    self.mailbox = mailbox
  }

  /// Answers these questions and no others; work at what is left out ends without an answer.
  func want(_ questions: [Question]) {
    let starting = work.withLock { work in
      work.wanted = questions
      let starting = Lane.allCases.filter { !work.busy.contains($0) && work.next($0) != nil }
      work.busy.formUnion(starting)
      return starting
    }
    for lane in starting {
      let worker = lane == .passes ? passes : lesions
      worker.perform { [self] in workOff(lane) }
    }
  }

  private func workOff(_ lane: Lane) {
    while true {
      let next = work.withLock { work in
        let next = work.next(lane)
        if next == nil { work.busy.remove(lane) }
        return next
      }
      guard let next else { return }
      if let result = answer(next) {
        work.withLock { $0.wanted.removeAll { $0 == next } }
        mailbox.post(.answered(next, result))
      }
    }
  }

  /// nil where the answer is no longer wanted.
  private func answer(_ question: Question) -> Result<Answer, AnswerError>? {
    do {
      return try source.answer(question) { done in
        if let done { mailbox.post(.progressed(question, done)) }
        return work.withLock { $0.goesOn(question) }
      }.map(Result.success)
    } catch {
      return .failure(AnswerError(Failure(error).line))
    }
  }
}
