package import HighwayNetworks

/// What happened.
package enum Action: Sendable {
  /// The terminal reports a key, the mouse, a new size, or that the program continues.
  case terminal(TerminalEvent)
  /// A model was opened; what was known about another one is forgotten.
  case modelOpened(ModelSummary)
  /// Statistics that were asked for.
  case statisticsArrived(StatisticsRequest, GateStatistics)
  /// Statistics that were asked for and cannot be had, and why.
  case statisticsFailed(StatisticsRequest, message: String)
  /// Statistics that were asked for and are not being made, since they are no longer shown; they will be
  /// asked for again when they are.
  case statisticsDropped(StatisticsRequest)
  /// Gate biases of each highway layer that were asked for; nil where a layer has none.
  case gateBiasesArrived(EpochID, [[Float]?])
  /// Gate biases that cannot be read, and why.
  case gateBiasesFailed(EpochID, message: String)
  /// A sample that was asked for.
  case sampleTraced(SampleRequest, SampleRecord)
  /// A sample that was asked for and cannot be followed, and why.
  case sampleFailed(SampleRequest, message: String)
  /// A sample that was asked for and is not being followed, since it is no longer shown.
  case sampleDropped(SampleRequest)
  /// Lesions that were asked for have come this far, in [0, 1].
  case lesionsProgressed(LesionRequest, Double)
  /// Lesions that were asked for.
  case lesionsArrived(LesionRequest, LesionSweep)
  /// Lesions that were asked for and cannot be made, and why.
  case lesionsFailed(LesionRequest, message: String)
  /// T of a unit by class, which was asked for.
  case unitHistogramArrived(UnitRequest, UnitHistogram)
  /// T of a unit that was asked for and cannot be had, and why.
  case unitHistogramFailed(UnitRequest, message: String)
  /// T of a unit that was asked for and is not being sorted, since the cursor went on.
  case unitHistogramDropped(UnitRequest)
  /// What the network gets wrong, which was asked for.
  case verdictsArrived(VerdictsRequest, SampleVerdicts)
  /// Verdicts that were asked for and cannot be had, and why.
  case verdictsFailed(VerdictsRequest, message: String)
  /// Verdicts that were asked for and are not being made, since others are wanted.
  case verdictsDropped(VerdictsRequest)
  /// Another program recorded an epoch of the run that is open.
  case epochRecorded(Int, EpochMetrics?)
  /// Another program measured an epoch of the run that is open and keeps no checkpoint of it.
  case epochMeasured(EpochMetrics)
  /// Training came a few steps further.
  case trainingProgressed(TrainingProgress)
  /// Statistics of the epoch that is being trained, taken as it goes.
  case liveStatisticsArrived(epoch: Int, GateStatistics)
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
  /// The gates of a run that were asked for.
  case runGatesArrived(RunGatesRequest, RunGates)
  /// The gates of a run that were asked for and cannot be had, and why.
  case runGatesFailed(RunGatesRequest, message: String)
  /// A model that was to be opened cannot be, and why; the one before stays.
  case modelFailed(message: String)
  /// A data set that was named can be trained on, cannot be, or is being looked at; an empty path stands for
  /// the one that is proposed.
  case dataChecked(path: String, NewRunForm.DataAnswer)
  /// A new network was made and opened; it is to be trained up to an epoch.
  case runBegun(ModelSummary, upTo: Int)
  /// A new network could not be made, and why.
  case runRefused(message: String)
  /// Models that there are to open, and the one to propose.
  case modelsListed([ModelEntry], preferred: String?)
  /// The gate biases of a model of the list, or why they cannot be read.
  case thumbnailArrived(path: String, [[Float]?]?, problem: String?)
  /// Names in a directory that were asked for, to complete a path.
  case pathsListed(Palette.Listing)
  /// What is shown was to be written to a file that is there already.
  case exportNeedsConfirmation(path: String)
  /// Something to say at the foot.
  case noticed(Message)
}
