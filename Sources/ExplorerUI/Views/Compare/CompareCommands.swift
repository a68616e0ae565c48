import HighwayNetworks

/// The keys of the view of runs.
extension CompareView {
  static let ownCommands = [addRun, dropRun, changeMeasure, changeLossScale, changeTimeAxis]

  static let addRun = Command(
    own: "add-run", [.character("A")], "add", "add a run by its path", .compare,
    problem: { state in
      state.comparison.entries.count < Comparison.most
        ? nil : "at most \(Comparison.most) runs are compared; D drops the one under the cursor"
    },
    perform: { state in
      state.mode = .prompt(Prompt(.addRun))
      return []
    })

  static let dropRun = Command(
    own: "drop-run", [.character("D")], "drop", "remove the run under the cursor", .compare,
    problem: { state in
      state.comparison.current?.path.isEmpty == true
        ? "the network that is not saved stays; W discards it" : noRuns(state)
    },
    perform: { state in
      guard let current = state.comparison.current else { return [] }
      state.comparison.entries.remove(at: state.comparison.cursor)
      state.comparison.moveCursor(0)
      return [.forgetRun(current.path)]
    })

  /// Shows the next measure in the curves, or the next kind of cell.
  static let changeMeasure = Command(
    own: "change-measure", [.character("C")], "curve",
    "train or test, loss or accuracy; by depth: which cells", .compare
  ) { state in
    if state.comparison.panel == .cells {
      state.comparison.cellMeasure = following(state.comparison.cellMeasure)
    } else {
      state.comparison.measure = following(state.comparison.measure)
    }
    return []
  }

  static let changeLossScale = Command(
    own: "change-loss-scale", [.character("Y")], "log",
    "a logarithmic or a linear axis of the loss", .compare
  ) { state in
    if state.comparison.measure.isPercent {
      state.message = Message(.notice, "accuracy has a linear axis; C chooses a loss")
    } else {
      state.comparison.isLogarithmic.toggle()
    }
    return []
  }

  static let changeTimeAxis = Command(
    own: "change-time-axis", [.character("X")], "time", "curves by epoch or by seconds", .compare
  ) { state in
    state.comparison.axis = state.comparison.axis == .epochs ? .seconds : .epochs
    return []
  }

  static let noRuns: @Sendable (ExplorerState) -> String? = { state in
    state.comparison.entries.isEmpty ? "no runs to compare; A adds one" : nil
  }

  /// Moves to another run, or along its epochs; beyond its last epoch the table shows
  /// every run's last.
  static func move(_ motion: Motion, _ state: inout ExplorerState) {
    if case .vertical(let step) = motion {
      state.comparison.moveCursor(step)
      return
    }
    guard let metrics = state.shownComparison.current?.metrics, !metrics.isEmpty else { return }
    let shown = state.comparison.epoch ?? Int.max
    let place = metrics.lastIndex { $0.epoch <= shown } ?? 0
    let next = place + motion.steps(of: metrics.count)
    state.comparison.epoch = next >= metrics.count - 1 ? nil : metrics[max(0, next)].epoch
  }

  /// Draws the runs on the data set of the run at hand, or all.
  static func changeScope(_ state: inout ExplorerState) {
    state.comparison.showsAll.toggle()
    let words = state.comparison.selectionWords ?? "all data sets"
    state.message = Message(.notice, "curves and gates: \(words)")
  }

  static func choose(_ item: Int, _ state: inout ExplorerState) {
    state.comparison.moveCursor(item - state.comparison.cursor)
  }

  /// Opens the run under the cursor in place of the model that is open.
  static func zoom(_ state: inout ExplorerState) -> [Effect] {
    guard let path = state.comparison.current?.path else { return [] }
    if state.training.isActive {
      state.message = Message(.warning, "training runs; space pauses it")
      return []
    }
    guard path != state.model?.path else {
      state.message = Message(.notice, "this run is open; 1 to 6 show it")
      return []
    }
    return state.open(path: path)
  }

  private static func following<Value: CaseIterable & Equatable>(_ value: Value) -> Value {
    let all = Array(Value.allCases)
    return all[turned(all.firstIndex(of: value) ?? 0, by: 1, of: all.count)]
  }
}

extension Comparison {
  /// Moves to another run; beyond the ends, to the nearest.
  mutating func moveCursor(_ step: Int) {
    cursor = min(max(0, cursor + step), max(0, entries.count - 1))
  }
}
