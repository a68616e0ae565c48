import ExplorerUI

/// A model that is open, and what works on it behind the screen.
struct OpenSession {
  let session: Session
  let training: LiveTraining
  private let analyst: Analyst
  private let live: LivePictures

  /// Sets the workers up; what they find counts while the session is open.
  init(_ session: Session, _ mailbox: Mailbox) {
    let mailbox = Mailbox(mailbox, for: session)
    self.session = session
    analyst = Analyst(ComputedGates(session: session), mailbox)
    live = LivePictures(session, mailbox)
    training = LiveTraining(session, mailbox, live)
  }

  /// Answers these questions and no others.
  func want(_ questions: [Question]) { analyst.want(questions) }

  /// Answers these questions again and again of what is being trained.
  func watch(_ questions: [Question]) { live.watch(questions) }

  /// Stops what is under way; another model is looked at, or the program is about to leave.
  func rest() {
    analyst.want([])
    training.finish()
  }
}
