import ExplorerUI
import HighwayNetworks

/// Someone who presses anything: all that is bound, text, clicks, broken sequences.
///
/// Nothing that is typed can name a place outside the working directory, or a network too large for the machine:
/// slashes, dots and digits come after Escape only, which leaves whatever takes text.
struct RandomPerson {
  private var random: RandomSource
  /// The last inputs, newest last.
  private(set) var recent: [String] = []

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  /// What comes next to a window of a size.
  mutating func input(width: Int, height: Int) -> String {
    let input = nextInput(width: width, height: height)
    recent = (recent + [input]).suffix(80)
    return input
  }

  /// A whole number of a range.
  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// One of some.
  mutating func choice<Element>(_ list: [Element]) -> Element { list[number(0...list.count - 1)] }

  private mutating func nextInput(width: Int, height: Int) -> String {
    switch number(0...999) {
    case ..<400: choice(Self.bound)
    case ..<500: choice(Self.text)
    case ..<600: choice(["t", " ", "<", ">", "\u{1B}6", "\u{1B}1", "]", "\u{1B}."])
    case ..<750: mouse(width: width, height: height)
    case ..<850: choice(Self.phrases)
    case ..<950: choice(["\r", "\r", "\t", "y", "n", "\u{1B}"])
    case ..<998: choice(Self.broken)
    default: choice(Self.leaving)
    }
  }

  /// A click, a drag or a turn of the wheel, as xterm reports it, also beside the window.
  private mutating func mouse(width: Int, height: Int) -> String {
    func report(_ button: Int, _ end: String, _ x: Int, _ y: Int) -> String {
      "\u{1B}[<\(button);\(x);\(y)\(end)"
    }
    let (x, y) = (number(0...width + 2), number(0...height + 2))
    return switch number(0...9) {
    case ..<4: report(0, "M", x, y) + report(0, "m", x, y)
    case ..<6:
      report(0, "M", x, y) + report(32, "M", number(1...width), y)
        + report(32, "M", number(1...width), number(1...height)) + report(0, "m", x, y)
    case ..<9: report(choice([64, 65]), "M", x, y)
    default: report(number(0...255), choice(["M", "m"]), x, y)
    }
  }

  // MARK: - What there is to type

  private static let leaving = ["q", "\u{03}", "\u{1B}qq"]

  private static let bound = Command.table.flatMap(\.keys).map(bytes).filter {
    !leaving.contains($0)
  }

  private static let text =
    "abcefghlmnoprstvwxyz -é漢\u{202E}".map(String.init)
    + ["\u{15}", "\u{17}", "\u{01}", "\u{05}", "\u{0B}", "\u{7F}", "\u{1B}[3~", "\u{1B}[H"]

  private static let phrases = [
    ":layer 2\r", ":unit 4\r", ":class right\r", ":sample 11\r", ":sample 999999999999\r",
    ":epoch 0\r", ":epoch 2\r", ":threshold 0.2 0.7\r", ":threshold 0.5\r", ":clamp 2:1=0.25\r",
    ":clamp 3=1\r", ":filter wrong\r", ":order similarity\r", ":compare other\r", ":open run\r",
    ":export png\r", ":export csv a\r", ":view depth\r", ":colors magma\r", ":keep\r", "e\r", "w\r",
    "w\u{15}run\r", "Aother\r", "/2:3\r", "/c1\r", "/s5\r", "/zzz\r", "g0.5\r", "glayer 0\r", "g",
    "N", "N\r", "N\u{1B}[B\u{1B}[B\u{1B}[B\u{15}3\r", "?clamp", "M\r", ":", ":o\t\t\r",
  ].map { "\u{1B}" + $0 }

  private static let broken = [
    "\u{1B}", "\u{1B}[", "\u{1B}O", "\u{1B}[<0;5", "\u{1B}[<0;99999999999999999999;1M",
    "\u{1B}[M !", "\u{1B}[200~", "\u{1B}]0;x\u{07}", "\u{1B}P1\u{1B}\\", "\u{1B}[12;34R", "\u{00}",
    "\u{FEFF}", "\u{FFFD}", "e\u{301}", "\u{1B}[[A", "\u{1B}[1;5C", "\u{1B}[Z", "\u{1A}", "\u{0C}",
  ]

  /// What a terminal sends for a key.
  private static func bytes(_ key: Key) -> String {
    switch key {
    case .character(let character):
      character.isNumber || "/.".contains(character) ? "\u{1B}\(character)" : String(character)
    case .control(let letter): String(UnicodeScalar((letter.asciiValue ?? 0) & 0x1F))
    case .up: "\u{1B}[A"
    case .down: "\u{1B}[B"
    case .right: "\u{1B}[C"
    case .left: "\u{1B}[D"
    case .pageUp: "\u{1B}[5~"
    case .pageDown: "\u{1B}[6~"
    case .home: "\u{1B}[H"
    case .end: "\u{1B}[F"
    case .tab: "\t"
    case .backTab: "\u{1B}[Z"
    case .enter: "\r"
    case .escape: "\u{1B}"
    case .backspace: "\u{7F}"
    case .delete: "\u{1B}[3~"
    case .function(let number): "\u{1B}O\(UnicodeScalar(UInt8(0x4F + number)))"
    }
  }
}
