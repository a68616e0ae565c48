import Libc

/// How a program ended.
package enum ExitStatus: Hashable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)
}

/// What went wrong with the harness itself.
package enum HarnessError: Error {
  case system(call: String, code: Int32)
  /// The program was gone before what was waited for had happened.
  case ended(waitingFor: String, screen: [String])
  case timeout(waitingFor: String, screen: [String], unknown: [String])
}

/// A program in a pseudo terminal, its output on a ``VirtualScreen``.
///
/// Tests play keys with ``send(_:)`` and wait for what they expect with ``wait(for:until:)``.
package final class PseudoTerminal {
  /// A test that waits longer has failed, however slow the machine.
  package static let patience = 20_000
  /// Silence after which a frame counts as complete, in milliseconds.
  private static let silence: Int32 = 20

  /// What the program shows.
  package private(set) var screen: VirtualScreen
  /// Every byte that the program wrote.
  package private(set) var output: [UInt8] = []
  /// The process of the program.
  package let process: Int32

  private var master: Int32
  /// Held open, so that the modes can be read when the program is gone.
  private let slave: Int32
  private var status: ExitStatus?

  /// Starts a program in a terminal of its own.
  ///
  /// It is told the size of its window or what is claimed in its place. Its environment is `environment` and nothing else, so that no test depends on where it runs.
  package init(
    _ arguments: [String], environment: [String: String], width: Int = 80, height: Int = 24,
    claiming claimed: (width: Int, height: Int)? = nil
  ) throws {
    screen = VirtualScreen(width: width, height: height)
    var (master, slave): (Int32, Int32) = (-1, -1)
    var window = winsize(
      ws_row: UInt16(claimed?.height ?? height), ws_col: UInt16(claimed?.width ?? width),
      ws_xpixel: 0, ws_ypixel: 0)
    guard unsafe openpty(&master, &slave, nil, nil, &window) == 0 else {
      throw HarnessError.system(call: "openpty", code: errno)
    }
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    (self.master, self.slave) = (master, slave)
    var path = [CChar](repeating: 0, count: 128)
    guard unsafe ttyname_r(slave, &path, path.count) == 0 else {
      throw HarnessError.system(call: "ttyname_r", code: errno)
    }
    process = try spawn(
      arguments, environment: environment.map { "\($0.key)=\($0.value)" },
      streams: .terminal(
        String(decoding: path.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)))
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      var ignored: Int32 = 0
      _ = unsafe waitpid(process, &ignored, 0)
    }
    if master >= 0 { close(master) }
    close(slave)
  }

  /// The program built beside the running tests.
  package static func product(_ name: String) throws -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { throw HarnessError.system(call: "readlink", code: errno) }
    let runner = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    // The tests may run inside a helper of the toolchain, which then names the bundle.
    let candidates = [runner] + CommandLine.arguments
    for candidate in candidates {
      guard let slash = candidate.lastIndex(of: "/") else { continue }
      let path = candidate[...slash] + name
      if unsafe access(String(path), X_OK) == 0 { return String(path) }
    }
    throw HarnessError.system(call: "finding \(name) beside \(runner)", code: ENOENT)
  }

  // MARK: - What a person does

  /// Types bytes, such as "q" or "\u{1B}[A".
  package func send(_ keys: String) {
    send(Array(keys.utf8))
  }

  /// Types bytes that need not be UTF-8.
  package func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe write(master, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  /// Gives the window another size; the kernel tells the program.
  package func resize(width: Int, height: Int) {
    screen.resize(width: width, height: height)
    claimSize(width: width, height: height)
  }

  /// Tells the program that the window has a size, and shows no more of it than before.
  package func claimSize(width: Int, height: Int) {
    var window = winsize(
      ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(master, UInt(TIOCSWINSZ), &window)
  }

  /// Sends a signal to the program.
  package func signal(_ number: Int32) {
    kill(process, number)
  }

  /// Closes the window: the program loses its terminal.
  package func hangUp() {
    close(master)
    master = -1
  }

  // MARK: - What there is to see

  /// The terminal's modes, field by field.
  package var modes: [UInt64] {
    var modes = termios()
    guard unsafe tcgetattr(slave, &modes) == 0 else { return [] }
    let flags = [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag].map(UInt64.init)
    return unsafe flags + withUnsafeBytes(of: modes.c_cc) { unsafe $0.map(UInt64.init) }
  }

  /// The process group in the foreground, which is the process that leads it.
  package var foregroundProcess: Int32? {
    // Asked of the master: the tests' own process has another controlling terminal.
    let group = tcgetpgrp(master)
    return group > 0 ? group : nil
  }

  /// Lets the program run until the condition holds and it has fallen silent.
  ///
  /// - Throws: ``HarnessError/ended(waitingFor:screen:)`` if the program ends before,
  ///   ``HarnessError/timeout(waitingFor:screen:unknown:)`` if that never happens.
  package func wait(
    for what: String, patience: Int = PseudoTerminal.patience,
    until condition: (PseudoTerminal) throws -> Bool
  ) throws {
    let deadline = Self.now() + patience
    // A program that draws all the time is never silent; it is looked at all the same.
    var nextLook = Self.now() + 200
    while true {
      // In this order: what it wrote before it ended is read before the condition is asked.
      let ended = hasEnded
      if !showNext(within: Self.silence) || Self.now() >= nextLook {
        nextLook = Self.now() + 200
        if try condition(self) { return }
        if ended { throw HarnessError.ended(waitingFor: what, screen: screen.text) }
      }
      if Self.now() > deadline {
        throw HarnessError.timeout(
          waitingFor: what, screen: screen.text, unknown: screen.unknown)
      }
    }
  }

  /// Lets the program run until the text is on the screen.
  package func wait(forText text: String) throws {
    try wait(for: "'\(text)'") { $0.screen.contains(text) }
  }

  /// Lets the program run until it ends, and reads all that it wrote.
  package func waitForExit(patience: Int = PseudoTerminal.patience) throws -> ExitStatus {
    try wait(for: "the end of the program", patience: patience) { $0.hasEnded }
    while showNext(within: 0) {}
    guard let status else { throw HarnessError.system(call: "waitpid", code: ECHILD) }
    return status
  }

  /// Lets the program run until it has taken all that was typed, or has ended.
  ///
  /// - Throws: ``HarnessError/timeout(waitingFor:screen:unknown:)`` if it does not take it.
  package func waitUntilTaken(patience: Int = PseudoTerminal.patience) throws {
    let deadline = Self.now() + patience
    var state = pollfd(fd: slave, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&state, 1, 0) > 0, !hasEnded {
      _ = showNext(within: 1)
      if Self.now() > deadline {
        throw HarnessError.timeout(
          waitingFor: "keys to be taken", screen: screen.text, unknown: screen.unknown)
      }
    }
    while showNext(within: 0), Self.now() <= deadline {}
  }

  /// Forgets what was written so far, of which there would be much in a long run; the screen stays.
  package func forgetOutput() { output = [] }

  /// Whether the program has ended.
  package var hasEnded: Bool {
    if status != nil { return true }
    var code: Int32 = 0
    guard unsafe waitpid(process, &code, WNOHANG) == process else { return false }
    status = code & 0x7F == 0 ? .exited(code >> 8 & 0xFF) : .killed(signal: code & 0x7F)
    return true
  }

  /// Takes what the program has written; whether there was anything.
  private func showNext(within milliseconds: Int32) -> Bool {
    let bytes = take(within: milliseconds)
    screen.feed(bytes)
    return !bytes.isEmpty
  }

  /// Takes what the program has written, without showing it yet; nothing if time runs out.
  func take(within milliseconds: Int32, atMost limit: Int = 65_536) -> ArraySlice<UInt8> {
    var state = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&state, 1, milliseconds) > 0, state.revents & Int16(POLLIN) != 0 else {
      return []
    }
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe read(master, $0.baseAddress, $0.count)
    }
    guard count > 0 else { return [] }
    output += buffer[0..<count]
    return buffer[0..<count]
  }

  /// Shows bytes that were taken.
  func show(_ bytes: [UInt8]) { screen.feed(bytes) }

  private static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
