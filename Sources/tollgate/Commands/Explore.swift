import ArgumentParser
import ExplorerUI
import HighwayNetworks
import Terminal

/// `tollgate [PATH]`: opens the explorer.
struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the explorer on a run, a checkpoint or one of the models that are found.")

  @Argument(help: "A run directory or a .safetensors checkpoint.")
  var path: String?

  @OptionGroup var options: ExplorerOptions

  func run() throws {
    try reportingFailure {
      try options.explore(ModelStart(path))
    }
  }
}

/// How the explorer shows a model.
struct ExplorerOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The data set; the one the run names if left out.", valueName: "path"))
  var data: String?

  @Option(help: "Take statistics over the first so many samples of a split at the most.")
  var samples = 10_000

  @Option(help: "truecolor, 256, 16 or mono; found out from the terminal if left out.")
  var colors: ColorChoice?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Flag(inversion: .prefixedNo, help: "Take mouse clicks.")
  var mouse = true

  @Flag(name: .customLong("no-config"), help: "Neither read nor remember settings.")
  var noConfig = false

  func validate() throws {
    if samples < 1 { throw ValidationError("--samples: expected at least 1, found \(samples)") }
  }

  /// Opens the explorer on a model, or on a choice of them, and returns when someone has left.
  ///
  /// What `first` says happens before anything else, such as a choice of view.
  ///
  /// - Throws: `TerminalError` where there is no terminal to draw on, or the exit status of a signal.
  func explore(_ models: ModelStart, first: Action? = nil) throws {
    let settings = noConfig ? nil : PreferencesFile.path.map { PreferencesFile($0) }
    let screen = try Screen(
      TerminalOptions(colors: colors?.depth, ascii: ascii ? true : nil, mouse: mouse))
    defer { screen.close() }
    let mailbox = Mailbox(screen.waker)
    if let first { mailbox.post(first) }
    let opener = ModelOpener(mailbox, dataPath: data, sampleLimit: samples)
    let compared = ComparedRuns(mailbox, dataPath: data, sampleLimit: samples)
    let loop = ExplorerLoop(screen, mailbox, opener, compared, models: models, settings)
    let status = loop.run()
    screen.close()
    var preferences = loop.preferences
    // A view that the command asked for is not one that someone chose.
    if first != nil { preferences.view = settings?.stored?.view ?? .overview }
    do {
      try settings?.keep(preferences)
    } catch {
      // Nothing that was worked on is lost, so this is no failure of the work.
      writeError("tollgate: \(Failure(error).line)\n")
    }
    if status != 0 { throw ExitCode(status) }
  }
}

/// A colour depth as the command line names it.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case truecolor
  case indexed = "256"
  case sixteen = "16"
  case mono

  var depth: Capabilities.ColorDepth {
    switch self {
    case .truecolor: .trueColor
    case .indexed: .indexed256
    case .sixteen: .sixteen
    case .mono: .mono
    }
  }
}
