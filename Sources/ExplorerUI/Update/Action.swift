package import HighwayNetworks

/// What happened.
package enum Action: Sendable {
  /// The terminal reports a key, the mouse, a new size, or that the program continues.
  case terminal(TerminalEvent)
  /// A model was opened; what was known about another one is forgotten.
  case modelOpened(ModelSummary)
  /// The answer to a question, or why there is none.
  case answered(Question, Result<Answer, AnswerError>)
  /// The answer to a question has come this far, in [0, 1].
  case progressed(Question, Double)
  /// Another program changed the run that is open, or began or ended to write into it.
  case runChanged(FollowedRun.Changes)
  /// Training came a few steps further.
  case trainingProgressed(TrainingProgress)
  /// What was to be watched of the network in training, at one moment.
  case pictureArrived(LivePicture)
  /// An epoch was trained to its end.
  case epochTrained(EpochMetrics)
  /// Training came to a stand.
  case trainingStopped(TrainingStop)
  /// Trained epochs were written to a run; the next path to propose.
  case runKept(path: String, epochs: [Int], nextProposal: String)
  /// The run is there already; what to ask before it is added to.
  case keepNeedsConfirmation(path: String, question: String)
  /// Runs that someone named are to be set side by side.
  case comparisonAsked([String])
  /// Runs that were found beside the open one, and how many more there are.
  case runsFound([String], left: Int)
  /// A run's small files were read, for the first time or again since they changed.
  case runRead(String, RunSummary)
  /// A run cannot be read, and why.
  case runFailed(String, message: String)
  /// A model that was to be opened cannot be, and why; the one before stays.
  case modelFailed(message: String)
  /// A data set that was named can be trained on, cannot be, or is being looked at; an empty path stands for
  /// the one that is proposed.
  case dataChecked(path: String, NewRunForm.DataAnswer)
  /// A new network was made and opened; it is to be trained up to an epoch.
  case runBegun(ModelSummary, upTo: Int)
  /// A new network could not be made, and why.
  case runRefused(message: String)
  /// Models that there are to open, how many more are not listed, and the one to propose.
  case modelsListed([ModelEntry], left: Int = 0, preferred: String?)
  /// The runs of the tour are here; it begins, or begins again.
  case tourFound(TourModels)
  /// The gate biases of a model of the list, or why they cannot be read.
  case thumbnailArrived(path: String, [[Float]?]?, problem: String?)
  /// Names in a directory that were asked for, to complete a path.
  case pathsListed(Palette.Listing)
  /// Trained epochs were found that earlier sessions left unsaved.
  case leftoversFound([Leftover])
  /// What is shown was to be written to a file that is there already.
  case exportNeedsConfirmation(path: String, PictureOptions = PictureOptions())
  /// The connection to the machine where the run grows stands otherwise than before.
  case remoteChanged(RemoteStanding)
  /// Something to say at the foot.
  case noticed(Message)
}
