import HighwayNetworks

extension ExplorerState {
  /// Does what a command says; whether it can be done was asked before.
  mutating func perform(_ command: Command) -> [Effect] {
    switch command.kind {
    case .common(let id): return perform(id)
    case .view(let view): show(view)
    case .own(_, let perform): return perform(&self)
    }
    return []
  }

  /// Does what a command says that is not one view's alone.
  mutating func perform(_ id: Command.ID) -> [Effect] {
    switch id {
    case .zoomIn:
      guard showsRanking else { return view.zoom(&self) }
      toggleRanking()
    case .back: back()
    case .moveUp: move(.vertical(-1))
    case .moveDown: move(.vertical(1))
    case .moveLeft: move(.horizontal(-1))
    case .moveRight: move(.horizontal(1))
    case .pageUp: move(.page(-1))
    case .pageDown: move(.page(1))
    case .first: move(.end(-1))
    case .last: move(.end(1))
    case .nextPanel: turnPanel(1)
    case .previousPanel: turnPanel(-1)
    case .goTo: mode = .prompt(Prompt(.goTo))
    case .previousClass: turnClass(-1)
    case .nextClass: turnClass(1)
    case .nextGrouping:
      group(by: turned(selection.grouping, by: 1, of: model?.groupings.count ?? 1))
    case .against: askAgainst()
    case .rank: toggleRanking()
    case .rankOrder: turnRankOrder()
    case .nextRanked: stepRanking(1)
    case .previousRanked: stepRanking(-1)
    case .previousSample: stepSample(-1)
    case .nextSample: stepSample(1)
    case .filter: setFilter(display.sampleFilter.next)
    case .previousEpoch:
      if timeline.cursor == 0 { message = Message(.notice, "this is the first epoch") }
      if followsTraining, timeline.cursor > 0 {
        message = Message(.notice, "training goes on; F follows it again")
      }
      timeline.move(to: timeline.cursor - 1)
    case .nextEpoch:
      if timeline.isAtEnd {
        message = Message(.notice, "this is the last epoch; t trains one more")
      }
      timeline.move(to: timeline.cursor + 1)
    case .follow:
      timeline.move(to: timeline.entries.count - 1)
      let words = training.isActive ? "training is" : "this is the last epoch; new ones are"
      message = Message(.notice, words + " followed")
    case .switchSplit:
      selection.split = selection.split.other
      selection.sample = min(selection.sample, max(0, sampleCount - 1))
      // The header has no room for it everywhere.
      let name = selection.split == .train ? "training" : "test"
      message = Message(.notice, name + " samples")
    case .nextGate: turnGate()
    case .scale:
      display.fitsScale.toggle()
      message = Message(
        .notice, display.fitsScale ? "colours fitted to the values" : "colours over the whole range"
      )
    case .colorMap:
      let maps = ColorMap.sequential
      let index = maps.firstIndex(of: display.colorMap) ?? 0
      display.colorMap = maps[turned(index, by: 1, of: maps.count)]
      message = Message(.notice, "colours: \(display.colorMap.rawValue)")
    case .order: turnOrder()
    case .changeScope: view.changeScope(&self)
    case .lesionLayer: toggleLesion()
    case .clamp: mode = .prompt(Prompt(.clamp(cursorTarget)))
    case .release: releaseAtCursor()
    case .releaseAll: recording("all released") { $0.clamps = GateClamps() }
    case .flipGate: return [.flipGate]
    case .undo: undo()
    case .redo: redo()
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
    case .help: openHelp()
    case .models: return listModels()
    case .tour: return [.findTour]
    case .tourNext: return nextTourStep()
    case .tourBack: return previousTourStep()
    case .tourLeave: leaveTour()
    case .palette: mode = .palette(Palette(isOverModels: mode == .models))
    case .repaint:
      results.retry()
      return [.repaint] + retryComparison()
    case .suspend: return [.suspend]
    case .leave: return leave()
    }
    return []
  }

  /// Moves the cursor, along the list of ranked cells where that is open.
  mutating func move(_ motion: Motion) {
    if showsMap {
      moveInMap(motion)
    } else if case .horizontal = motion {
      view.move(motion, &self)
    } else if showsRanking {
      moveInRanking(motion)
    } else {
      view.move(motion, &self)
    }
  }

  /// Goes to the next panel of the view, or to the next picture of the map that Enter opened.
  private mutating func turnPanel(_ step: Int) {
    guard showsMap else {
      view.turn(step, &self)
      return
    }
    let all = MapPanel.shown(by: self)
    let place = all.firstIndex(of: focus(\.display.mapPanel)) ?? 0
    display.mapPanel = all[turned(place, by: step, of: all.count)]
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
    let begins = !timeline.entries.contains { $0.id.isLive }
    if timeline.replaced.contains(where: { !$0.isSaved }) || model?.writer != nil && begins {
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
      let before = model?.metrics ?? []
      model?.metrics.removeAll { $0.epoch > start.number }
      training.progress = nil
      training.picture = nil
      timeline.beginBranch(metrics: before)
    } else {
      timeline.move(to: timeline.entries.count - 1)
    }
    training.phase = .running(length)
    return [.trainEpochs(length, from: start, branch: timeline.branch)]
  }
}
