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

  func run() throws {
    try reportingFailure {
      let model = try OpenModel(try path ?? ModelLocation.defaultPath())
      let screen = try Screen(
        TerminalOptions(colors: colors?.depth, ascii: ascii ? true : nil, mouse: mouse))
      defer { screen.close() }
      let mailbox = Mailbox(screen.waker)
      // The data set can take a while to unpack; the screen is there meanwhile.
      let opener = SerialWorker()
      opener.perform {
        let session = Session(model, dataPath: data, sampleLimit: samples)
        mailbox.post(.opened(session), .action(.modelOpened(session.summary())))
      }
      let status = ExplorerLoop(screen, mailbox).run()
      screen.close()
      if status != 0 { throw ExitCode(status) }
    }
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
