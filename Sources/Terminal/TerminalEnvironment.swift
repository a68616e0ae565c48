package import ExplorerUI
import Libc

/// The environment variables that say what the terminal can do.
package struct TerminalEnvironment: Hashable, Sendable {
  /// TERM.
  package var name: String?
  /// COLORTERM.
  package var colorTerm: String?
  /// NO_COLOR: no colour if it is not empty (no-color.org).
  package var noColor: String?
  /// TMUX.
  package var tmux: String?
  /// STY, which GNU screen sets.
  package var screen: String?
  /// COLORFGBG: the numbers of the foreground and the background, as rxvt and Konsole set it.
  package var colorNumbers: String?

  package init(
    name: String? = nil, colorTerm: String? = nil, noColor: String? = nil, tmux: String? = nil,
    screen: String? = nil, colorNumbers: String? = nil
  ) {
    self.name = name
    self.colorTerm = colorTerm
    self.noColor = noColor
    self.tmux = tmux
    self.screen = screen
    self.colorNumbers = colorNumbers
  }

  /// The environment of this process.
  static func current() -> TerminalEnvironment {
    TerminalEnvironment(
      name: variable("TERM"), colorTerm: variable("COLORTERM"), noColor: variable("NO_COLOR"),
      tmux: variable("TMUX"), screen: variable("STY"),
      colorNumbers: variable("COLORFGBG"))
  }

  /// The value of an environment variable, nil if it is not set.
  package static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(systemPath: value)
  }

  /// Whether the terminal says that it takes 24-bit colours.
  ///
  /// COLORTERM outlives the terminal that set it: GNU screen and the console inherit it and cannot.
  var promisesDirectColor: Bool {
    guard let colorTerm, colorTerm == "truecolor" || colorTerm == "24bit" else { return false }
    guard let name, !isInScreen else { return false }
    let isScreen = name.hasPrefix("screen") && (tmux ?? "").isEmpty
    return !isScreen && name != "linux"
  }

  /// Whether GNU screen stands between the program and the terminal, whatever TERM says: it garbles 24-bit
  /// colours into others.
  var isInScreen: Bool { !(screen ?? "").isEmpty }

  /// What COLORFGBG says of the background; dark where it says nothing.
  package var ground: Ground {
    guard let number = colorNumbers?.split(separator: ";").last.flatMap({ UInt8($0) }),
      number < 16
    else { return .dark }
    return Ground(background: XtermPalette.color(number))
  }

  /// Whether the terminal may be asked for its background: it then answers, or passes over what it does not
  /// know, as GNU screen and tmux do where no terminal stands behind them.
  var takesQuestions: Bool {
    name.map { !$0.hasPrefix("linux") && !$0.hasPrefix("vt") } ?? false
  }

  /// What ESCDELAY asks for, in milliseconds, as far as it makes sense; 25 without it.
  package static func escapeDelay(_ text: String?) -> Int32 {
    guard let text, let value = Int(text), value >= 0 else { return 25 }
    return Int32(min(value, 10_000))
  }
}

/// What terminfo says of a terminal.
package struct TerminalDescription: Hashable, Sendable {
  /// The size of the palette; 0 for none.
  package var colors: Int
  /// Whether colour numbers are red, green and blue (`RGB`), not places in a palette.
  package var isDirect: Bool
  /// The name of a capability that a full screen cannot do without and this terminal lacks.
  package var missing: String?

  package init(colors: Int, isDirect: Bool = false, missing: String? = nil) {
    self.colors = colors
    self.isDirect = isDirect
    self.missing = missing
  }
}

/// Which terminfo entry to use, and how many colours.
package struct TerminalPlan: Hashable, Sendable {
  package enum Entry: Hashable, Sendable {
    /// The database's entry of this name.
    case named(String)
    /// The entry that the program brings along.
    case direct
  }

  package var entry: Entry
  package var colors: Capabilities.ColorDepth

  /// Decides from what was asked, what the environment says and what terminfo knows.
  ///
  /// `description` is what terminfo says of the terminal called TERM, nil if it does not know it.
  ///
  /// - Throws: ``TerminalError/terminalNotNamed`` without TERM,
  ///   ``TerminalError/unknownTerminal(name:)`` if terminfo does not know it and nothing promises
  ///   direct colour, ``TerminalError/unusableTerminal(name:missing:)`` if it has no full screens.
  package init(
    asked: Capabilities.ColorDepth?, environment: TerminalEnvironment,
    description: TerminalDescription?
  ) throws(TerminalError) {
    guard let name = environment.name, !name.isEmpty else { throw .terminalNotNamed }
    if let missing = description?.missing {
      throw .unusableTerminal(name: name, missing: missing)
    }
    let direct =
      !environment.isInScreen && (environment.promisesDirectColor || description?.isDirect == true)
    if let asked {
      colors = environment.isInScreen ? min(asked, .indexed256) : asked
    } else if let noColor = environment.noColor, !noColor.isEmpty {
      colors = .mono
    } else if direct {
      colors = .trueColor
    } else {
      colors = Self.depth(ofPalette: description?.colors ?? 0)
    }
    // A direct entry of the database may write colours with colons, which some terminals print as
    // text; and a terminal too new for the database still takes what ours sends.
    if environment.isInScreen, description?.isDirect == true {
      entry = .named("screen-256color")
    } else if colors == .trueColor || description?.isDirect == true {
      entry = .direct
    } else {
      entry = .named(name)
    }
    guard let description else {
      guard direct || asked == .trueColor && !environment.isInScreen else {
        throw .unknownTerminal(name: name)
      }
      entry = .direct
      return
    }
    if entry != .direct { colors = min(colors, Self.depth(ofPalette: description.colors)) }
  }

  /// The depth that a palette of so many colours allows.
  static func depth(ofPalette colors: Int) -> Capabilities.ColorDepth {
    switch colors {
    case 256...: .indexed256
    case 8...: .sixteen
    default: .mono
    }
  }
}
