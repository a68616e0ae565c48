import ArgumentParser
import ExplorerUI
import HighwayNetworks
import Terminal

/// `tollgate [PATH]`: opens the explorer.
struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the explorer on a run, a checkpoint or the model that comes with tollgate.")

  @Argument(help: "A run directory or a .safetensors checkpoint.")
  var path: String?

  @OptionGroup var options: ExplorerOptions

  func run() throws {
    try reportingFailure {
      try options.explore(OpenModel(try path ?? ModelLocation.defaultPath()))
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

  func validate() throws {
    if samples < 1 { throw ValidationError("--samples: expected at least 1, found \(samples)") }
  }

  /// Opens the explorer on a model and returns when someone has left.
  ///
  /// What `first` says happens before anything else, such as a choice of view.
  ///
  /// - Throws: `TerminalError` where there is no terminal to draw on, or the exit status of a signal.
  func explore(_ model: OpenModel, first: Action? = nil) throws {
    let screen = try Screen(
      TerminalOptions(colors: colors?.depth, ascii: ascii ? true : nil, mouse: mouse))
    defer { screen.close() }
    let mailbox = Mailbox(screen.waker)
    if let first { mailbox.post(first) }
    let opener = ModelOpener(mailbox, dataPath: data, sampleLimit: samples)
    opener.open(model)
    let compared = ComparedRuns(mailbox, dataPath: data, sampleLimit: samples)
    let status = ExplorerLoop(screen, mailbox, opener, compared).run()
    screen.close()
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
