import HighwayNetworks

/// Changes the state by what happened and returns what is to be done about it.
package func update(_ state: inout ExplorerState, with action: Action) -> [Effect] {
  var effects: [Effect] = []
  switch action {
  case .terminal(let event): effects = state.receive(event)
  case .modelOpened(let model):
    state.parked = nil
    state.open(model)
  case .statisticsArrived(let request, let statistics):
    if state.fits(statistics) {
      state.results.store(statistics, for: request)
    } else {
      state.results.fail(request, "the statistics do not fit this network")
    }
  case .statisticsFailed(let request, let message):
    state.results.fail(request, message)
    state.message = Message(.failure, message)
  case .statisticsDropped(let request): state.results.drop(request)
  case .gateBiasesArrived(let epoch, let biases):
    if state.fits(gateBiases: biases) {
      state.results.store(gateBiases: biases, for: epoch)
    } else {
      state.results.failGateBiases(epoch, "the gate biases do not fit this network")
    }
  case .gateBiasesFailed(let epoch, let message):
    state.results.failGateBiases(epoch, message)
    state.message = Message(.failure, message)
  case .sampleTraced(let request, let record):
    if state.fits(record.trace) {
      state.results.store(record, for: request)
    } else {
      state.results.fail(request, "the sample's trace does not fit this network")
    }
  case .sampleFailed(let request, let message):
    state.results.fail(request, message)
    state.message = Message(.failure, message)
  case .sampleDropped(let request): state.results.drop(request)
  case .lesionsProgressed(let request, let fraction): state.results.progress(request, fraction)
  case .lesionsArrived(let request, let sweep): state.receive(sweep, for: request)
  case .lesionsFailed(let request, let message):
    state.results.fail(request, message)
    state.message = Message(.failure, message)
  case .unitHistogramArrived(let request, let histogram): state.receive(histogram, for: request)
  case .unitHistogramFailed(let request, let message):
    state.results.unitHistograms.fail(request, message)
    state.message = Message(.failure, message)
  case .unitHistogramDropped(let request): state.results.unitHistograms.drop(request)
  case .verdictsArrived(let request, let verdicts): state.receive(verdicts, for: request)
  case .verdictsFailed(let request, let message):
    state.results.verdicts.fail(request, message)
    state.message = Message(.failure, message)
  case .verdictsDropped(let request): state.results.verdicts.drop(request)
  case .epochRecorded(let number, let metrics):
    state.timeline.recorded(number, metrics: metrics)
  case .epochMeasured(let metrics): state.model?.note(metrics)
  case .trainingProgressed(let progress): effects = state.progress(progress)
  case .liveStatisticsArrived(let epoch, let statistics):
    if state.fits(statistics) {
      state.training.liveEpoch = epoch
      state.training.liveStatistics = statistics
    }
  case .epochTrained(let metrics): state.finish(metrics)
  case .trainingStopped(let stop): state.stop(stop)
  case .runKept(let path, let epochs, let proposal):
    state.timeline.kept(epochs)
    state.model?.proposedRunPath = proposal
    effects = state.adopt(path)
    state.message = Message(.notice, "kept \(counted(epochs.count, "epoch")) in \(path)")
  case .keepNeedsConfirmation(let path, let question):
    state.mode = .confirmingKeep(path: path, question: question)
  case .comparisonAsked(let paths): effects = state.compare(paths)
  case .runsFound(let paths, let left):
    // Runs that were named meanwhile stay.
    if state.comparison.entries.isEmpty { effects = state.setRuns(paths, left: left) }
  case .runRead(let path, let summary): state.receive(summary, of: path)
  case .runFailed(let path, let message): state.failRun(path, message)
  case .runGatesArrived(let request, let gates): state.receive(gates, for: request)
  case .runGatesFailed(let request, let message): state.failGates(request, message)
  case .modelFailed(let message): state.openingFailed(message)
  case .dataChecked(let path, let answer): state.receive(answer, forData: path)
  case .runBegun(let model, let epochs): effects = state.begun(model, upTo: epochs)
  case .runRefused(let message): state.refuse(message)
  case .modelsListed(let entries, let preferred): state.list(entries, preferred: preferred)
  case .thumbnailArrived(let path, let biases, let problem):
    state.models.note(path, biases, problem: problem)
  case .pathsListed(let listing): state.list(listing)
  case .exportNeedsConfirmation(let path): state.mode = .confirmingExport(path: path)
  case .noticed(let message): state.message = message
  }
  state.settleFilter()
  return effects + state.requestMissing() + state.requestVerdicts() + state.requestLesions()
    + state.requestComparison()
}

/// A number with its noun, such as `1 epoch` and `3 epochs`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(NumberFormat.count(count)) \(noun)\(count == 1 ? "" : "s")"
}

extension ExplorerState {
  mutating func open(_ model: ModelSummary) {
    self.model = model
    timeline = Timeline(recorded: model.recordedEpochs, metrics: model.metrics)
    results = ResultStore()
    training = TrainingStatus()
    arrangement = nil
    mode = .normal
    selection = Selection()
    clamps = GateClamps()
    history = UndoHistory()
    if model.samples(.test) == 0, model.samples(.train) > 0 { selection.split = .train }
    // What was opened is there to be seen; a warning about something else is not.
    let other = message?.kind == .warning ? message : nil
    message = model.dataProblem.map { Message(.warning, $0) } ?? other
  }

  func fits(gateBiases: [[Float]?]) -> Bool {
    gateBiases.count == gatedLayers.count
      && gateBiases.indices.allSatisfy { index in
        gateBiases[index].map { $0.count == units(at: index) } ?? true
      }
  }

  mutating func progress(_ progress: TrainingProgress) -> [Effect] {
    training.progress = progress
    timeline.trained(progress.epoch, metrics: nil)
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
    timeline.trained(metrics.epoch, metrics: metrics)
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
      timeline.dropIncomplete()
      let next = model?.isNew == true ? "; N takes other settings" : ""
      message = Message(.failure, reason + next)
    }
  }

  /// Asks for what is shown and not there yet; each thing once.
  mutating func requestMissing() -> [Effect] {
    guard let model, let current = timeline.current, !followsTraining else { return [] }
    guard !gatedLayers.isEmpty else { return requestSampleAlone() }
    guard model.dataProblem == nil, sampleCount > 0 else {
      return results.wantsGateBiases(current.id) ? [.readGateBiases(current.id)] : []
    }
    var effects: [Effect] = []
    if let request = statisticsRequest, results.wants(request) {
      effects.append(.computeStatistics(request))
    }
    if let request = sampleRequest, results.wants(request) { effects.append(.traceSample(request)) }
    if showsUnit, let request = unitRequest, results.unitHistograms.wants(request) {
      effects.append(.sortUnit(request))
    }
    return effects
  }

  /// Asks for the sample where there are no gates to compute anything about.
  private mutating func requestSampleAlone() -> [Effect] {
    guard display.view.subject == .sample, model?.dataProblem == nil, sampleCount > 0,
      let request = sampleRequest, results.wants(request)
    else { return [] }
    return [.traceSample(request)]
  }
}
