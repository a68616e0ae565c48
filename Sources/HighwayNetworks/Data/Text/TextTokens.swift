/// The tokens of a text, with a mark at the end of each line that is not empty.
struct TextTokens {
  private(set) var tokens: [String] = []

  /// The longest word that is read, in characters.
  static let longest = 4_096

  /// How a text is cut.
  enum Division: Sendable {
    /// At white space, as the text has been tokenized already.
    case spaces
    /// Into words in small letters, numbers and marks.
    case words
    /// Into characters.
    case characters
  }

  /// Cuts a text.
  ///
  /// The mark of line ends stands nowhere else; `<unk>` becomes the one of unknown words.
  ///
  /// - Throws: ``DataError/line(path:line:expected:found:)`` where a word is too long.
  init(_ text: String, _ division: Division, path: String) throws(DataError) {
    var number = 0
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let scalars: [Unicode.Scalar] = line.filter { Kind($0) != .ignored }
      let before = tokens.count
      switch division {
      case .characters: cutCharacters(scalars)
      case .spaces: try cut(scalars, path, number) { $0 != .space }
      case .words: try cut(scalars, path, number) { _ in nil }
      }
      if tokens.count > before { tokens.append(Vocabulary.lineEnd) }
    }
  }

  private mutating func cutCharacters(_ scalars: [Unicode.Scalar]) {
    for scalar in scalars where scalar != "+" {
      tokens.append(Kind(scalar) == .space ? " " : String(scalar))
    }
  }

  /// Cuts a line; `goesOn` says which kinds a token is made of, or nil for words.
  private mutating func cut(
    _ scalars: [Unicode.Scalar], _ path: String, _ line: Int, _ goesOn: (Kind) -> Bool?
  ) throws(DataError) {
    let kinds = scalars.map { Kind($0) }
    var start = 0
    while start < scalars.count {
      let kind = kinds[start]
      var end = start + 1
      guard kind != .space else {
        start = end
        continue
      }
      let isPlain = goesOn(kind) == nil
      while end < scalars.count {
        if let more = goesOn(kinds[end]) {
          guard more else { break }
        } else {
          // An apostrophe between letters belongs to the word.
          let isInside =
            kinds[end] == .apostrophe && end + 1 < scalars.count && kinds[end + 1] == .letter
          guard
            kind == .letter && (kinds[end] == .letter || isInside)
              || kind == .digit && kinds[end] == .digit
          else { break }
        }
        end += 1
      }
      guard end - start <= Self.longest else {
        throw .line(
          path: path, line: line, expected: "words of at most \(Self.longest) characters",
          found: "one of \(end - start)")
      }
      append(scalars[start..<end], inSmallLetters: isPlain)
      start = end
    }
  }

  private mutating func append(_ scalars: ArraySlice<Unicode.Scalar>, inSmallLetters: Bool) {
    var word = ""
    for scalar in scalars {
      if inSmallLetters, !scalar.isASCII || "A"..."Z" ~= scalar {
        word += scalar.properties.lowercaseMapping
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    if word == "<unk>" { word = Vocabulary.unknown }
    if word != Vocabulary.lineEnd { tokens.append(word) }
  }

  /// What a character is in a text.
  private enum Kind {
    case space
    case letter
    case digit
    case apostrophe
    case mark
    case ignored

    init(_ scalar: Unicode.Scalar) {
      switch scalar {
      case "a"..."z", "A"..."Z": self = .letter
      case "0"..."9": self = .digit
      case " ", "\t", "\r", "\u{B}", "\u{C}": self = .space
      case "'", "\u{2019}": self = .apostrophe
      case "!"..."~": self = .mark
      default:
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: self = .letter
        case .control, .format, .surrogate, .unassigned, .privateUse: self = .ignored
        case .decimalNumber: self = .digit
        default:
          self = properties.isWhitespace ? .space : properties.isAlphabetic ? .letter : .mark
        }
      }
    }
  }
}
