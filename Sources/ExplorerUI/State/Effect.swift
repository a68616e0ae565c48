/// What the program is asked to do; each answers with actions.
package enum Effect: Hashable, Sendable {
  /// Leave.
  case quit
  /// Stop as Ctrl-Z does, and continue when told to.
  case suspend
  /// Paint the whole screen again.
  case repaint
  /// Answer these questions, the most urgent first, and no others; answers `answered` to each and may answer
  /// `progressed` before. What is left out is dropped without an answer.
  case wanted([Question])
  /// Answer these questions again and again of the network in training, and no others; answers
  /// `pictureArrived`.
  case watch([Question])
  /// Train on from an epoch: the last of the timeline, or with a new branch an earlier one, whose later
  /// epochs are forgotten or set aside. Answers `trainingProgressed`, `epochTrained` and, at the end,
  /// `trainingStopped`.
  case trainEpochs(TrainingLength, from: EpochID, branch: Int)
  /// Pause after the step at hand; answers `trainingStopped`.
  case pauseTraining
  /// Write the trained epochs to a run directory; answers `runKept`, `keepNeedsConfirmation` or
  /// `noticed`. Only a confirmed one may add to a run that is there already.
  case keepRun(path: String, confirmed: Bool)
  /// Look for runs beside a model; answers `runsFound`.
  case findRuns(near: String)
  /// Read a run's small files, now and whenever they change; answers `runRead` or `runFailed` each time.
  case readRun(String)
  /// Follow a run no longer.
  case forgetRun(String)
  /// Open a run or a checkpoint in place of the model that is open; answers `modelOpened` or
  /// `modelFailed`.
  case openModel(path: String)
  /// Open the model that is open once more, with a data set that was named; answers `modelOpened`, or
  /// `modelFailed` where the data set cannot be had.
  case openData(path: String)
  /// Open the model that is open once more, its gate taken for one of the carry where it was one of the
  /// transform, or the other way about; answers `modelOpened` or `modelFailed`.
  case flipGate
  /// Look at a data set to train on, an empty path being the one to propose; answers `dataChecked`.
  case checkData(path: String)
  /// Make a new network and open it in place of the model that is open, which is set aside unless it is new
  /// and not kept itself; answers `runBegun` or `runRefused`.
  case beginRun(RunSettings)
  /// Go back to the model that was set aside, and set the one that is open aside or close it.
  case turnToParked(keepsOpen: Bool)
  /// Keep epochs that an earlier session left unsaved as a run, and open it; answers `modelOpened` or
  /// `modelFailed`.
  case recover(Leftover)
  /// Delete epochs that an earlier session left unsaved; answers `noticed`.
  case discardLeftover(Leftover)
  /// Look for models here and beside the program; answers `modelsListed`, and `thumbnailArrived` for each.
  case listModels
  /// Look for the runs of the tour; answers `tourFound`, or `noticed` where they are not here.
  case findTour
  /// Look for runs, checkpoints and directories in a directory, which is named up to and with its slash
  /// and empty for the working directory; answers `pathsListed`.
  case listPaths(directory: String)
  /// Write what is shown to a file in the format that its name says; answers `exportNeedsConfirmation` where
  /// the file is there and may not be replaced, otherwise `noticed`.
  case export(path: String, PictureOptions = PictureOptions(), replaces: Bool)
}
