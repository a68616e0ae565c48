import ExplorerUI

/// A model that is open, and what works on it behind the screen.
struct OpenSession {
  /// Whatever it is.
  let subject: any ModelSession
  /// The network; nil where its gates alone are here.
  let session: Session?
  /// What trains the network.
  let training: LiveTraining?
  private let analyst: Analyst
  private let live: LivePictures?

  /// Sets the workers up; what they find counts while the session is open.
  init(_ subject: any ModelSession, _ mailbox: Mailbox) {
    let mailbox = Mailbox(mailbox, for: subject)
    self.subject = subject
    analyst = Analyst(subject.source(), mailbox)
    session = subject as? Session
    let live = session.map { LivePictures($0, mailbox) }
    self.live = live
    training = session.flatMap { session in live.map { LiveTraining(session, mailbox, $0) } }
  }

  /// Answers these questions and no others.
  func want(_ questions: [Question]) { analyst.want(questions) }

  /// Answers these questions again and again of what is being trained.
  func watch(_ questions: [Question]) { live?.watch(questions) }

  /// Stops what is under way; another model is looked at, or the program is about to leave.
  func rest() {
    analyst.want([])
    training?.finish()
  }
}
