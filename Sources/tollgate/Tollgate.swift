import ArgumentParser
import HighwayNetworks
import Libc
import TensorFiles
import Terminal

/// The command line.
@main
struct Tollgate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tollgate",
    abstract: "A terminal explorer for the gates of highway networks.",
    usage: "tollgate [<path>]\ntollgate <subcommand>",
    discussion: """
      tollgate lists the models in models/ and the runs here; tollgate PATH opens a run directory, a \
      checkpoint or recorded gates. Inside, ? lists the keys.
      """,
    version: toolVersion,
    subcommands: [
      Explore.self, Train.self, Analyze.self, Lesion.self, Render.self, Compare.self,
      Inspect.self, Convert.self, Experiment.self, RecorderCommand.self, TourCommand.self,
    ],
    defaultSubcommand: Explore.self)

  /// Runs the command, or says what is wrong with the arguments, some of which may be names of strangers'
  /// files.
  static func main() {
    endAfterCrashSignals()
    do {
      var command = try parseAsRoot(arguments)
      try reportingFailure { try Processes.connect(for: command) }
      try command.run()
      Processes.leave(0)
    } catch {
      let status = exitCode(for: error)
      guard !status.isSuccess else {
        if Processes.isFirst { exit(withError: error) }
        Processes.leave(0)
      }
      let lines = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
      if lines.contains(where: { !$0.isEmpty }) {
        writeError(lines.map { String($0).printablePath }.joined(separator: "\n") + "\n")
      }
      Processes.leave(status.rawValue)
    }
  }

  /// What stands on the command line after the program's name; the explorer's options may also stand before the
  /// word that opens it in another way.
  ///
  /// A path there need not be UTF-8.
  private static var arguments: [String] {
    let all = words
    let flag = "--no-config"
    let rest = all.drop { $0 == flag }
    guard rest.count < all.count, let word = rest.first,
      configuration.subcommands.contains(where: { $0._commandName == word })
    else { return all }
    // The others neither read settings nor remember them.
    let takesIt = [Explore._commandName, Compare._commandName, TourCommand._commandName]
      .contains(word)
    return [word] + (takesIt ? [flag] : []) + rest.dropFirst()
  }

  /// What stands on the command line after the program's name, as it was typed.
  static var words: [String] {
    let words = unsafe CommandLine.unsafeArgv
    return (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      unsafe words[index].map { unsafe String(systemPath: $0) }
    }
  }
}

/// The version that runs record.
let toolVersion = "0.1.0"
