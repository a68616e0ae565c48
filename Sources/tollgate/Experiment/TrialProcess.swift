import HighwayNetworks
import Libc

/// A process that trains one trial.
struct TrialProcess {
  /// The trial.
  let trial: Trial
  private let process: ChildProcess

  /// How a process ended.
  enum Ending {
    case succeeded
    /// What it wrote to standard error, or how it was ended.
    case failed(String)
  }

  /// Starts the program again with other arguments; nothing comes from its standard output.
  init(_ trial: Trial, arguments: [String]) throws {
    self.trial = trial
    process = try ChildProcess([programPath()] + arguments, in: .ownGroup)
  }

  /// How the process ended, or nil while it runs.
  func ending() -> Ending? {
    do {
      guard let ending = try process.ending() else { return nil }
      if ending.signal != 0 { return .failed("ended by signal \(ending.signal)") }
      if ending.status == 0 { return .succeeded }
      let line = ending.lines.last ?? "exit status \(ending.status)"
      return .failed(line.hasPrefix("tollgate: ") ? String(line.dropFirst(10)) : line)
    } catch {
      return .failed(Failure(error).line)
    }
  }

  /// Passes a signal on.
  func signal(_ number: Int32) { process.signal(number) }
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
  path.hasPrefix("/") ? path : workingDirectory().map { $0 + "/" + path } ?? path
}

/// The working directory; nil where it is no more.
func workingDirectory() -> String? {
  guard let directory = unsafe getcwd(nil, 0) else { return nil }
  defer { unsafe free(directory) }
  return unsafe String(systemPath: directory)
}
