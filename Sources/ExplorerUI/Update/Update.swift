import HighwayNetworks

/// Changes the state by what happened and returns what is to be done about it.
package func update(_ state: inout ExplorerState, with action: Action) -> [Effect] {
  var effects: [Effect] = []
  switch action {
  case .terminal(let event): effects = state.receive(event)
  case .modelOpened(let model):
    state.parked = nil
    state.open(model)
    effects = state.resumeTour()
  case .answered(let question, let result): state.receive(result, to: question)
  case .progressed(let question, let fraction): state.results.note(fraction, of: question)
  case .runChanged(let changes): effects = state.follow(changes)
  case .trainingProgressed(let progress): effects = state.progress(progress)
  case .pictureArrived(let picture): state.receive(picture)
  case .epochTrained(let metrics): state.finish(metrics)
  case .trainingStopped(let stop): state.stop(stop)
  case .runKept(let path, let epochs, let proposal):
    state.timeline.kept(epochs)
    state.model?.proposedRunPath = proposal
    effects = state.adopt(path)
    state.message = Message(.notice, "saved \(counted(epochs.count, "epoch")) in \(path)")
  case .keepNeedsConfirmation(let path, let question):
    state.mode = .confirmingKeep(path: path, question: question)
  case .comparisonAsked(let paths): effects = state.compare(paths)
  case .runsFound(let paths, let left):
    // Runs that were named meanwhile stay.
    if state.comparison.entries.allSatisfy(\.path.isEmpty) {
      effects = state.setRuns(paths, left: left)
    }
  case .runRead(let path, let summary): state.receive(summary, of: path)
  case .runFailed(let path, let message): state.failRun(path, message)
  case .modelFailed(let message): state.openingFailed(message)
  case .dataChecked(let path, let answer): state.receive(answer, forData: path)
  case .runBegun(let model, let epochs): effects = state.begun(model, upTo: epochs)
  case .runRefused(let message): state.refuse(message)
  case .modelsListed(let entries, let left, let preferred):
    state.list(entries, left: left, preferred: preferred)
  case .tourFound(let models): effects = state.beginTour(models)
  case .thumbnailArrived(let path, let biases, let problem):
    state.models.note(path, biases, problem: problem)
  case .pathsListed(let listing): state.list(listing)
  case .leftoversFound(let leftovers): state.leftovers = leftovers
  case .exportNeedsConfirmation(let path, let options):
    state.mode = .confirmingExport(path: path, options)
  case .remoteChanged(let standing):
    state.remote = standing
    state.message = standing.message
  case .noticed(let message): state.message = message
  }
  state.chooseGround()
  state.compareUnkept()
  state.settleFilter()
  state.offerLeftovers()
  state.refreshPalette()
  ClassesView.keepScale(&state)
  return effects + state.findRuns() + state.ask()
}

extension ExplorerState {
  mutating func open(_ model: ModelSummary) {
    self.model = model
    timeline = Timeline(recorded: model.recordedEpochs, metrics: model.metrics)
    results = AnswerStore()
    training = TrainingStatus()
    arrangement = nil
    // A question that the model has nothing to do with stays.
    if case .confirmingRecovery = mode {} else { mode = .normal }
    selection = Selection()
    // What is particular to maps comes first.
    display.samplePanel = SamplePanel.shown(by: self).first ?? .sample
    rankingHome = nil
    rankedCell = nil
    clamps = GateClamps()
    history = UndoHistory()
    selection.split = preferredSplit ?? .test
    if sampleCount == 0, model.samples(selection.split.other) > 0 {
      selection.split = selection.split.other
    }
    // What was opened is there to be seen; a warning about something else is not.
    let other = message?.kind == .warning ? message : nil
    message = model.abilities.samples.problem.map { Message(.warning, $0) } ?? other
  }

  mutating func progress(_ progress: TrainingProgress) -> [Effect] {
    training.progress = progress
    timeline.trained(progress.epoch, step: progress.step)
    guard !progress.loss.isFinite else { return [] }
    message = Message(
      .failure,
      "the loss is not finite in epoch \(progress.epoch), step \(progress.step): "
        + "a smaller learning rate may help")
    guard case .running = training.phase else { return [] }
    training.phase = .pausing
    return [.pauseTraining]
  }

  mutating func finish(_ metrics: EpochMetrics) {
    timeline.trained(metrics)
    training.progress = nil
    if !metrics.trainLoss.isFinite || !metrics.testLoss.isFinite {
      message = Message(
        .failure,
        "the loss of epoch \(metrics.epoch) is not finite: a smaller learning rate may help")
    }
  }

  mutating func stop(_ stop: TrainingStop) {
    training.phase = .idle
    switch stop {
    case .finished: training.progress = nil
    case .paused: break
    case .failed(let reason):
      training.progress = nil
      var next = model?.isNew == true ? "; N takes other settings" : ""
      if let metrics = timeline.putBack() {
        model?.metrics = metrics
        next += "; the later epochs are back"
      }
      timeline.dropIncomplete()
      message = Message(.failure, reason + next)
    }
  }
}
