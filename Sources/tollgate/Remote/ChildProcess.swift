import Libc
import TensorFiles

/// A program that was started, and what it writes to standard error.
///
/// Nothing comes to its standard input.
final class ChildProcess {
  /// Where it runs.
  enum Place {
    /// In a process group of its own: Ctrl-C reaches this program alone, which passes it on.
    case ownGroup
    /// Without a terminal on which it could ask.
    case ownSession
    /// In this program's group, with the terminal to ask on; its standard output is this program's standard error.
    case terminal
  }

  /// How it ended.
  struct Ending {
    /// The exit status; 0 where a signal ended it.
    let status: Int32
    /// The signal that ended it, or 0.
    let signal: Int32
    /// The last lines that it wrote to standard error.
    let lines: [String]
  }

  private let process: pid_t
  private let place: Place
  /// The reading end of the pipe that is its standard error.
  private let errors: Int32
  private var written: [UInt8] = []

  /// Starts a program that is found as a shell finds it; no shell reads the words.
  ///
  /// - Throws: ``Failure``.
  init(_ words: [String], in place: Place) throws {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw Failure(systemLine("pipe", errno)) }
    defer { close(ends[1]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    switch place {
    case .ownGroup, .ownSession:
      unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    case .terminal: unsafe posix_spawn_file_actions_adddup2(&actions, 2, 1)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // A thread that takes no signals passes that on, and the program could not be ended.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    let group =
      switch place {
      case .ownGroup: POSIX_SPAWN_SETPGROUP
      case .ownSession: spawnInOwnSession
      case .terminal: Int32(0)
      }
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK) | Int32(group)))
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe words.map {
      unsafe strdup($0.systemPath)
    }
    unsafe pointers.append(nil)
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    var process: pid_t = 0
    let code = unsafe posix_spawnp(
      &process, words[0].systemPath, &actions, &attributes, pointers, environ)
    guard code == 0 else {
      close(ends[0])
      throw Failure(systemLine(words[0].excerpt, code))
    }
    self.process = process
    self.place = place
    errors = ends[0]
  }

  deinit { close(errors) }

  /// How it ended, or nil while it runs; nobody asks again once it has ended.
  ///
  /// - Throws: ``Failure`` where the system does not tell.
  func ending() throws -> Ending? {
    readErrors()
    var status: Int32 = 0
    let found = unsafe waitpid(process, &status, WNOHANG)
    if found == 0 || found < 0 && errno == EINTR { return nil }
    guard found > 0 else { throw Failure(systemLine("waitpid", errno)) }
    readErrors()
    let text = String(decoding: written, as: UTF8.self)
    // WIFEXITED and its kin are macros: the low seven bits are the signal, the next byte the status.
    return Ending(
      status: status >> 8 & 0xFF, signal: status & 0x7F,
      lines: text.split(whereSeparator: \.isNewline).map(String.init))
  }

  /// Waits until it has ended, and ends it where that is no longer wanted.
  ///
  /// - Throws: ``Failure`` where the system does not tell how it ended.
  func wait(while isWanted: () -> Bool) throws -> Ending {
    var isEnded = false
    while true {
      if let ending = try ending() { return ending }
      if !isEnded && !isWanted() {
        isEnded = true
        signal(SIGTERM)
      }
      usleep(20_000)
    }
  }

  /// Sends a signal; where it has a session of its own, to all that it started as well.
  func signal(_ number: Int32) { kill(place == .ownSession ? -process : process, number) }

  /// Takes what was written; the end of it is kept.
  private func readErrors() {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe read(errors, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return }
      written = (written + bytes[..<count]).suffix(4_096)
    }
  }
}

private func systemLine(_ subject: String, _ code: Int32) -> String {
  "\(subject): \(unsafe String(cString: strerror(code)))"
}
