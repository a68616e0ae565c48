import ArgumentParser
import ExplorerUI
import HighwayNetworks
import Libc
import TensorFiles

/// `tollgate render`: one view as a picture, or the numbers behind it.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a view as text, SVG, PDF or PNG, or print the numbers behind it.",
    discussion: """
      The picture is the explorer's, without its keys and with a caption. Without --output it goes to \
      standard output.
      """)

  @Argument(help: ArgumentHelp("A view's name or number: \(ViewChoice.names).", valueName: "view"))
  var view: ViewChoice

  @Argument(
    help: ArgumentHelp(
      "A run directory, a checkpoint or recorded gates; for compare, two to eight runs, or one and those beside it.",
      valueName: "path"), transform: typedPath)
  var paths: [String]

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write; its name says the format.", valueName: "file"),
    transform: typedPath)
  var output: String?

  @Option(help: "text, ansi, svg, pdf, png, csv or json.")
  var format: PictureFormat?

  @OptionGroup var shorthand: FormatOptions

  @Option(
    help: ArgumentHelp(
      "The size in characters; 120x40 for text, and what shows heatmaps sharply for pictures, if left out.",
      valueName: "columns x rows"))
  var size: SizeChoice?

  @Option(parsing: .unconditional, help: "PNG: a character is 16 × 32 pixels, times this.")
  var scale = 1

  @OptionGroup(title: "How it looks") var look: PictureLookOptions

  @OptionGroup(title: "What is shown") var subject: PictureSubjectOptions

  @Option(help: "truecolor, 256, 16 or mono; mono for text and else truecolor if left out.")
  var colors: ColorChoice?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  func validate() throws {
    if format != nil, shorthand.csv || shorthand.json {
      throw ValidationError("--format, --csv, --json: choose one")
    }
    let most = view.view.subject == .runs ? Comparison.most : 1
    guard (1...most).contains(paths.count) else {
      throw ValidationError(
        "expected \(most > 1 ? "1 to \(most) paths" : "one path"), found \(paths.count)")
    }
    guard (1...Canvas.largestScale).contains(scale) else {
      throw ValidationError("--scale: expected 1 to \(Canvas.largestScale), found \(scale)")
    }
    let smallest = ViewPicture.smallest
    if let size, size.size.width < smallest.width || size.size.height < smallest.height {
      throw ValidationError(
        "--size: expected at least \(smallest.width)x\(smallest.height), "
          + "found \(size.defaultValueDescription)")
    }
  }

  func run() throws {
    try reportingFailure {
      let format = try chosenFormat()
      if format == .png || format == .pdf, output == nil, isatty(1) == 1 {
        throw Failure.usage(
          "a \(format.rawValue.uppercased()) is not for a terminal; name a file with --output")
      }
      let capabilities = Capabilities(colors: colors?.depth ?? format.colors, unicode: !ascii)
      let standard = Size(width: 120, height: 40)
      let loop = ExplorerLoop(
        nil, size: size?.size ?? standard, capabilities: capabilities, data: subject.data,
        sampleLimit: subject.samples)
      try subject.show(view.view, of: paths, in: loop)
      let picture = ViewPicture(
        loop.state, size: size?.size ?? (format.isGraphic ? nil : standard),
        capabilities: capabilities, options: try look.options(in: loop.state))
      let contents = try picture.contents(format, scale: scale)
      if let output {
        try AtomicFile.write(output, contents)
      } else {
        try writeOutput(contents)
      }
    }
  }

  private func chosenFormat() throws -> PictureFormat {
    if let format { return format }
    if shorthand.csv { return .csv }
    if shorthand.json { return .json }
    guard let output else { return .text }
    guard let format = PictureFormat(path: output) else {
      throw Failure.usage(
        "--output: \(output.excerpt): expected a name that ends in \(PictureFormat.endings), "
          + "or a --format")
    }
    return format
  }
}

/// A view as the command line names it.
struct ViewChoice: ExpressibleByArgument {
  let view: View

  /// What a view may be written as.
  static var names: String {
    View.allCases.map { "\($0.number) or \($0.word)" }.joined(separator: ", ")
  }

  init?(argument: String) {
    let found = View.allCases.first {
      String($0.number) == argument || $0.word == argument.lowercased()
    }
    guard let found else { return nil }
    view = found
  }
}

extension PictureFormat: ExpressibleByArgument {}
extension ColorMap: ExpressibleByArgument {}
extension SampleSplit: ExpressibleByArgument {}
