/// A model that is open, and what works on it behind the screen.
struct OpenSession {
  let session: Session
  let analysis: BackgroundAnalysis
  let lesions: BackgroundLesions
  let training: LiveTraining

  /// Sets the workers up; what they find counts while the session is open.
  init(_ session: Session, _ mailbox: Mailbox) {
    let mailbox = Mailbox(mailbox, for: session)
    self.session = session
    analysis = BackgroundAnalysis(session, mailbox)
    lesions = BackgroundLesions(session, mailbox)
    training = LiveTraining(session, mailbox, analysis)
  }

  /// Stops what is under way; another model is looked at.
  func rest() {
    training.finish()
    analysis.stop()
    lesions.make([])
  }
}
