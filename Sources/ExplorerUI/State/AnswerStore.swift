/// The answers to one kind of question: those that are known, awaited, and not to be had.
struct AnswerStore<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  private var known: BoundedCache<Question, Answer>
  private var awaited: Set<Question> = []
  private var failures: [Question: String] = [:]

  /// Creates an empty store that keeps the `capacity` answers used last.
  init(capacity: Int) { known = BoundedCache(capacity: capacity) }

  /// What is known of an answer.
  func answer(to question: Question) -> Shown<Answer> {
    if let answer = known.peek(question) { return .current(answer) }
    return failures[question].map(Shown.unavailable) ?? .pending
  }

  /// Whether a question is to be asked; notes that it is.
  mutating func wants(_ question: Question) -> Bool {
    known.touch(question)
    guard known.peek(question) == nil, failures[question] == nil else { return false }
    return awaited.insert(question).inserted
  }

  mutating func store(_ answer: Answer, to question: Question) {
    awaited.remove(question)
    known.insert(answer, for: question)
  }

  mutating func fail(_ question: Question, _ message: String) {
    awaited.remove(question)
    failures[question] = message
  }

  /// Lets a question be asked again, since nobody answers it.
  mutating func drop(_ question: Question) { awaited.remove(question) }

  /// Lets everything that failed or is awaited be asked again.
  mutating func retry() {
    awaited = []
    failures = [:]
  }
}
