import Foundation
import Libc
import TerminalHarness
import TestSupport

/// What a program left behind that has ended.
struct Outcome {
  let status: ExitStatus
  let output: String
  let error: String

  /// The lines on standard error.
  var errorLines: [Substring] { error.split(separator: "\n", omittingEmptySubsequences: false) }
  /// The lines on standard output.
  var lines: [Substring] { output.split(separator: "\n") }
}

/// `tollgate`, started without a terminal.
final class Program {
  /// Where its standard output goes.
  enum Output {
    case pipe
    /// A pipe of this many bytes that is not read before ``finish()``.
    case narrowPipe(Int)
    /// A pipe that nobody reads any more.
    case closedPipe
    case file(String)
  }

  private static let environment = [
    "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", "SWIFT_BACKTRACE=enable=no",
  ]

  let process: pid_t
  private var outputEnd: Int32
  private var errorEnd: Int32
  private var output: [UInt8] = []
  private var error: [UInt8] = []
  private var isFinished = false

  /// Starts the program in a directory, with nothing to read from standard input.
  init(
    _ arguments: [String], in workspace: TemporaryDirectory, output: Output = .pipe,
    under wrapper: [String] = []
  ) throws {
    let words = wrapper + [try PseudoTerminal.product("tollgate")] + arguments
    let (outputEnd, outputTarget) = try Self.target(output)
    let (errorEnd, errorTarget) = try Self.pipe()
    defer {
      close(outputTarget)
      close(errorTarget)
    }
    (self.outputEnd, self.errorEnd) = (outputEnd, errorEnd)
    process = try spawn(
      ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", workspace.path] + words,
      environment: Self.environment,
      streams: .descriptors(output: outputTarget, error: errorTarget))
  }

  deinit {
    if !isFinished {
      sendSignal(process, SIGKILL)
      var ignored: Int32 = 0
      _ = unsafe waitpid(process, &ignored, 0)
    }
    for end in [outputEnd, errorEnd] where end >= 0 { close(end) }
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], in workspace: TemporaryDirectory, output: Output = .pipe,
    under wrapper: [String] = []
  ) throws -> Outcome {
    try Program(arguments, in: workspace, output: output, under: wrapper).finish()
  }

  /// Waits until the program has printed something, and leaves the rest where it is.
  func waitForOutput() throws {
    var state = pollfd(fd: outputEnd, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&state, 1, Int32(PseudoTerminal.patience)) > 0 else {
      throw HarnessError.timeout(waitingFor: "output", screen: [], unknown: [])
    }
  }

  /// Sends a signal to the program.
  func signal(_ number: Int32) { sendSignal(process, number) }

  /// Kills the program as soon as something is the case, and waits for its end.
  func kill(once condition: () -> Bool) throws -> Outcome {
    while !hasEnded, !condition() { sched_yield() }
    signal(SIGKILL)
    return try finish()
  }

  /// Whether the program has closed its standard error, which it does only by ending.
  private var hasEnded: Bool {
    var state = pollfd(fd: errorEnd, events: 0, revents: 0)
    return unsafe poll(&state, 1, 0) > 0 && state.revents & Int16(POLLHUP) != 0
  }

  /// Takes all that the program prints and waits for its end.
  func finish() throws -> Outcome {
    while outputEnd >= 0 || errorEnd >= 0 {
      var states = [outputEnd, errorEnd].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard unsafe poll(&states, 2, Int32(PseudoTerminal.patience)) > 0 else {
        throw HarnessError.timeout(waitingFor: "the end", screen: [text(output)], unknown: [])
      }
      if states[0].revents != 0 { Self.take(&outputEnd, &output) }
      if states[1].revents != 0 { Self.take(&errorEnd, &error) }
    }
    var code: Int32 = 0
    guard unsafe waitpid(process, &code, 0) == process else {
      throw HarnessError.system(call: "waitpid", code: errno)
    }
    isFinished = true
    return Outcome(
      status: code & 0x7F == 0 ? .exited(code >> 8 & 0xFF) : .killed(signal: code & 0x7F),
      output: text(output), error: text(error))
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Takes what is there; closes the end where nothing more comes.
  private static func take(_ end: inout Int32, _ bytes: inout [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe read(end, &buffer, buffer.count)
    if count > 0 {
      bytes += buffer[..<count]
    } else if count == 0 || errno != EINTR {
      close(end)
      end = -1
    }
  }
}

// MARK: - Starting

extension Program {
  /// Not imported from fcntl.h.
  private static let setPipeSize: Int32 = 1031

  /// Both ends of a pipe that no child inherits unless it is given one.
  ///
  /// pipe2 is not imported, and between pipe and fcntl another test could start a child: a named pipe
  /// is opened closed to children from the start.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    let name = NSTemporaryDirectory() + "/tollgate-tests-\(UUID().uuidString)"
    guard unsafe mkfifo(name, 0o600) == 0 else {
      throw HarnessError.system(call: "mkfifo \(name)", code: errno)
    }
    defer { unsafe unlink(name) }
    let read = unsafe open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    let write = unsafe open(name, O_WRONLY | O_CLOEXEC)
    guard read >= 0, write >= 0 else {
      throw HarnessError.system(call: "open \(name)", code: errno)
    }
    return (read, write)
  }

  /// The end to read, or -1, and the descriptor that is the program's standard output.
  private static func target(_ output: Output) throws -> (read: Int32, write: Int32) {
    if case .file(let path) = output {
      let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      guard file >= 0 else { throw HarnessError.system(call: "open \(path)", code: errno) }
      return (-1, file)
    }
    var ends = try pipe()
    if case .narrowPipe(let size) = output {
      guard fcntl(ends.write, setPipeSize, Int32(size)) >= 0 else {
        throw HarnessError.system(call: "fcntl", code: errno)
      }
    }
    if case .closedPipe = output {
      close(ends.read)
      ends.read = -1
    }
    return ends
  }
}

/// The system's function, which a method of the same name would hide.
private func sendSignal(_ process: pid_t, _ number: Int32) { kill(process, number) }
