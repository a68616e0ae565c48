import ExplorerUI
import HighwayNetworks
import TensorFiles
import Terminal

/// The main loop: waits, updates the state with all that came, performs effects, draws once.
final class ExplorerLoop {
  /// The terminal's screen; nil where keys are played without one.
  private let screen: Screen?
  let mailbox: Mailbox
  private let clock = ContinuousClock()
  /// How far training has come that is not on the screen yet.
  private var progress = TrainingProgressPace()
  var state: ExplorerState
  private var open: OpenSession?
  /// The model before the one that is open, where one of them was begun here.
  private var parked: OpenSession?
  private var watcher = RunWatcher(directory: nil)
  private let opener: ModelOpener
  private let compared: ComparedRuns
  /// The runs that stand beside each other, by their paths.
  private var followed: [String: WatchedRun] = [:]
  /// Follows the run that is open, if it is one.
  private var follower: RunFollower?
  /// Brings the copy of a run on another machine up to date.
  private var remote: RemoteFollower?
  private(set) var isLeaving = false
  /// 0, or 128 and the number of the signal that ended the program.
  private var status: Int32 = 0
  /// What is to be said when the terminal is given back.
  private(set) var farewells: [String] = []

  /// How things are shown at the moment, as far as it is worth remembering.
  var preferences: Preferences { state.preferences }

  /// Begins with nothing open.
  ///
  /// - Parameters:
  ///   - screen: The terminal's screen; nil where keys are played without one.
  ///   - size: The size in cells.
  ///   - capabilities: What may be drawn with.
  ///   - data: The data set that was named, if any.
  ///   - sampleLimit: The most samples that statistics are taken over.
  ///   - remote: The copy of a run on another machine, and what came of it so far.
  init(
    _ screen: Screen?, size: Size, capabilities: Capabilities, data: DataPlace?, sampleLimit: Int,
    remote: (copy: RemoteCopy, outcome: RemoteCopy.Outcome)? = nil
  ) {
    self.screen = screen
    mailbox = Mailbox(screen?.waker)
    opener = ModelOpener(
      mailbox, data: data, sampleLimit: sampleLimit, waits: screen != nil, remote: remote?.copy)
    compared = ComparedRuns(mailbox, data: data, sampleLimit: sampleLimit)
    state = ExplorerState(size: size, capabilities: capabilities)
    state.homeDirectory = TerminalEnvironment.variable("HOME")
    if screen != nil, let remote {
      self.remote = RemoteFollower(remote.copy, remote.outcome, answeringTo: mailbox)
    }
  }

  /// Runs until someone leaves; without a screen there is nothing to wait for.
  ///
  /// - Returns: The exit status.
  func run() -> Int32 {
    guard let screen else { return status }
    show(on: screen)
    var pace = FramePace()
    var isStale = false
    var lastPoll = clock.now
    while !isLeaving {
      var wait = isStale ? pace.wait(at: clock.now) : progress.wait(at: clock.now)
      if polls {
        let due = max(.zero, Self.pollInterval - (clock.now - lastPoll))
        wait = min(wait ?? due, due)
      }
      let arrivals = screen.waitForEvents(
        timeout: wait.map { Int(($0 / .milliseconds(1)).rounded(.up)) },
        also: (watcher.descriptor.map { [$0] } ?? [])
          + followed.values.compactMap { $0.watcher.descriptor })
      for event in joined(arrivals.events) {
        if case .terminate(let signal) = event {
          status = 128 + signal
          isLeaving = true
        }
        handle(.terminal(event))
      }
      isStale = isStale || !arrivals.events.isEmpty || !arrivals.readable.isEmpty
      for item in mailbox.take() {
        if item.isProgress { progress.came(at: clock.now) } else { isStale = true }
        handle(item)
      }
      if let descriptor = watcher.descriptor, arrivals.readable.contains(descriptor) {
        watcher.drain()
        follower?.look()
      }
      followComparedRuns(arrivals.readable)
      if polls, clock.now - lastPoll >= Self.pollInterval {
        lastPoll = clock.now
        poll()
      }
      // A key is answered at once; what only arrived may have to wait for its frame.
      let isDue = isStale && (!arrivals.events.isEmpty || pace.wait(at: clock.now) == .zero)
      if isDue || progress.wait(at: clock.now) == .zero {
        show(on: screen)
        pace.note(clock.now)
        progress = TrainingProgressPace()
        isStale = false
      }
    }
    if status == 0, [open, parked].contains(where: { $0?.training?.isKeeping ?? false }) {
      handle(.noticed(Message(.notice, "leaving when the epochs are written")))
      show(on: screen)
    }
    finish()
    return status
  }

  /// How often directories are looked at that other machines may change.
  private static let pollInterval = Duration.seconds(2)

  private var polls: Bool {
    watcher.isPolled || followed.values.contains { $0.watcher.isPolled }
  }

  /// Looks at them.
  private func poll() {
    if watcher.isPolled { follower?.poll() }
    for (path, run) in followed where run.watcher.isPolled { compared.poll(path) }
  }

  /// Begins with a model, or with a choice of them.
  func start(_ models: ModelStart) {
    switch models {
    case .one(let model): opener.open(model)
    case .recording(let session): opener.open(session)
    case .begun(let path): opener.open(path)
    case .choice(let entries, let left):
      handle(.modelsListed(entries, left: left, preferred: ModelLocation.defaultPath()))
      opener.readThumbnails(of: entries)
    case .tour(let models): handle(.tourFound(models))
    }
  }

