import HighwayNetworks

extension ExplorerState {
  /// Says what is wanted and what is to be watched, where that has changed.
  mutating func ask() -> [Effect] {
    chooseRunGates()
    var effects: [Effect] = results.wants(wanted) ? [.wanted(results.pending)] : []
    let watched = watched
    if watched != training.watched {
      training.watched = watched
      effects.append(.watch(watched))
    }
    return effects
  }

  /// All that is shown and takes work, the most urgent first, whether it is known already or not.
  private var wanted: [Question] {
    (followsTraining ? [] : questions)
      + [comparison.pendingGates].compactMap { $0.map(Question.runGates) }
  }

  /// What the open view asks of the model that is open, the most urgent first.
  private var questions: [Question] {
    guard let epoch = timeline.current?.id else { return [] }
    let hasGates = has(\.gates)
    guard has(\.samples), sampleCount > 0 else {
      return hasGates ? [.gateBiases(epoch)] : []
    }
    var questions: [Question?] = []
    if hasGates || display.view.subject == .sample {
      questions.append(sampleRequest.map(Question.sample))
    }
    if display.view.subject == .sample { questions.append(walkRequest.map(Question.walk)) }
    if showsUnit { questions.append(unitRequest.map(Question.unit)) }
    if has(\.verdicts), display.view.subject == .sample || display.sampleFilter != .all {
      questions.append(verdictsRequest.map(Question.verdicts))
    }
    guard hasGates else { return questions.compactMap(\.self) }
    questions.append(statisticsRequest.map(Question.statistics))
    if display.view.subject == .lesions, has(\.weights) {
      // What is held takes one pass and goes before the sweep.
      let holdings = clamps.isEmpty ? [clamps] : [clamps, GateClamps()]
      questions += holdings.filter { !$0.isEmpty || sweepProblem == nil }.map {
        .lesions(
          LesionRequest(
            epoch: epoch, split: selection.split, clamps: $0, grouping: selection.grouping))
      }
      // It follows from the sweep and takes one more pass.
      if let request = removalRequest, request.clamps != clamps {
        questions.append(.lesions(request))
      }
    }
    return questions.compactMap(\.self)
  }

  /// What is to be answered again and again of the network in training.
  private var watched: [Question] {
    guard followsTraining else { return [] }
    // The verdicts take all samples; of statistics the view of lesions shows nothing while they change.
    let hidden: Set<Question.Kind> =
      display.view.subject == .lesions && !showsUnit ? [.verdicts, .statistics] : [.verdicts]
    return questions.filter { !hidden.contains($0.kind) }.map { $0.asked(of: .inTraining) }
  }

  /// Takes a picture of what is being trained.
  mutating func receive(_ picture: LivePicture) {
    let answers = picture.answers.mapValues { byMicroSteps($0) }
    let fitting = answers.filter { fits($0.value, to: $0.key) }
    training.picture = LivePicture(epoch: picture.epoch, answers: fitting)
  }

  /// Takes an answer, or why there is none.
  mutating func receive(_ result: Result<Answer, AnswerError>, to question: Question) {
    if case .runGates(let request) = question {
      results.finish(question)
      receive(result.flatMap { $0.runGates(or: question) }, of: request)
      return
    }
    switch result.map({ byMicroSteps($0) }) {
    case .success(let answer) where fits(answer, to: question):
      results.store(answer, to: question)
    case .success: results.fail(question, question.misfit)
    case .failure(let error):
      results.fail(question, error.reason)
      message = Message(.failure, error.reason)
    }
  }

  /// Whether an answer has the form that the model that is open gives it.
  private func fits(_ answer: Answer, to question: Question) -> Bool {
    switch (answer, question) {
    case (.statistics(let statistics), .statistics): fits(statistics)
    case (.sample(let record), .sample): fits(record.trace)
    case (.walk(let walk), .walk(let request)): fits(walk, to: request)
    case (.unit(let histogram), .unit):
      histogram.counts.count == classCount && histogram.means.count == classCount
        && histogram.samplesByClass.count == classCount
        && (!hasMaps
          || histogram.positionMeans.count
            == blocks.first { $0.number == histogram.layer }?.positionCount)
    case (.verdicts(let verdicts), .verdicts(let request)):
      verdicts.labels.count == model?.samples(request.split)
        && verdicts.isWrong.count == verdicts.labels.count
    case (.lesions(let sweep), .lesions(let request)):
      sweep.layers.map(\.layer)
        == (request.clamps.isEmpty ? model?.blocks.map(\.number) ?? [] : [])
        && ([sweep.baseline] + sweep.layers.map(\.outcome))
          .allSatisfy { $0.classError.count == classCount }
    case (.gateBiases(let biases), .gateBiases): fits(gateBiases: biases)
    default: false
    }
  }

  private func fits(gateBiases: [[Float]?]) -> Bool {
    let all = model?.blocks ?? []
    return gateBiases.count == all.count
      && zip(gateBiases, all).allSatisfy { biases, block in
        biases.map { $0.count == block.features } ?? true
      }
  }
}

extension Answer {
  fileprivate func runGates(or question: Question) -> Result<RunGates, AnswerError> {
    if case .runGates(let gates) = self {
      .success(gates)
    } else {
      .failure(AnswerError(question.misfit))
    }
  }
}
