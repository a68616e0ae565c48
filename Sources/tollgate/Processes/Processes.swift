import ArgumentParser
import HighwayNetworks
import Libc
import Synchronization

#if TOLLGATE_MPI
import MessagePassing
#endif

/// The processes that do the work of one command together: this one, or those that mpirun has started.
///
/// The first of them prints and writes files; each reads what it needs by itself.
enum Processes {
  private struct Connection: Sendable {
    var ranks = Ranks.alone
    var watch: PeerWatch?
    var end: @Sendable () -> Void = {}
  }

  private static let connection = Mutex(Connection())

  /// The processes.
  static var ranks: Ranks { connection.withLock { $0.ranks } }

  /// Whether this process prints and writes.
  static var isFirst: Bool {
    #if TOLLGATE_MPI
    return (launch?.rank ?? 0) == 0
    #else
    return true
    #endif
  }

  #if TOLLGATE_MPI
  private static let launch = Launch.found
  #endif

  /// Connects the processes, where there are several, for a command that they can divide.
  static func connect(for command: any ParsableCommand) throws {
    #if TOLLGATE_MPI
    guard let launch else { return }
    guard command is Train || command is Analyze || command is Lesion else {
      throw Failure.usage(
        "\(launch.count) processes were started; only train, analyze and lesion can be divided")
    }
    let communicator = MPICommunicator { text in
      connection.withLock { $0.watch }?.end(saying: "MPI: \(text)", status: 1)
      PeerWatch.write("tollgate: rank \(launch.rank): MPI: \(text)\n")
      _exit(1)
    }
    guard communicator.count == launch.count else {
      throw Failure(
        "\(launch.count) processes were started, but MPI connects \(communicator.count); start them with the "
          + "mpirun of the MPI that tollgate was built with, under Slurm with srun --mpi=pmix")
    }
    let ranks = Ranks(communicator)
    let watch = PeerWatch(ranks, interruption: .catching())
    connection.withLock {
      $0 = Connection(ranks: ranks, watch: watch, end: { communicator.end() })
    }
    watch.start()
    try expectSame(
      CommandLine.arguments.dropFirst().joined(separator: "\0") + toolVersion,
      "the command or the version of tollgate")
    #endif
  }

  /// What is said of the work where processes end before it is done.
  static func leaves(_ remainder: String) { connection.withLock { $0.watch }?.leaves(remainder) }

  /// Whether this process may say why it ends, which it does once.
  static var takesTheWord: Bool { connection.withLock { $0.watch }?.takesTheWord() ?? true }

  /// Ends this process when all have come to their ends.
  ///
  /// Threads may still compute for a view that nobody will see. exit would take down the libraries that
  /// they compute with while they run.
  static func leave(_ status: Int32) -> Never {
    fflush(nil)
    let connection = connection.withLock { $0 }
    if connection.ranks.count > 1 {
      // A failure that the others do not know of must not wait for them forever.
      if status != 0 { connection.watch?.leave(status, within: .seconds(5)) }
      _ = connection.ranks.any(false)
      connection.watch?.leave(status, within: .seconds(5))
      connection.end()
    }
    // Before they are connected, one that fails would have the first ended before it can say why; its status counts.
    _exit(isFirst || connection.ranks.count > 1 ? status : 0)
  }
}

// MARK: - Doing the same

extension Processes {
  /// Does a piece of work on each rank, in which none waits for another.
  ///
  /// - Throws: What the first rank says where it fails; all ranks then throw.
  static func together<Value>(_ work: () throws -> Value) throws -> Value {
    let ranks = ranks
    guard ranks.count > 1 else { return try work() }
    let result = Result { try work() }
    var said = ""
    if case .failure(let error) = result {
      let code = (error as? ExitCode)?.rawValue
      let failure = Failure(error)
      said = "\(code ?? failure.status) " + (code == nil ? failure.line : "")
    }
    let all = ranks.gather(Array(said.utf8)).map { String(decoding: $0, as: UTF8.self) }
    guard let rank = all.firstIndex(where: { !$0.isEmpty }) else { return try result.get() }
    let parts = all[rank].split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let status = Int32(parts[0]) ?? 1
    guard let line = parts.last, !line.isEmpty else { throw ExitCode(status) }
    throw Failure(rank == 0 ? String(line) : "rank \(rank): \(line)", status: status)
  }

  /// Does what the first rank alone does.
  static func onFirst(_ work: () throws -> Void) throws {
    try together { if ranks.rank == 0 { try work() } }
  }

  /// What the first rank finds.
  static func ofFirst(_ condition: Bool) -> Bool { ranks.ofFirst([condition ? 1 : 0]) == [1] }

  /// Checks that all ranks have the same.
  static func expectSame(_ text: String, _ what: String) throws {
    if let other = ranks.firstThatDiffers(Array(text.utf8)) {
      throw Failure(
        "rank \(other) has not the same as rank 0: \(what); all ranks have to read the same")
    }
  }

  /// The signal that asked any rank to stop, or 0.
  static func signal(_ interruption: Interruption) -> Int32 {
    guard ranks.count > 1 else { return interruption.signal }
    return ranks.gather([UInt8(interruption.signal)]).map { Int32($0[0]) }.max() ?? 0
  }
}
