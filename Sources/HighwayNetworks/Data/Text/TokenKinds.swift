/// The kinds of tokens that the steps of a text are grouped by.
struct TokenKinds {
  let names: [String]
  private let unit: TextUnit

  init(_ unit: TextUnit) {
    self.unit = unit
    switch unit {
    case .words:
      names = [
        "100 most frequent", "next 900", "rarer words", "unknown", "numbers", "punctuation",
        "line ends",
      ]
    case .characters:
      names = [
        "vowels", "consonants", "capitals", "other letters", "digits", "spaces", "punctuation",
        "line ends",
      ]
    }
  }

  /// The kind of a token that has a place in the vocabulary, 0 where it is in none.
  func kind(of token: String, rank: Int) -> Int32 {
    unit == .words ? ofWord(token, rank) : ofCharacter(token)
  }

  private func ofWord(_ word: String, _ rank: Int) -> Int32 {
    if word == Vocabulary.lineEnd { return 6 }
    guard let first = word.unicodeScalars.first, rank > 0, word != Vocabulary.unknown
    else { return 3 }
    if word.unicodeScalars.contains(where: \.properties.isAlphabetic) {
      return rank <= 100 ? 0 : rank <= 1_000 ? 1 : 2
    }
    return first.properties.numericType == nil ? 5 : 4
  }

  private func ofCharacter(_ character: String) -> Int32 {
    if character == Vocabulary.lineEnd { return 7 }
    guard let scalar = character.unicodeScalars.first else { return 6 }
    switch scalar {
    case "a", "e", "i", "o", "u": return 0
    case "b"..."z": return 1
    case "0"..."9": return 4
    case " ": return 5
    default:
      let properties = scalar.properties
      return properties.isUppercase ? 2 : properties.isAlphabetic ? 3 : 6
    }
  }
}
