package import HighwayNetworks

/// The answers that are known, the questions that are open, and why others have no answer.
package struct AnswerStore: Sendable {
  /// By the kind of the question, so that no kind drives out another: all that is shown at once has room.
  private var known: [Question.Kind: BoundedCache<Question, Answer>] = [:]
  private var failures: [Question: String] = [:]
  /// The questions that wait for their answers, the most urgent first.
  package private(set) var pending: [Question] = []
  /// The part that is done of an answer, in [0, 1].
  private var progress: [Question: Double] = [:]

  /// Creates an empty store.
  package init() {}

  // MARK: - What is known

  /// The statistics of an epoch, with whatever thresholds they were taken.
  package func statistics(
    _ epoch: EpochID, _ split: SampleSplit, _ clamps: GateClamps = GateClamps()
  ) -> GateStatistics? {
    let request = StatisticsRequest(
      epoch: epoch, split: split, thresholds: Thresholds(), clamps: clamps)
    return answer(to: .statistics(request))?.statistics
  }

  /// An answer, of statistics also one with other thresholds.
  func answer(to question: Question) -> Answer? { known[question.kind]?.peek(question.key) }

  /// Why a question has no answer.
  func failure(of question: Question) -> String? { failures[question] }

  /// An answer, or why there is none yet.
  func shown<Value>(_ question: Question, _ part: (Answer) -> Value?) -> Shown<Value> {
    if let value = answer(to: question).flatMap(part) { return .current(value) }
    return failures[question].map(Shown.unavailable) ?? .pending
  }

  /// The lesions that are being made, the one at work first.
  package var pendingLesions: [LesionRequest] {
    pending.compactMap { if case .lesions(let request) = $0 { request } else { nil } }
  }

  /// The part that is done of the first of them, in [0, 1].
  package var lesionFraction: Double {
    pendingLesions.first.flatMap { progress[.lesions($0)] } ?? 0
  }

  // MARK: - Asking

  /// Notes what is wanted, the most urgent first; whether that changes what is to be worked on.
  mutating func wants(_ questions: [Question]) -> Bool {
    for question in questions { known[question.kind]?.touch(question.key) }
    let missing = questions.filter { !knows($0) && failures[$0] == nil }
    guard missing != pending else { return false }
    pending = missing
    forgetProgress()
    return true
  }

  /// Lets everything that failed or is open be asked again.
  mutating func retry() {
    failures = [:]
    pending = []
    progress = [:]
  }

  private func knows(_ question: Question) -> Bool {
    guard let answer = answer(to: question) else { return false }
    guard case .statistics(let request) = question else { return true }
    return answer.statistics?.thresholds == request.thresholds
  }

  // MARK: - Answers

  mutating func store(_ answer: Answer, to question: Question) {
    finish(question)
    known[question.kind, default: BoundedCache(capacity: question.capacity)]
      .insert(answer, for: question.key, size: answer.size)
  }

  mutating func fail(_ question: Question, _ reason: String) {
    finish(question)
    failures[question] = reason
  }

  /// Notes that a question is answered.
  mutating func finish(_ question: Question) {
    pending.removeAll { $0 == question }
    forgetProgress()
  }

  mutating func note(_ fraction: Double, of question: Question) {
    guard isAtWork(question), fraction.isFinite else { return }
    progress[question] = min(max(progress[question] ?? 0, fraction), 1)
  }

  /// Of each kind the first is worked on; another that takes its place begins anew.
  private func isAtWork(_ question: Question) -> Bool {
    pending.first { $0.kind == question.kind } == question
  }

  private mutating func forgetProgress() {
    guard !progress.isEmpty else { return }
    let now = self
    progress = progress.filter { now.isAtWork($0.key) }
  }
}

extension Question {
  /// What the answer is kept under: of statistics the latest, whatever their thresholds.
  fileprivate var key: Question {
    guard case .statistics(var request) = self else { return self }
    request.thresholds = Thresholds()
    return .statistics(request)
  }

  /// The bytes that answers of the kind may take: the statistics of an epoch take 0.8 MB in 49 layers of
  /// 50 units, a sample 40 kB.
  fileprivate var capacity: Int { kind == .statistics ? 32 << 20 : 8 << 20 }
}
