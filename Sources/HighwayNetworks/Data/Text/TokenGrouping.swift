/// A division of the tokens of a text into groups, such as by their length.
public struct TokenGrouping: Sendable {
  /// What it divides by, in a word.
  public let name: String
  /// The groups.
  public let groupNames: [String]
  /// The group of each type of token.
  let ofType: [Int32]
  /// The group of each word of the vocabulary.
  let ofLabel: [Int32]

  /// The groupings of a text's tokens, that by kind first; of each type its place in the vocabulary is given, that of
  /// unknown words where it is in none.
  static func all(
    _ unit: TextUnit, types: [String], places: [Int32], vocabulary: Vocabulary
  ) -> [TokenGrouping] {
    // Rank 1 is the most frequent word's, 0 that of unknown ones and of marks that no text has.
    func rank(_ place: Int) -> Int { max(0, place - Int(vocabulary.unknownID)) }
    func grouping(
      _ name: String, _ names: [String], _ group: (String, Int) -> Int32
    ) -> TokenGrouping {
      TokenGrouping(
        name: name, groupNames: names, ofType: zip(types, places).map { group($0, rank(Int($1))) },
        ofLabel: vocabulary.words.enumerated().map { group($1, rank($0)) })
    }
    let kinds = TokenKinds(unit)
    let byKind = grouping("kind", kinds.names) { kinds.kind(of: $0, rank: $1) }
    switch unit {
    case .words:
      return [
        byKind, grouping("frequency", frequencyNames) { frequency(rank: $1) },
        grouping("length", lengthNames) { word, _ in length(word) },
      ]
    case .characters:
      return [
        byKind, grouping("case", caseNames) { character, _ in letterCase(character) },
        grouping("vowel", vowelNames) { character, _ in vowel(character) },
      ]
    }
  }

  private static let frequencyNames = [
    "10 most frequent", "next 90", "next 900", "rarer words", "unknown",
  ]

  private static func frequency(rank: Int) -> Int32 {
    rank == 0 ? 4 : rank <= 10 ? 0 : rank <= 100 ? 1 : rank <= 1_000 ? 2 : 3
  }

  private static let lengthNames =
    (1...9).map { $0 == 1 ? "1 character" : "\($0) characters" } + ["10 and more"]

  private static func length(_ word: String) -> Int32 {
    Int32(min(max(1, word.unicodeScalars.count), lengthNames.count) - 1)
  }

  private static let caseNames = ["small letters", "capitals", "no letters"]

  private static func letterCase(_ character: String) -> Int32 {
    guard let scalar = letter(character) else { return 2 }
    return scalar.properties.isUppercase ? 1 : 0
  }

  private static let vowelNames = ["vowels", "other letters", "no letters"]

  private static func vowel(_ character: String) -> Int32 {
    guard let scalar = letter(character) else { return 2 }
    return "aeiou".unicodeScalars.contains(
      scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar) ? 0 : 1
  }

  /// The letter that a token is; nil where it is none.
  private static func letter(_ character: String) -> Unicode.Scalar? {
    guard character != Vocabulary.lineEnd, let scalar = character.unicodeScalars.first,
      scalar.properties.isAlphabetic
    else { return nil }
    return scalar
  }
}
