import ArgumentParser
import Foundation
import HighwayNetworks
import TensorFiles

/// `tollgate-bench explorer`: times the explorer as a person meets it, in a pseudo-terminal.
struct ExplorerBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explorer",
    abstract: "Time the explorer in a pseudo-terminal: frames, keys, watched training, idling.",
    discussion: """
      Starts the tollgate that is built beside this program and plays keys to it. What it shows is \
      checked before its time counts: the numbers of a first frame with those of the library, the \
      cursor after a key, a repainted screen with the one before, and the parameters of an epoch \
      trained while watched with those of the same epoch trained without a screen.
      """)

  @Option(help: ArgumentHelp("The run that is opened.", valueName: "run"))
  var model = "models/mnist-highway-50"

  @Option(
    help: ArgumentHelp(
      "The data set that is trained on for the cost of watching; Fashion-MNIST if it is installed.",
      valueName: "path"))
  var data: String?

  @Option(
    name: .customLong("case"), parsing: .singleValue,
    help: ArgumentHelp(
      "Measure this: \(Self.names.joined(separator: ", ")); may be repeated. All if left out.",
      valueName: "name"))
  var cases: [String] = []

  @Option(help: "How many times the explorer is started for its first frames.")
  var starts = 20

  @Option(help: "How many keys are timed, idle and in training each.")
  var keys = 1_000

  @Option(help: "How many layers the network has that is trained to be watched.")
  var depth = 50

  @Flag(help: "Print one JSON object.")
  var json = false

  private static let names = [
    "first-frame", "keys", "keys-in-training", "repaint", "slow-reader", "idle", "watching",
    "pictures",
  ]

  func validate() throws {
    if let unknown = cases.first(where: { !Self.names.contains($0) }) {
      throw ValidationError(
        "--case: expected one of \(Self.names.joined(separator: ", ")), found \(unknown)")
    }
    guard Machine.isOptimized else {
      throw ValidationError(
        "this is a debug build, whose times say nothing; run: swift build -c release")
    }
    for (name, value, least) in [
      ("starts", starts, 1), ("keys", keys, 100), ("depth", depth, 2),
    ] where value < least {
      throw ValidationError("--\(name): expected at least \(least), found \(value)")
    }
  }

  func run() throws {
    let subject: ExplorerSubject
    do {
      subject = try ExplorerSubject(model)
    } catch {
      throw ValidationError(String(describing: error))
    }
    let training =
      data
      ?? (FileManager.default.fileExists(atPath: BenchmarkData.installed)
        ? BenchmarkData.installed : subject.dataPath)
    let progress = ProgressNotes()
    var findings: [Finding] = []
    defer {
      // What was found stays worth printing where something later goes wrong.
      progress.end()
      let report = ExplorerReport(machine: Machine(), model: model, findings: findings)
      print(json ? report.json.indentedText : report.table, terminator: "")
    }
    for name in Self.names where cases.isEmpty || cases.contains(name) {
      progress.note(name)
      findings += try measure(name, subject, training)
    }
  }

  private func measure(
    _ name: String, _ subject: ExplorerSubject, _ training: String
  ) throws -> [Finding] {
    switch name {
    case "first-frame": try FirstFrames.measure(subject, starts: starts)
    case "keys": try KeyTimes.measureIdle(subject, keys: keys)
    case "keys-in-training": try KeyTimes.measureTraining(subject, keys: keys)
    case "repaint": try Repaints.measure(subject)
    case "slow-reader": try SlowReader.measure(subject)
    case "idle": try Idling.measure(subject)
    case "pictures": try LivePictureRate.measure(dataPath: training, depth: depth)
    default: try Watching.measure(dataPath: training, depth: depth)
    }
  }
}

/// Something that was found out about the explorer.
struct Finding {
  let what: String
  /// The most that it should be; nil where there is no goal.
  let goal: Double?
  let found: Double
  let unit: Unit
  /// What stands behind the figure.
  var note = ""

  enum Unit: String {
    case seconds, percent, count
    case bytes
  }

  var meetsGoal: Bool? { goal.map { found <= $0 } }
}

/// Something that was shown is not what should be there: a time would say nothing.
struct WrongScreen: Error, CustomStringConvertible {
  let description: String
}
