import ArgumentParser
import ExplorerUI
import HighwayNetworks
import Libc
import Terminal

/// Why a command ends without success, in words for a person.
struct Failure: Error {
  /// One line: what, where, expected, found, and what to do.
  let line: String
  /// 1: the work failed; 2: the call was wrong; 130: interrupted.
  let status: Int32

  /// A failure of the work.
  init(_ line: String, status: Int32 = 1) {
    self.line = line
    self.status = status
  }

  /// A call that cannot be answered as it stands.
  static func usage(_ line: String) -> Failure { Failure(line, status: 2) }

  /// The one place that turns any error into a line and an exit status.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as TrainingRunError:
      switch error {
      case .training(let error): self.init(error)
      case .run(let error): self.init(error)
      }
    case .lossNotFinite(let epoch, let step, let rate) as TrainingError:
      self.init(
        "the loss is no longer finite in epoch \(epoch), step \(step), at learning rate \(rate); "
          + "the last full epoch is kept; train with a smaller learning rate")
    case let error as ModelDataError: self.init(error)
    case let error as SamplesError: self.init(error)
    case let error as SettingError: self = .usage("--\(error.name): \(error)")
    case let error as TerminalError: self = .usage(error.description)
    case let error as KeyScriptError: self = .usage("--keys: \(error.description)")
    default: self.init(String(describing: error))
    }
  }
}

/// Runs a command's work; an error becomes one line on standard error and an exit status.
func reportingFailure(_ work: () throws -> Void) throws {
  do {
    try work()
  } catch let code as ExitCode {
    throw code
  } catch {
    let failure = Failure(error)
    if Processes.isFirst, Processes.takesTheWord { writeError("tollgate: \(failure.line)\n") }
    throw ExitCode(failure.status)
  }
}

/// Writes to standard error; where that fails there is nowhere to say so.
func writeError(_ text: String) { _ = writeAll(Array(text.utf8), to: 2) }

/// Writes to standard output; a reader that has gone away ends the program quietly, as it does `head`.
///
/// - Throws: ``Failure`` where it cannot be written, such as to a full disk.
func writeOutput(_ text: String) throws { try writeOutput(Array(text.utf8)) }

/// Writes bytes to standard output, like a text.
func writeOutput(_ bytes: [UInt8]) throws {
  let code = writeAll(bytes, to: 1)
  // The status is that of the signal, which someone who ignores it has kept from ending the program.
  if code == EPIPE { throw ExitCode(128 + SIGPIPE) }
  if code != 0 {
    throw Failure("standard output: cannot be written: \(unsafe String(cString: strerror(code)))")
  }
}

/// Writes all bytes; 0, or the code of what went wrong.
///
/// Of several processes the first one writes.
private func writeAll(_ contents: [UInt8], to descriptor: Int32) -> Int32 {
  guard Processes.isFirst else { return 0 }
  var bytes = contents[...]
  while !bytes.isEmpty {
    let written = unsafe bytes.withUnsafeBytes {
      unsafe write(descriptor, $0.baseAddress, $0.count)
    }
    if written < 0 && errno == EINTR { continue }
    guard written > 0 else { return written < 0 ? errno : EIO }
    bytes = bytes.dropFirst(written)
  }
  return 0
}
