import ArgumentParser
import Foundation
import HighwayNetworks
import Libc
import TensorFiles

/// The command line of the benchmarks.
@main
struct TollgateBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tollgate-bench",
    abstract: "Time the backend, networks of maps or sequences, or the explorer.",
    subcommands: [
      BackendBench.self, ConvolutionBench.self, SequenceBench.self, ExplorerBench.self,
    ],
    defaultSubcommand: BackendBench.self)
}

/// `tollgate-bench backend`, which is meant where no command is given.
struct BackendBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backend",
    abstract: "Time the backend, after checking that what it computes is right.",
    discussion: """
      Each case is compared with a plain reference first; a case that is wrong is not timed. Rates \
      are compared with what the processor and the memory can do at best, measured in the same run.
      """)

  @Option(help: "The number of threads.")
  var threads = processorCount()

  @Option(
    name: .customLong("case"), parsing: .singleValue,
    help: ArgumentHelp("Run this case; may be repeated. All if left out.", valueName: "name"))
  var cases: [String] = []

  @Option(
    help: ArgumentHelp(
      "A directory with Fashion-MNIST or another data set; the installed one if left out.",
      valueName: "path"))
  var data: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    let most = processorCount()
    guard (1...most).contains(threads) else {
      throw ValidationError("--threads: expected 1 to \(most), found \(threads)")
    }
    guard Machine.isOptimized else {
      throw ValidationError(
        "this is a debug build, whose times say nothing; run: swift run -c release tollgate-bench")
    }
  }

  func run() throws {
    let data = try openData()
    let list = CaseList(data: data, threads: threads)
    if let unknown = cases.first(where: { !list.names.contains($0) }) {
      throw ValidationError(
        "--case: expected one of \(list.names.joined(separator: ", ")), found \(unknown)")
    }
    let progress = ProgressNotes()
    progress.note("measuring ceilings")
    var ceilings = Ceilings(threads: threads)
    var outcomes: [Outcome] = []
    for name in cases.isEmpty ? list.names : cases {
      progress.note(name)
      guard let work = try list.make(name) else { continue }
      outcomes.append(Outcome(work))
    }
    let memory = peakMemory()
    progress.note("measuring ceilings")
    ceilings.remeasureMultiplyAdd()
    ceilings.measureCopy()
    progress.end()
    let report = Report(
      machine: Machine(), data: data.origin, threads: threads, ceilings: ceilings,
      outcomes: outcomes, peakMemory: memory)
    print(json ? report.json.indentedText : report.table, terminator: "")
    let failed = outcomes.contains { if case .failure = $0.result { true } else { false } }
    if failed { throw ExitCode(1) }
  }

  private func openData() throws -> BenchmarkData {
    do {
      if let data {
        let opened = try BenchmarkData.open(data, name: nil)
        guard opened.fullCount > 0 else {
          throw ValidationError(
            "\(data) has no training samples; the cases train, name another directory")
        }
        return opened
      }
      guard FileManager.default.fileExists(atPath: BenchmarkData.installed) else {
        return .synthetic()
      }
      return try BenchmarkData.open(BenchmarkData.installed, name: "Fashion-MNIST")
    } catch let error as DataError {
      throw ValidationError(String(describing: error))
    }
  }
}

/// Says on a terminal what is being done; says nothing in a pipe.
struct ProgressNotes {
  private let isTerminal = isatty(2) == 1

  /// Replaces the note.
  func note(_ text: String) { write("\r\u{1b}[K\(text) …") }

  /// Takes the note away.
  func end() { write("\r\u{1b}[K") }

  private func write(_ text: String) {
    guard isTerminal else { return }
    FileHandle.standardError.write(Data(text.utf8))
  }
}
