private import CTermGuard
package import ExplorerUI
private import Libc

/// What ended a wait; nothing at all if time ran out.
package struct Arrivals: Hashable, Sendable {
  /// What the terminal reported, in order.
  package var events: [TerminalEvent]
  /// Whether a thread called ``Waker/wake()``.
  package var isWoken: Bool
  /// Those of the other descriptors that can be read or have been closed at the far end.
  package var readable: [Int32]

  package init(events: [TerminalEvent] = [], isWoken: Bool = false, readable: [Int32] = []) {
    self.events = events
    self.isWoken = isWoken
    self.readable = readable
  }

  /// Whether nothing came.
  package var isEmpty: Bool { events.isEmpty && !isWoken && readable.isEmpty }
}

extension Screen {
  /// A frame is drawn after so many events at the latest, however fast they come.
  private static let mostEvents = 256

  /// Waits for the terminal, a thread or another descriptor, and takes all there is.
  ///
  /// While it waits the process sleeps; there are no ticks. Keys without a meaning are swallowed
  /// and do not end the wait.
  ///
  /// - Parameters:
  ///   - milliseconds: how long to wait at most; nil for ever, 0 not at all.
  ///   - descriptors: others to watch for reading.
  /// - Returns: what ended the wait; empty if time ran out.
  package func waitForEvents(
    timeout milliseconds: Int? = nil, also descriptors: [Int32] = []
  ) -> Arrivals {
    var arrivals = Arrivals(events: announced)
    announced = []
    let deadline = milliseconds.map { Self.now() + max(0, $0) }
    // After a full load there may be input that ncurses holds and poll does not see.
    if isOpen { takeInput(&arrivals) }
    while true {
      let hasArrived = !arrivals.isEmpty
      let left = hasArrived ? 0 : deadline.map { max(0, $0 - Self.now()) }
      gather(within: left, descriptors, &arrivals)
      if !arrivals.isEmpty || hasArrived { return arrivals }
      if let deadline, Self.now() >= deadline { return arrivals }
    }
  }

  private func gather(
    within milliseconds: Int?, _ descriptors: [Int32], _ arrivals: inout Arrivals
  ) {
    var polled = [isOpen && !isHungUp ? Self.inputDescriptor : -1, tg_wake_descriptor()]
    polled += descriptors
    var states = polled.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let timeout = milliseconds.map { Int32(clamping: $0) } ?? -1
    // Interrupted by a signal: its handler has written to the wake pipe if it matters.
    guard unsafe poll(&states, nfds_t(states.count), timeout) > 0 else { return }
    if states[1].revents != 0 { takeWakes(&arrivals) }
    if states[0].revents & Int16(POLLIN) != 0 { takeInput(&arrivals) }
    if states[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
      isHungUp = true
      arrivals.events.append(.terminate(SIGHUP))
    }
    for state in states.dropFirst(2) where state.revents != 0 {
      arrivals.readable.append(state.fd)
    }
  }

  private func takeInput(_ arrivals: inout Arrivals) {
    while arrivals.events.count < Self.mostEvents {
      decoder.expectsAnswer = answerTime != nil
      switch decoder.next(curses.read(waiting:)) {
      case .event(.ground(let ground)):
        askedAt = nil
        arrivals.events.append(.ground(ground))
      case .event(let event): arrivals.events.append(event)
      case .ignored: continue
      case .exhausted: return
      }
    }
  }

  /// How long an answer of the terminal is still waited for, in milliseconds; nil where none is.
  private var answerTime: Int? {
    askedAt.map { $0 + 1000 - Self.now() }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Takes an answer that is on its way, so that it does not become what somebody types next.
  func takeLateAnswer() {
    guard let answerTime, !isHungUp else { return }
    let deadline = Self.now() + min(answerTime, 200)
    while askedAt != nil, Self.now() < deadline {
      var state = pollfd(fd: Self.inputDescriptor, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&state, 1, Int32(max(1, deadline - Self.now()))) > 0,
        state.revents & Int16(POLLIN) != 0
      else { return }
      var arrivals = Arrivals()
      takeInput(&arrivals)
    }
  }

  private func takeWakes(_ arrivals: inout Arrivals) {
    tg_drain_wakes()
    if waker.take() { arrivals.isWoken = true }
    guard isOpen else { return }
    let requests = tg_take_requests()
    if requests & TG_TERMINATE.rawValue != 0 {
      arrivals.events.append(.terminate(tg_termination_signal()))
    }
    if requests & TG_STOP.rawValue != 0 {
      suspend()
    } else if requests & TG_CONTINUE.rawValue != 0 {
      // Stopped without notice: the shell has its own modes set and its own text on the screen.
      tg_await_foreground()
      curses.leave()
      comeBack()
    }
    arrivals.events += announced
    announced = []
    if requests & TG_RESIZE.rawValue != 0, curses.followSize() {
      forgetRows()
      arrivals.events.append(.resized(size))
    }
  }

  /// The monotonic clock in milliseconds.
  static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
