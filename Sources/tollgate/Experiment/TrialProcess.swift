import HighwayNetworks
import Libc
import TensorFiles

/// A process that trains one trial.
///
/// It is the leader of a process group of its own, so that Ctrl-C reaches the experiment alone, which
/// passes it on.
struct TrialProcess {
  /// The trial.
  let trial: Trial
  private let process: pid_t
  /// The reading end of the pipe that is the process's standard error.
  private let errors: Int32

  /// How a process ended.
  enum Ending {
    case succeeded
    /// What it wrote to standard error, or how it was ended.
    case failed(String)
  }

  /// Starts the program again with other arguments; nothing comes from its standard output.
  init(_ trial: Trial, arguments: [String]) throws {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw Failure(systemLine("pipe", errno)) }
    defer { close(ends[1]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let program = programPath()
    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + arguments).map {
      unsafe strdup($0.systemPath)
    }
    unsafe words.append(nil)
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    var process: pid_t = 0
    let code = unsafe posix_spawn(
      &process, program.systemPath, &actions, &attributes, words, environ)
    guard code == 0 else {
      close(ends[0])
      throw Failure(systemLine(program.excerpt, code))
    }
    self.trial = trial
    self.process = process
    errors = ends[0]
  }

  /// How the process ended, or nil while it runs.
  func ending() -> Ending? {
    var status: Int32 = 0
    let found = unsafe waitpid(process, &status, WNOHANG)
    if found == 0 || found < 0 && errno == EINTR { return nil }
    defer { close(errors) }
    let text = readErrors()
    // WIFEXITED and its kin are macros: the low seven bits are the signal, the next byte the status.
    let signal = status & 0x7F
    if found < 0 { return .failed(systemLine("waitpid", errno)) }
    if signal != 0 { return .failed("ended by signal \(signal)") }
    return status >> 8 & 0xFF == 0
      ? .succeeded : .failed(text.isEmpty ? "exit status \(status >> 8 & 0xFF)" : text)
  }

  /// Passes a signal on.
  func signal(_ number: Int32) { kill(process, number) }

  /// The last line that was written; a pipe holds 64 KiB, and the program writes one line.
  private func readErrors() -> String {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    _ = fcntl(errors, F_SETFL, O_NONBLOCK)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe read(errors, $0.baseAddress, $0.count)
    }
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    let line = text.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    return line.hasPrefix("tollgate: ") ? String(line.dropFirst("tollgate: ".count)) : line
  }
}

/// The path of the running program.
func programPath() -> String {
  guard let resolved = unsafe realpath("/proc/self/exe", nil) else {
    return CommandLine.arguments.first ?? "tollgate"
  }
  defer { unsafe free(resolved) }
  return unsafe String(systemPath: resolved)
}

/// A path from the root; one that does not exist yet is taken from the working directory.
func absolute(_ path: String) -> String {
  if path.hasPrefix("/") { return path }
  guard let directory = unsafe getcwd(nil, 0) else { return path }
  defer { unsafe free(directory) }
  return unsafe String(systemPath: directory) + "/" + path
}

private func systemLine(_ subject: String, _ code: Int32) -> String {
  "\(subject): \(unsafe String(cString: strerror(code)))"
}
