import Foundation
import HighwayNetworks
import TerminalHarness

/// The model that the explorer is started on, and what it should show of it.
struct ExplorerSubject {
  /// The terminal that most measurements use.
  static let width = 120
  static let height = 40

  let model: String
  let dataPath: String
  let run: RunDirectory
  /// The last recorded epoch.
  let lastEpoch: Int
  let layers: Int
  let units: Int
  /// The row of the inspector for the first unit of the first layer, as the library has its numbers.
  private let meanOfFirstUnit: String

  init(_ model: String) throws {
    self.model = model
    run = try RunDirectory.open(model)
    guard let last = run.epochs.last else {
      throw WrongScreen(description: "\(model): the run has no recorded epoch")
    }
    lastEpoch = last
    let checkpoint = try run.checkpoint(epoch: last)
    // Where the program looks for it too: beside the runs that come with it.
    let name = (run.description.data?.name ?? "").lowercased()
    dataPath = URL(filePath: model).deletingLastPathComponent().path + "/data/" + name
    let data = try DataSet.open(dataPath)
    let statistics = Inference(checkpoint.network).statistics(
      of: try Samples(
        data.test, of: data, for: checkpoint.network.architecture,
        normalization: run.description.data?.normalization))
    guard let first = statistics.layers.first else {
      throw WrongScreen(description: "\(model): the network has no highway layer")
    }
    layers = statistics.layers.count
    units = first.meanT.count
    meanOfFirstUnit =
      "\(NumberFormat.fixed(Double(first.meanT[0]), 3)) ± \(NumberFormat.fixed(Double(first.stdT[0]), 3))"
  }

  /// Starts the explorer in a terminal of true colour, whose frames it marks.
  func start(
    width: Int = Self.width, height: Int = Self.height, stateDirectory: String? = nil
  ) throws -> PseudoTerminal {
    try Self.start(
      [model, "--data", dataPath], width: width, height: height, stateDirectory: stateDirectory)
  }

  /// The same with other arguments.
  static func start(
    _ arguments: [String], width: Int = Self.width, height: Int = Self.height,
    stateDirectory: String? = nil
  ) throws -> PseudoTerminal {
    var environment = [
      "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8",
      "PATH": "/usr/bin:/bin",
    ]
    environment["XDG_STATE_HOME"] = stateDirectory
    return try PseudoTerminal(
      [try PseudoTerminal.product("tollgate")] + arguments + ["--no-config"],
      environment: environment, width: width, height: height)
  }

  /// Starts it and waits until all of the model's numbers are there.
  func open(
    width: Int = Self.width, height: Int = Self.height, stateDirectory: String? = nil
  ) throws -> PseudoTerminal {
    let terminal = try start(width: width, height: height, stateDirectory: stateDirectory)
    _ = try terminal.frame(showing: "the statistics", until: showsStatistics)
    return terminal
  }

  /// Whether the screen has the numbers of the first unit, and the first sample.
  func showsStatistics(_ screen: VirtualScreen) -> Bool {
    screen.contains(meanOfFirstUnit) && (screen.text.first ?? "").contains("sample 0, true ")
      && (screen.text.first ?? "").contains("epoch \(lastEpoch)")
  }

  /// The epoch that the heading names.
  static func epochShown(_ screen: VirtualScreen) -> Int? {
    (screen.text.first ?? "").firstMatch(of: /epoch (\d+)/).flatMap { Int($0.1) }
  }

  /// Whether the screen says that an epoch is in training.
  static func showsTraining(_ screen: VirtualScreen) -> Bool {
    screen.text.count > 1 && screen.text[1].contains("training epoch")
  }

  /// Whether the screen has the header of any frame.
  static func showsAnything(_ screen: VirtualScreen) -> Bool {
    (screen.text.first ?? "").hasPrefix(" tollgate")
  }
}

/// Gives a new, empty directory, which goes afterwards.
func withTemporaryDirectory<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory.path + "/tollgate-bench-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}