  /// Asks about the epochs that earlier sessions left unsaved.
  func offerLeftovers() {
    let found = Leftovers.found()
    if !found.isEmpty { handle(.leftoversFound(found)) }
  }

  /// Returns when nothing trains any more.
  func finish() {
    remote?.stop()
    remote = nil
    compared.want([])
    for session in [open, parked].compactMap(\.self) {
      session.rest()
      guard status != 0 else {
        session.session?.discardSpool()
        continue
      }
      if let line = session.training?.leaveUnsaved() { farewells.append(line) }
    }
  }

  /// The events one by one, characters that come faster than they are drawn as one text: a line is looked up and
  /// drawn once for all of them.
  private func joined(_ events: [TerminalEvent]) -> some Sequence<TerminalEvent> {
    var rest = events[...]
    return AnyIterator { [self] in
      guard state.isTyping else { return rest.popFirst() }
      let text = rest.prefix { $0.typed != nil }.compactMap(\.typed)
      guard text.count > 1 else { return rest.popFirst() }
      rest.removeFirst(text.count)
      return .pasted(String(text))
    }
  }

  private func show(on screen: Screen) {
    var canvas = Canvas(size: screen.size, capabilities: state.capabilities)
    draw(state, on: &canvas)
    screen.present(canvas)
  }

  func handle(_ item: Mailbox.Item) {
    switch item {
    case .action(let action, let sender):
      guard sender == nil || sender === open?.subject else { return }
      handle(action)
      // A new network that was kept is a run from then on.
      if case .runKept = action { follow() }
    case .opened(let session):
      open?.rest()
      if !session.isNew {
        for left in [open, parked] { left?.session?.discardSpool() }
        parked = nil
      } else if let open, !open.subject.isNew {
        parked = open
      } else {
        open?.session?.discardSpool()
      }
      open = OpenSession(session, mailbox)
      follow()
    }
  }

  /// Goes back to the model before the one that is open.
  private func turnToParked(keepsOpen: Bool) {
    open?.rest()
    if !keepsOpen { open?.session?.discardSpool() }
    (open, parked) = (parked, keepsOpen ? open : nil)
    follow()
  }

  /// Watches the directory that is open, if it is one that another program may write.
  private func follow() {
    guard let open else { return }
    watcher = RunWatcher(directory: open.subject.followedPath)
    follower = open.subject.followed().map {
      RunFollower($0, of: open.subject, answeringTo: mailbox)
    }
    if let run = open.session?.model.run, let problem = run.metricsProblem {
      handle(.noticed(Message(.warning, problem.leavingOut(lines: run.unreadableMetrics))))
    }
    // The run may have grown between its opening and the watch.
    if screen != nil { follower?.look() }
  }

  func handle(_ action: Action) {
    for effect in update(&state, with: action) { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .quit: isLeaving = true
    case .suspend: screen?.suspend()
    case .repaint: screen?.repaint()
    case .wanted(let questions):
      open?.want(questions.filter { !ComparedRuns.answers($0) })
      compared.want(questions.filter(ComparedRuns.answers))
    case .watch(let questions): open?.watch(questions)
    case .trainEpochs(let length, let start, let branch):
      open?.training?.train(length, from: start, branch: branch)
    case .pauseTraining: open?.training?.pause()
    case .openModel(let path): opener.open(path)
    case .openData(let path):
      if let model = open?.session?.model { opener.open(model, data: path) }
    case .flipGate: if let model = open?.session?.model { opener.flipGate(of: model) }
    case .checkData(let path): opener.checkData(path, at: state.expandingHome(path))
    case .beginRun(let settings): opener.begin(settings)
    case .turnToParked(let keepsOpen): turnToParked(keepsOpen: keepsOpen)
    case .listModels: opener.listModels()
    case .findTour: findTour()
    case .recover(let leftover): opener.recover(leftover)
    case .discardLeftover(let leftover): opener.discard(leftover)
    case .listPaths(let directory):
      opener.listPaths(in: directory, at: state.expandingHome(directory))
    case .keepRun(let path, let confirmed): open?.training?.keep(path, confirmed: confirmed)
    case .findRuns(let path): compared.find(near: path)
    case .readRun(let path):
      // Watched before it is read, so that nothing is missed in between.
      followed[path] = WatchedRun(path)
      compared.read(path)
    case .forgetRun(let path): followed[path] = nil
    case .export(let path, let options, let replaces):
      PictureFile(path: path, options: options, replaces: replaces).write(
        state, answeringTo: mailbox)
    }
  }

  /// Begins the tour, where its runs are here.
  private func findTour() {
    if let models = ModelLocation.tour(open: state.model?.path) {
      handle(.tourFound(models))
    } else {
      handle(.noticed(Message(.failure, ModelLocation.tourProblem)))
    }
  }

  /// Reads those of the compared runs again that have changed.
  private func followComparedRuns(_ readable: [Int32]) {
    for (path, run) in followed {
      guard let descriptor = run.watcher.descriptor, readable.contains(descriptor) else { continue }
      run.watcher.drain()
      compared.read(path)
    }
  }
}

extension TerminalEvent {
  /// The character that was typed; nil for everything else.
  fileprivate var typed: Character? {
    if case .key(.character(let character)) = self { character } else { nil }
  }
}
