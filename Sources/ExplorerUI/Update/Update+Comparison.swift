import HighwayNetworks

extension ExplorerState {
  // MARK: - Commands

  /// How the keys that move the cursor of other views move along runs and epochs.
  private static let motions: [Command.ID: (runs: Int, epochs: Int)] = [
    .moveUp: (-1, 0), .moveDown: (1, 0), .moveLeft: (0, -1), .moveRight: (0, 1),
    .pageUp: (0, -10), .pageDown: (0, 10), .first: (0, -RunDirectory.maximumEpoch),
    .last: (0, RunDirectory.maximumEpoch),
  ]

  /// Moves along runs or epochs where the view of runs is open; says whether it is.
  mutating func movedInComparison(_ id: Command.ID) -> Bool {
    guard display.view == .compare, let motion = Self.motions[id] else { return false }
    moveInComparison(runs: motion.runs, epochs: motion.epochs)
    return true
  }

  /// Moves to another run, or along the epochs of the one at hand; beyond its last epoch the table shows
  /// every run's last.
  mutating func moveInComparison(runs: Int = 0, epochs: Int = 0) {
    comparison.cursor = min(
      max(0, comparison.cursor + runs), max(0, comparison.entries.count - 1))
    guard epochs != 0, let metrics = shownComparison.current?.metrics, !metrics.isEmpty
    else { return }
    let shown = comparison.epoch ?? Int.max
    let place = metrics.lastIndex { $0.epoch <= shown } ?? 0
    let next = place + epochs
    comparison.epoch = next >= metrics.count - 1 ? nil : metrics[max(0, next)].epoch
  }

  mutating func turnComparisonPanel(_ step: Int) {
    let count = Comparison.Panel.allCases.count
    let index = (comparison.panel.rawValue + step + count) % count
    comparison.panel = Comparison.Panel(rawValue: index) ?? .curves
  }

  /// Shows the next measure in the curves, or the next kind of cell.
  mutating func changeComparisonMeasure() {
    if comparison.panel == .cells {
      comparison.cellMeasure = following(comparison.cellMeasure)
    } else {
      comparison.measure = following(comparison.measure)
    }
  }

  private func following<Value: CaseIterable & Equatable>(_ value: Value) -> Value {
    let all = Array(Value.allCases)
    let index = all.firstIndex(of: value) ?? 0
    return all[(index + 1) % all.count]
  }

  /// Draws losses on a logarithmic or a linear axis.
  mutating func changeComparisonScale() {
    if comparison.measure.isPercent {
      message = Message(.notice, "accuracy has a linear axis; C chooses a loss")
      return
    }
    comparison.isLogarithmic.toggle()
  }

  /// Draws the curves over epochs or over seconds.
  mutating func changeComparisonAxis() {
    comparison.axis = comparison.axis == .epochs ? .seconds : .epochs
  }

  /// Takes the run at hand out of the comparison.
  mutating func dropRun() -> [Effect] {
    guard let current = comparison.current else { return [] }
    comparison.entries.remove(at: comparison.cursor)
    moveInComparison()
    return [.forgetRun(current.path)]
  }

  /// Adds a run; what cannot be read gets a row all the same.
  mutating func addRun(_ path: String) -> [Effect] {
    if let place = comparison.entries.firstIndex(where: { $0.path == path }) {
      comparison.cursor = place
      message = Message(.notice, "the run is there already")
      return []
    }
    guard comparison.entries.count < Comparison.most else {
      message = Message(
        .warning, "\(Comparison.most) runs are compared at the most; D drops the one at hand")
      return []
    }
    comparison.add(Comparison.Entry(path: path))
    comparison.cursor = comparison.entries.count - 1
    return [.readRun(path)]
  }

  /// Sets a run that was named beside the one that is open.
  mutating func compare(with path: String) -> [Effect] {
    // What is found beside the open run later would take the named one's place.
    comparison.isOpen = true
    let first = comparison.entries.isEmpty ? model.map { addRun($0.path) } ?? [] : []
    return first + addRun(trimmed(path))
  }

  /// Opens the run at hand in place of the model that is open.
  mutating func openComparedRun() -> [Effect] {
    guard let path = comparison.current?.path else { return [] }
    if training.isActive {
      message = Message(.warning, "training runs; space pauses it")
      return []
    }
    guard path != model?.path else {
      message = Message(.notice, "this run is open; 1 to 6 show it")
      return []
    }
    return open(path: path)
  }

