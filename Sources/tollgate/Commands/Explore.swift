import ArgumentParser
import ExplorerUI
import HighwayNetworks
import Terminal

/// `tollgate [PATH]`: opens the explorer.
struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the explorer on a run, a checkpoint or one of the models that are found.")

  @Argument(
    help:
      """
      A run, a checkpoint (safetensors, PyTorch, HDF5, .npz; #NAME for one of several stacks) or recorded \
      gates; ssh://[user@]host[:port]/path for one on another machine.
      """,
    transform: typedPath)
  var path: String?

  @OptionGroup var architecture: ArchitectureOption
  @OptionGroup var options: ExplorerOptions

  func run() throws {
    try reportingFailure {
      if let path, RemotePlace.isOne(path) { return try exploreRemote(path) }
      try options.explore(
        ModelStart(
          path, architecture: try architecture.read(), choice: architecture.convention.choice,
          sampleLimit: options.samples))
    }
  }

  /// Opens a run on another machine; ssh may ask for a password before the screen is taken, and not later.
  private func exploreRemote(_ address: String) throws {
    let copy = try RemoteCopy(readingRemotePlace(address))
    let interruption = Interruption.catching()
    let outcome = copy.update(asks: true) { !interruption.happened }
    if interruption.happened { throw Failure("interrupted", status: 128 + interruption.signal) }
    let isHere = ModelLocation.exists(copy.path)
    if case .failed(let problem) = outcome, !isHere {
      throw Failure("\(copy.place.words): \(problem)")
    }
    var start = ModelStart.begun(copy.path)
    do {
      if isHere {
        start = try ModelStart(
          copy.path, architecture: try architecture.read(), choice: architecture.convention.choice,
          sampleLimit: options.samples)
      }
    } catch {
      let isWhole = outcome == .copied && copy.isOfSomethingElse
      guard copy.isIncomplete(error), !isWhole else { throw error }
    }
    try options.explore(start, remote: (copy, outcome))
  }

  private func readingRemotePlace(_ address: String) throws -> RemotePlace {
    do { return try RemotePlace(address) } catch { throw Failure.usage("\(error)") }
  }
}

/// How the explorer shows a model.
struct ExplorerOptions: ParsableArguments {
  @OptionGroup var dataOptions: DataOptions
  var data: DataPlace? { dataOptions.place }

  @Option(help: "The samples to look at first: train or test; test if there are any.")
  var split: SampleSplit?

  @Option(
    parsing: .unconditional,
    help: "Take statistics over the first so many samples of a split at the most.")
  var samples = 10_000

  @Option(help: "truecolor, 256, 16 or mono; found out from the terminal if left out.")
  var colors: ColorChoice?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(
    help:
      "Colours of texts for a dark or a light ground; auto asks the terminal; as last if left out.")
  var theme: ThemeChoice?

  @Flag(inversion: .prefixedNo, help: "Take mouse clicks.")
  var mouse = true

  @Flag(name: .customLong("no-config"), help: "Neither read nor remember settings.")
  var noConfig = false
  @OptionGroup(title: "Without a terminal") var played: PlayOptions

  func validate() throws {
    if samples < 1 { throw ValidationError("--samples: expected at least 1, found \(samples)") }
  }

  /// Opens the explorer on a model, or on a choice of them, and returns when someone has left.
  ///
  /// What `first` says happens before anything else, such as a choice of view.
  ///
  /// - Throws: `TerminalError` where there is no terminal to draw on, or the exit status of a signal.
  func explore(
    _ models: ModelStart, first: Action? = nil,
    remote: (copy: RemoteCopy, outcome: RemoteCopy.Outcome)? = nil
  ) throws {
    if let format = played.format { return try play(models, first: first, format) }
    let settings = noConfig ? nil : PreferencesFile.path.map { PreferencesFile($0) }
    let screen = try Screen(
      TerminalOptions(
        colors: colors?.depth, ascii: ascii ? true : nil, mouse: mouse,
        asksForBackground: theme?.ground == nil))
    defer { screen.close() }
    let loop = ExplorerLoop(
      screen, size: screen.size, capabilities: screen.capabilities, data: data,
      sampleLimit: samples, remote: remote)
    loop.state.preferredSplit = split
    settings?.stored?.apply(to: &loop.state.display)
    loop.state.knowsTour = settings?.stored?.knowsTour ?? false
    // What cannot be remembered would be offered again and again.
    loop.state.offersTour =
      settings != nil && settings?.problem == nil && !loop.state.knowsTour
      && ModelLocation.tour() != nil
    if let theme { loop.state.display.theme = theme }
    loop.state.chooseGround()
    if let problem = settings?.problem { loop.handle(.noticed(Message(.warning, problem))) }
    loop.start(models)
    if let first { loop.handle(first) }
    loop.offerLeftovers()
    let status = loop.run()
    screen.close()
    for line in loop.farewells { writeError("tollgate: \(line)\n") }
    var preferences = loop.preferences
    // A view that the command asked for is not one that someone chose.
    if first != nil { preferences.view = settings?.stored?.view ?? .first }
    // Nor is a theme that an option asked for one that was chosen to stay.
    if preferences.theme == theme { preferences.theme = settings?.stored?.theme ?? .auto }
    do {
      try settings?.keep(preferences)
    } catch {
      // Nothing that was worked on is lost, so this is no failure of the work.
      writeError("tollgate: \(Failure(error).line)\n")
    }
    if status != 0 { throw ExitCode(status) }
  }
}

extension ExplorerOptions {
  /// Plays keys and prints the screen that they lead to.
  private func play(_ models: ModelStart, first: Action?, _ format: PictureFormat) throws {
    if case .begun(let path) = models {
      guard RecordingTimeline.isAwaited(path) else { throw RunError.noEpoch(path: path) }
      throw RecordingError.noEpoch(path: path)
    }
    let capabilities = Capabilities(
      colors: colors?.depth ?? format.colors, unicode: !ascii, ground: theme?.ground ?? .dark)
    let loop = ExplorerLoop(
      nil, size: played.size.size, capabilities: capabilities, data: data, sampleLimit: samples)
    loop.state.preferredSplit = split
    loop.start(models)
    if let first { loop.handle(first) }
    loop.settle()
    try loop.play(KeyScript(played.keys))
    loop.finish()
    let canvas = loop.canvas
    try writeOutput(
      format == .ansi ? canvas.ansi() : canvas.textRows().map { $0 + "\n" }.joined())
  }
}

extension ThemeChoice: ExpressibleByArgument {}

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
