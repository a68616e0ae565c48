import HighwayNetworks
import Libc
import TensorFiles
import Terminal

/// A copy of a run or a recording that lies on another machine, which `rsync` over `ssh` brings up to date.
///
/// rsync writes each file under another name and renames it when it is whole, so that whoever reads the copy meets no
/// half of one.
struct RemoteCopy: Sendable {
  /// What lies on the other machine.
  let place: RemotePlace
  /// The directory of the copy.
  private let directory: String
  /// Where the socket of the connection that all copies share is; nil where its path would be too long for one.
  private let socket: String?

  /// What came of one attempt.
  enum Outcome: Hashable, Sendable {
    /// All that is there is here.
    case copied
    /// The machine answers, but there is nothing at the path.
    case absent
    /// Why nothing could be copied.
    case failed(String)
  }

  /// Makes room for a copy in the cache directory, which is its owner's alone.
  init(_ place: RemotePlace, cache: String? = cache) throws {
    guard let cache else {
      throw Failure("there is no place for a copy of \(place.words): set HOME or XDG_CACHE_HOME")
    }
    var hash = SHA256()
    hash.update(Array(place.words.utf8))
    let key = String(hash.hexDigest.prefix(16))
    directory = "\(cache)/\(key)"
    try Directory.create(directory, mode: 0o700)
    self.place = place
    // ssh replaces %C by 40 digits and adds some while it connects; an address of a socket has 104 bytes at least.
    let fits = cache.utf8.count + 64 < 104 && !cache.contains(where: { "\"%\n".contains($0) })
    socket = fits ? "\(cache)/%C" : nil
  }

  /// Where copies are: the directory that the XDG specification gives for what can be had again.
  private static var cache: String? {
    if let cache = TerminalEnvironment.variable("XDG_CACHE_HOME"), cache.hasPrefix("/") {
      return cache + "/tollgate/ssh"
    }
    guard let home = TerminalEnvironment.variable("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.cache/tollgate/ssh"
  }

  /// Whether a path lies in a copy.
  static func holds(_ path: String, cache: String? = cache) -> Bool {
    cache.map { Directory.resolved(path).hasPrefix(Directory.resolved($0) + "/") } ?? false
  }

  /// Where the run or the file is here.
  var path: String { "\(directory)/\(place.name)" }

  /// The command that brings the copy up to date.
  ///
  /// No shell reads it, here or there: with `--protect-args` the path goes to rsync itself. Links are followed there,
  /// so that none comes here, and neither owners nor devices do.
  ///
  /// Where it asks, ssh may ask for a password or about an unknown host, on the terminal.
  func command(asks: Bool) -> [String] {
    var options = ["--recursive", "--times", "--copy-links", "--protect-args", "--delete"]
    options += ["--partial-dir=.rsync-partial", "--timeout=20", "--exclude=.tollgate-*.tmp"]
    // As large as a checkpoint and new with each epoch; only a resume needs it.
    if place.name != "state.safetensors" { options.append("--exclude=state.safetensors") }
    if asks && isatty(2) == 1 { options.append("--info=progress2") }
    return ["env", "LC_ALL=C", "rsync"] + options
      + ["--rsh", ssh(asks: asks), "--", place.source, directory + "/"]
  }

  /// The command by which rsync starts ssh, which it takes apart at blanks outside quotation marks.
  private func ssh(asks: Bool) -> String {
    var words = [
      "ssh", "-o ConnectTimeout=10", "-o ServerAliveInterval=5", "-o ServerAliveCountMax=3",
    ]
    if !asks { words.append("-o BatchMode=yes") }
    if let socket {
      words += ["-o ControlMaster=auto", "-o \"ControlPath=\(socket)\"", "-o ControlPersist=60"]
    }
    if let port = place.port { words.append("-p \(port)") }
    return words.joined(separator: " ")
  }

  /// Brings the copy up to date, as long as it is wanted.
  func update(asks: Bool, while isWanted: () -> Bool) -> Outcome {
    do {
      let process = try ChildProcess(
        command(asks: asks), in: asks ? .terminal : .ownSession)
      return outcome(try process.wait(while: isWanted))
    } catch {
      return .failed(Failure(error).line)
    }
  }

  /// What the end of rsync says.
  func outcome(_ ending: ChildProcess.Ending) -> Outcome {
    // A login's greeting comes before what is wrong, and rsync's own account of it after that.
    let telling = ending.lines.last {
      !$0.hasPrefix("rsync error:") && !$0.hasPrefix("rsync: connection unexpectedly closed")
    }
    switch ending.status {
    // 24: a file went away meanwhile, as an epoch that is written anew does.
    case 0 where ending.signal == 0, 24: return .copied
    case 23 where ending.lines.contains { $0.contains("No such file or directory") }:
      return .absent
    case 127: return .failed("\(telling?.excerpt(200) ?? "no rsync"); it is needed here and there")
    default:
      return .failed(telling?.excerpt(200) ?? "rsync ended with status \(ending.status)")
    }
  }

  /// Whether what was copied is a directory of other things than a run, or than one that is about to begin.
  var isOfSomethingElse: Bool {
    let names = (try? Directory.names(in: path)) ?? []
    return !names.contains("run.json") && names.contains { !$0.hasPrefix(".") && $0 != "run.lock" }
  }

  /// Whether something cannot be opened only because its files are not here, or not all of them.
  func isIncomplete(_ error: any Error) -> Bool {
    switch error {
    case RunError.notARun(path, _), RunError.noEpoch(path), RunError.file(.notFound),
      RunError.checkpoint(.file(.notFound)), RecordingError.noEpoch(path):
      true
    default: false
    }
  }

  /// Ends the connection that the copies shared.
  func disconnect() {
    guard let socket else { return }
    var words = ["ssh", "-o", "ControlPath=\(socket)", "-O", "exit"]
    if let port = place.port { words += ["-p", "\(port)"] }
    // Without a connection there is nothing to end.
    _ = try? ChildProcess(words + ["--", place.host], in: .ownSession).wait { true }
  }
}