  // MARK: - Answers

  /// Sets runs side by side that were named, and shows them.
  mutating func compare(_ paths: [String]) -> [Effect] {
    display.view = .compare
    return setRuns(paths, left: 0)
  }

  /// Takes the runs that were found beside the open one.
  mutating func setRuns(_ paths: [String], left: Int) -> [Effect] {
    comparison.isOpen = true
    let entries = paths.prefix(Comparison.most).map { Comparison.Entry(path: $0) }
    comparison.entries = []
    for entry in entries { comparison.add(entry) }
    moveInComparison()
    if left > 0 {
      message = Message(
        .notice, "\(counted(left, "run")) more in this directory: D drops one, A adds one")
    }
    return comparison.entries.map { .readRun($0.path) }
  }

  mutating func receive(_ summary: RunSummary, of path: String) {
    changeRun(path) { entry in
      entry.summary = summary
      entry.problem = nil
    }
  }

  mutating func failRun(_ path: String, _ problem: String) {
    changeRun(path) { entry in
      entry.summary = nil
      entry.problem = problem
    }
  }

  /// Takes what the gates of a run do, or why that is not known.
  mutating func receive(_ result: Result<RunGates, AnswerError>, of request: RunGatesRequest) {
    changeRun(request.path) { entry in
      entry.gatesRequest = request
      switch result {
      case .success(let gates):
        entry.gates = gates
        entry.gatesProblem = nil
      case .failure(let error):
        entry.gates = nil
        entry.gatesProblem = error.reason
      }
    }
  }

  private mutating func changeRun(_ path: String, _ change: (inout Comparison.Entry) -> Void) {
    guard let index = comparison.entries.firstIndex(where: { $0.path == path }) else { return }
    change(&comparison.entries[index])
  }

  // MARK: - Asking

  /// Looks for the runs beside the open one, once they are to be shown.
  mutating func findRuns() -> [Effect] {
    guard display.view == .compare, !comparison.isOpen, let model else { return [] }
    comparison.isOpen = true
    // Beside a network that lies nowhere yet, those that are near the model before it.
    return [.findRuns(near: model.isNew ? parked?.model.path ?? "" : model.path)]
  }

  /// Chooses the gates to compute: one run's at a time, and those that were begun to their end.
  mutating func chooseRunGates() {
    let isMissing = comparison.entries.contains { entry in
      let request = gatesRequest(entry)
      return request == comparison.pendingGates && request != entry.gatesRequest
    }
    if display.view != .compare {
      comparison.pendingGates = nil
    } else if comparison.pendingGates == nil || !isMissing {
      comparison.pendingGates = nextRunGates
    }
  }

  /// The gates that are missing: of the run at hand, else of the first.
  private var nextRunGates: RunGatesRequest? {
    let ordered = [comparison.current].compactMap(\.self) + comparison.entries
    for entry in ordered {
      if let request = gatesRequest(entry), request != entry.gatesRequest { return request }
    }
    return nil
  }

  /// The gates that belong to a run; nil where it has none to learn or no epoch is recorded.
  func gatesRequest(_ entry: Comparison.Entry) -> RunGatesRequest? {
    guard let summary = entry.summary, summary.learnsTransformGates,
      let epoch = summary.recordedEpochs.last
    else { return nil }
    return RunGatesRequest(path: entry.path, epoch: epoch, thresholds: display.thresholds)
  }

  /// Lets what failed be asked for again.
  mutating func retryComparison() -> [Effect] {
    for index in comparison.entries.indices where comparison.entries[index].gatesProblem != nil {
      comparison.entries[index].gatesRequest = nil
    }
    return comparison.entries.filter { $0.problem != nil }.map { .readRun($0.path) }
  }

  /// The comparison with what is being trained here.
  package var shownComparison: Comparison {
    var shown = comparison
    guard timeline.entries.contains(where: { if case .live = $0.id { true } else { false } }),
      let index = shown.entries.firstIndex(where: { $0.path == model?.path })
    else { return shown }
    shown.entries[index].live = TrainingView.metrics(self)
    return shown
  }
}
