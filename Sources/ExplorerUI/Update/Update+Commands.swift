import HighwayNetworks

extension ExplorerState {
  /// Does what a command says; whether it can be done was asked before.
  mutating func perform(_ id: Command.ID) -> [Effect] {
    if movedInComparison(id) { return [] }
    switch id {
    case .overview: show(.overview)
    case .classes: show(.classes)
    case .cells: show(.cells)
    case .sampleView: show(.sample)
    case .lesion: show(.lesion)
    case .training: show(.training)
    case .compare: show(.compare)
    case .depth: show(.depth)
    case .closer: return lookCloser()
    case .back: return back()
    case .moveUp: move(layers: -1, epochs: -1)
    case .moveDown: move(layers: 1, epochs: 1)
    case .pageUp: move(layers: -10, epochs: -10)
    case .pageDown: move(layers: 10, epochs: 10)
    case .first: move(layers: -gatedLayers.count, epochs: -timeline.entries.count)
    case .last: move(layers: gatedLayers.count, epochs: timeline.entries.count)
    case .moveLeft: move(units: -1, epochs: -1)
    case .moveRight: move(units: 1, epochs: 1)
    case .nextPanel: turnPart(1)
    case .previousPanel: turnPart(-1)
    case .goTo: mode = .prompt(Prompt(.goTo))
    case .previousClass: selection.label = turned(selection.label, -1, classCount)
    case .nextClass: selection.label = turned(selection.label, 1, classCount)
    case .previousSample: stepSample(-1)
    case .nextSample: stepSample(1)
    case .filter: setFilter(display.sampleFilter.next)
    case .previousEpoch:
      if timeline.cursor == 0 { message = Message(.notice, "this is the first epoch") }
      timeline.move(to: timeline.cursor - 1)
    case .nextEpoch:
      if timeline.isAtEnd {
        message = Message(.notice, "this is the last epoch; t trains one more")
      }
      timeline.move(to: timeline.cursor + 1)
    case .switchSplit:
      selection.split = selection.split.other
      selection.sample = min(selection.sample, max(0, sampleCount - 1))
      // The header has no room for it everywhere.
      let name = selection.split == .train ? "training" : "test"
      message = Message(.notice, name + " samples")
    case .scale:
      display.fitsScale.toggle()
      message = Message(
        .notice, display.fitsScale ? "colours fitted to the values" : "colours over the whole range"
      )
    case .colorMap:
      let maps = ColorMap.sequential
      let index = maps.firstIndex(of: display.colorMap) ?? 0
      display.colorMap = maps[turned(index, 1, maps.count)]
      message = Message(.notice, "colours: \(display.colorMap.rawValue)")
    case .order: turnOrder()
    case .changeScope:
      if display.view == .cells {
        display.cellScope = display.cellScope.next
      } else {
        display.showsAllClasses.toggle()
      }
    case .lowerLow: changeThresholds(low: -1)
    case .raiseLow: changeThresholds(low: 1)
    case .lowerHigh: changeThresholds(high: -1)
    case .raiseHigh: changeThresholds(high: 1)
    case .twoWaySplit: turnTwoWaySplit()
    case .lesionLayer: toggleLesion()
    case .clamp: mode = .prompt(Prompt(.clamp(cursorTarget)))
    case .release: releaseAtCursor()
    case .releaseAll: recording("letting all gates go") { $0.clamps = GateClamps() }
    case .undo: undo()
    case .redo: redo()
    case .lesionAxis: display.lesionsAreLogarithmic.toggle()
    case .trainEpoch: return train(.oneEpoch)
    case .runOrPause:
      guard training.isActive else { return train(lengthToGoal) }
      guard case .running = training.phase else { return [] }
      training.phase = .pausing
      return [.pauseTraining]
    case .new: return openForm()
    case .discard: return discard()
    case .previousModel: return turnToParked(keepsOpen: true)
    case .keep: mode = .prompt(Prompt(.keep, text: model?.proposedRunPath ?? ""))
    case .export: mode = .prompt(Prompt(.export, text: proposedPicture))
    case .addRun: mode = .prompt(Prompt(.addRun))
    case .dropRun: return dropRun()
    case .changeMeasure: changeComparisonMeasure()
    case .changeLossScale: changeComparisonScale()
    case .changeTimeAxis: changeComparisonAxis()
    case .help: mode = .help(Help())
    case .models: return listModels()
    case .palette: mode = .palette(Palette())
    case .repaint:
      results.retry()
      return [.repaint] + retryComparison()
    case .suspend: return [.suspend]
    case .leave: return leave()
    }
    return []
  }

