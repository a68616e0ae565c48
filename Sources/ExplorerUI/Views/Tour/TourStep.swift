/// A step of the tour: a place, and what is seen there and why it matters.
struct TourStep: Sendable {
  /// A sentence, whose numbers come from the answers that the views draw.
  typealias Sentence = @Sendable (ExplorerState) throws(TourGap) -> String

  /// A few words over the sentences.
  let title: String
  /// What it looks at.
  let place: TourPlace
  /// What is said; a gap in one leaves the others.
  let first: Sentence
  /// What is said then.
  let second: Sentence?

  /// Describes a step.
  ///
  /// An array of functions in place of the two stops the compiler of Swift 6.3.
  init(
    _ title: String, _ place: TourPlace, _ first: @escaping Sentence, _ second: Sentence? = nil
  ) {
    self.title = title
    self.place = place
    self.first = first
    self.second = second
  }

  /// What is said at the place of the step; while numbers are missing, says why.
  func text(_ state: ExplorerState, isThere: Bool = true) -> String {
    var parts: [String] = []
    var gap: TourGap?
    for case let sentence? in [first, second] {
      do throws(TourGap) {
        parts.append(try sentence(state))
      } catch {
        gap = gap ?? error
      }
    }
    switch gap {
    case .pending:
      parts.append(
        isThere ? "The numbers are being computed…" : "The numbers come back with the step.")
    case .unavailable(let reason): parts.append("The numbers are missing: \(reason).")
    case nil: break
    }
    return parts.joined(separator: " ")
  }
}

/// Why a sentence of the tour cannot be said.
enum TourGap: Error, Hashable {
  /// Its numbers are being computed.
  case pending
  /// They cannot be had, and why.
  case unavailable(String)
}

extension Shown {
  /// The result for what is chosen, and for nothing else.
  func current() throws(TourGap) -> Value {
    switch self {
    case .current(let value): return value
    case .earlier, .pending: throw .pending
    case .unavailable(let reason): throw .unavailable(reason)
    }
  }
}
