import ArgumentParser
import ExplorerUI

/// Keys that are played to the explorer without a terminal.
struct PlayOptions: ParsableArguments {
  /// How the screen is printed.
  enum Dump: String, EnumerableFlag {
    case dump
    case dumpAnsi

    static func help(for value: Dump) -> ArgumentHelp? {
      switch value {
      case .dump: "Print the screen as rows of text, with no terminal, and leave."
      case .dumpAnsi: "The same with colours, as escape sequences."
      }
    }
  }

  @Flag var dump: Dump?

  @Option(
    help: ArgumentHelp(
      """
      Keys to play first, with blanks between them, named as in the help: "2 ] ] Tab / 17:23 Enter". \
      What a key sets going runs to its end before the next.
      """, valueName: "keys"))
  var keys = ""

  @Option(help: ArgumentHelp("The size of the screen.", valueName: "columns x rows"))
  var size = SizeChoice(Size(width: 100, height: 30))

  /// The format to print the screen in; nil where it is to be shown on the terminal.
  var format: PictureFormat? {
    switch dump {
    case .dump: .text
    case .dumpAnsi: .ansi
    case nil: nil
    }
  }

  func validate() throws {
    if dump == nil, !keys.isEmpty {
      throw ValidationError("--keys: plays without a terminal; add --dump or --dump-ansi")
    }
  }
}

/// A number of columns and rows, written as `160x48`.
struct SizeChoice: ExpressibleByArgument {
  /// The most columns and rows.
  static let largest = Size(width: 1_000, height: 500)

  let size: Size

  init(_ size: Size) { self.size = size }

  init?(argument: String) {
    let parts = argument.lowercased().split(
      separator: "x", omittingEmptySubsequences: false
    ).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1],
      (1...Self.largest.width).contains(width), (1...Self.largest.height).contains(height)
    else { return nil }
    size = Size(width: width, height: height)
  }

  var defaultValueDescription: String { "\(size.width)x\(size.height)" }
}
