import HighwayNetworks

extension ExplorerState {
  /// Adds a run; what cannot be read gets a row all the same.
  mutating func addRun(_ path: String) -> [Effect] {
    if let place = comparison.entries.firstIndex(where: { $0.path == path }) {
      comparison.cursor = place
      message = Message(.notice, "this run is in the list already")
      return []
    }
    guard comparison.entries.count < Comparison.most else {
      message = Message(
        .warning, "at most \(Comparison.most) runs are compared; D drops the one under the cursor")
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
    return first + addRun(self.path(typed: path))
  }

  /// Lets a network that was begun here and is not kept stand beside the runs, as long as it is open.
  mutating func compareUnkept() {
    let unkept = comparison.isOpen && model?.isNew == true ? model : nil
    if let index = comparison.entries.firstIndex(where: \.path.isEmpty) {
      let known = comparison.entries[index]
      if let unkept, known.name == unkept.name,
        known.summary?.description.architecture == unkept.architecture
      {
        return
      }
      comparison.entries.remove(at: index)
      comparison.moveCursor(0)
    }
    guard let unkept, let summary = unkept.runSummary, comparison.entries.count < Comparison.most
    else { return }
    comparison.add(Comparison.Entry(path: "", name: unkept.name, summary: summary))
    comparison.group()
  }

  // MARK: - Answers

  /// Sets runs side by side that were named, and shows them.
  mutating func compare(_ paths: [String]) -> [Effect] {
    display.view = .about(.runs)
    return setRuns(paths, left: 0)
  }

  /// Takes the runs that were found beside the open one.
  mutating func setRuns(_ paths: [String], left: Int) -> [Effect] {
    comparison.isOpen = true
    let entries = paths.prefix(Comparison.most).map { Comparison.Entry(path: $0) }
    comparison.entries = []
    for entry in entries { comparison.add(entry) }
    comparison.moveCursor(0)
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
    if let problem = summary.metricsProblem, display.view.subject == .runs {
      message = Message(.warning, problem.leavingOut(lines: summary.unreadableMetrics))
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
    // While some are still being read, nothing moves.
    if comparison.entries.allSatisfy({ $0.summary != nil || $0.problem != nil }) {
      comparison.group()
    }
  }

  // MARK: - Asking

  /// Looks for the runs beside the open one, once they are to be shown.
  mutating func findRuns() -> [Effect] {
    guard display.view.subject == .runs, !comparison.isOpen, let model else { return [] }
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
    if display.view.subject != .runs {
      comparison.pendingGates = nil
    } else if comparison.pendingGates == nil || !isMissing {
      comparison.pendingGates = nextRunGates
    }
  }

  /// The gates that are missing: of the run at hand, else of the first.
  private var nextRunGates: RunGatesRequest? {
    let ordered =
      [comparison.current].compactMap(\.self) + comparison.drawn.map { comparison.entries[$0] }
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
    return RunGatesRequest(
      path: entry.path, epoch: epoch, split: selection.split, thresholds: display.thresholds)
  }

  /// Lets what failed be asked for again.
  mutating func retryComparison() -> [Effect] {
    for index in comparison.entries.indices where comparison.entries[index].gatesProblem != nil {
      comparison.entries[index].gatesRequest = nil
    }
    return comparison.entries.filter { $0.problem != nil }.map { .readRun($0.path) }
  }
}