  /// Leaves; asks first where trained epochs would be lost.
  mutating func leave() -> [Effect] {
    guard unsavedCount > 0 else { return [.quit] }
    mode = .confirmingLeave
    return []
  }

  /// On, up to the epoch that was asked for where that is still to come.
  private var lengthToGoal: TrainingLength {
    guard let goal = training.goal, goal > timeline.trainingStart?.number ?? 0 else {
      return .continuous
    }
    return .upTo(goal)
  }

  private mutating func train(_ length: TrainingLength) -> [Effect] {
    if timeline.replaced.contains(where: { !$0.isSaved }) {
      mode = .confirmingBranch(length)
      return []
    }
    return startTraining(length)
  }

  /// Trains from the epoch that is looked at; what comes after it in the timeline makes room.
  mutating func startTraining(_ length: TrainingLength) -> [Effect] {
    guard let start = timeline.trainingStart else { return [] }
    if let first = timeline.replaced.first?.id.number, let last = timeline.replaced.last?.id.number
    {
      let epochs = first == last ? "epoch \(first)" : "epochs \(first) to \(last)"
      message = Message(.notice, "training anew from epoch \(start.number); \(epochs) set aside")
      model?.metrics.removeAll { $0.epoch > start.number }
      training.progress = nil
      training.liveStatistics = nil
      timeline.beginBranch()
    } else {
      timeline.move(to: timeline.entries.count - 1)
    }
    training.phase = .running(length)
    return [.trainEpochs(length, from: start, branch: timeline.branch)]
  }

  /// Goes to the next part of the view: a heatmap, a clamp, a plot.
  private mutating func turnPart(_ step: Int) {
    switch display.view {
    case .lesion: goToClamp(step)
    case .depth: turnPlot(step)
    case .compare: turnComparisonPanel(step)
    case .sample:
      let index = turned(display.samplePanel.rawValue, step, SamplePanel.allCases.count)
      display.samplePanel = SamplePanel(rawValue: index) ?? .sample
    case .overview, .classes, .cells, .training:
      let index = turned(display.panel.rawValue, step, OverviewPanel.allCases.count)
      display.panel = OverviewPanel(rawValue: index) ?? .gateBias
    }
  }

  /// Steps through `count` things in a circle.
  private func turned(_ index: Int, _ step: Int, _ count: Int) -> Int {
    count > 0 ? ((index + step) % count + count) % count : 0
  }

  mutating func move(layers: Int = 0, units: Int = 0, epochs: Int) {
    if display.view == .training {
      timeline.move(to: timeline.cursor + epochs)
      return
    }
    if display.view == .compare {
      moveInComparison(runs: layers)
      return
    }
    if display.view == .lesion {
      // The layers lie side by side there.
      select(layer: selection.layer + layers + units, unit: selection.unit)
      return
    }
    select(layer: selection.layer + layers, unit: selection.unit)
    guard units != 0 else { return }
    if display.view == .depth {
      turnPlot(units)
      return
    }
    // A unit to the side is the one that stands there.
    let position = position(of: selection.unit, layer: selection.layer) + units
    let last = max(0, self.units(at: selection.layer) - 1)
    selection.unit = unit(at: min(max(0, position), last), layer: selection.layer)
  }

  /// Looks at a layer (by its index) and a unit; beyond the ends, at the nearest.
  mutating func select(layer: Int, unit: Int) {
    selection.layer = min(max(0, layer), max(0, gatedLayers.count - 1))
    selection.unit = min(max(0, unit), max(0, units(at: selection.layer) - 1))
  }

  /// Moves a threshold by steps of 0.05; low never passes high.
  private mutating func changeThresholds(low: Int = 0, high: Int = 0) {
    func twentieths(_ value: Float) -> Int { Int((value * 20).rounded()) }
    var lowStep = twentieths(display.thresholds.low) + low
    var highStep = twentieths(display.thresholds.high) + high
    lowStep = min(max(0, lowStep), min(20, low != 0 ? highStep : lowStep))
    highStep = min(max(lowStep, highStep), 20)
    let changed = Thresholds(low: Float(lowStep) / 20, high: Float(highStep) / 20)
    recording("thresholds \(changed.words)") { $0.display.thresholds = changed }
  }

  private mutating func turnTwoWaySplit() {
    let twoWay = Thresholds(low: 0.5, high: 0.5)
    let current = display.thresholds
    let changed = current == twoWay ? display.threeWayThresholds : twoWay
    recording("thresholds \(changed.words)") { state in
      if current != twoWay { state.display.threeWayThresholds = current }
      state.display.thresholds = changed
    }
  }
}
