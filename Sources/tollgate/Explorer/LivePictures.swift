import ExplorerUI
import HighwayNetworks
import Synchronization

/// Looks at the network in training between two of its steps, some times a second.
///
/// A picture is made on the threads of training and is there before the next step, so that none is begun in
/// vain. It takes as many samples as the time allows that may go into it.
final class LivePictures: Sendable {
  /// How many samples are taken at first, and at least.
  private static let samples = (first: 200, least: 50)
  /// The time from one picture to the next, where they are not too dear.
  private static let interval = Duration.milliseconds(225)
  /// The part of the time that may go into pictures.
  private static let share = 0.02

  private let watched = Mutex<[Question]>([])
  private let gates: ComputedGates
  private let mailbox: Mailbox

  /// How many samples are taken, and when: only touched by the thread that trains.
  private struct Pace {
    var samples = LivePictures.samples.first
    var next: ContinuousClock.Instant?
    /// What the samples were chosen for.
    var questions: [Question] = []
    /// How long a picture takes where nothing disturbs it.
    var cost: Duration?
  }

  private let pace = Mutex(Pace())
  private let kept = KeptInference(workspaces: WorkspacePool())
  private let lesions = LiveLesions()

  init(_ session: Session, _ mailbox: Mailbox) {
    gates = ComputedGates(session: session)
    self.mailbox = mailbox
  }

  /// Answers these questions with each picture.
  func watch(_ questions: [Question]) { watched.withLock { $0 = questions } }

  /// Whether it is time for a picture.
  var isDue: Bool {
    guard watched.withLock({ !$0.isEmpty }) else { return false }
    return pace.withLock { $0.next.map { ContinuousClock.now >= $0 } ?? true }
  }

  /// Answers with `pictureArrived`.
  func look(at network: Network, epoch: Int) {
    let questions = watched.withLock(\.self)
    let samples = pace.withLock { pace in
      if pace.questions != questions {
        pace.questions = questions
        // Lesions are a pass for each layer.
        let hasLesions = questions.contains { if case .lesions = $0 { true } else { false } }
        pace.samples = hasLesions ? Self.samples.least : Self.samples.first
        pace.cost = nil
        lesions.reset()
      }
      return pace.samples
    }
    let start = ContinuousClock.now
    let source = gates.looking(at: network, samples: samples, kept: kept, lesions: lesions)
    var answers: [Question: Answer] = [:]
    // What cannot be answered is missing in the picture; it is asked for again when training is at rest.
    for question in questions { answers[question] = try? source.answer(question) { _ in true } }
    mailbox.post(.pictureArrived(LivePicture(epoch: epoch, answers: answers)))
    settle(took: ContinuousClock.now - start)
  }

  /// Chooses when the next picture is made, and over how many samples.
  private func settle(took: Duration) {
    let budget = Self.interval * Self.share
    pace.withLock { pace in
      // One that took long may have waited for a processor; several in a row did not.
      let cost = min(took, pace.cost.map { $0 * 1.5 } ?? took)
      pace.cost = cost
      let samples = pace.samples
      if cost > budget * 1.5 { pace.samples = max(Self.samples.least, samples / 2) }
      if cost * 3 < budget { pace.samples = min(samples * 2, gates.session.sampleLimit) }
      if pace.samples != samples {
        pace.cost = cost * (Double(pace.samples) / Double(samples))
        lesions.reset()
      }
      pace.next = ContinuousClock.now + max(Self.interval, cost / Self.share)
    }
  }
}
