import TensorFiles

/// What a network that reads a text tells apart: the words that it predicts, and the characters that it reads.
public struct Vocabulary: Hashable, Sendable {
  /// What stands for a word that is in no vocabulary, and in a tokenized text is written `<unk>`.
  public static let unknown = "|"
  /// What stands at the end of each line.
  public static let lineEnd = "+"

  /// The words by their ids, that for unknown ones first, then the more frequent before the others.
  public let words: [String]
  /// How often each stands in the text that the vocabulary was taken from; none where nobody knows.
  public let counts: [Int]
  /// The characters by their ids: padding, the start and the end of a word, then those of the text; none where words
  /// are read by their ids.
  public let alphabet: [String]

  /// The ids in an alphabet that stand for no character.
  static let (padding, start, end) = (Int32(0), Int32(1), Int32(2))
  private static let marks = ["", "{", "}"]

  /// Takes a vocabulary from a file.
  public init(words: [String], counts: [Int] = [], alphabet: [String] = []) {
    self.words = words
    self.counts = counts
    self.alphabet = alphabet
  }

  /// What stands before the words where a text is read line by line: nothing, the beginning and the end of a line, and
  /// unknown words, as a decoder knows them.
  private static let lineMarks = ["", "{", lineEnd, unknown]

  /// Whether it is of a text that is read line by line.
  public var isByLines: Bool { words.starts(with: Self.lineMarks) }

  /// The id of words that are in no vocabulary.
  var unknownID: Int32 { isByLines ? 3 : 0 }

  /// The ids of words, without those that no text has.
  var ids: [String: Int32] {
    let first = isByLines ? 2 : 0
    return Dictionary(
      zip(words.dropFirst(first), Int32(first)..<Int32(max(first, words.count)))
    ) { first, _ in first }
  }

  /// The vocabulary of a text: its most frequent words, and all its characters where it is read by them.
  init(of corpus: TextCorpus, atMost limit: Int, byCharacters: Bool, byLines: Bool = false) {
    let marks = byLines ? Self.lineMarks : [Self.unknown]
    var counts = [Int](repeating: 0, count: corpus.types.count)
    for type in corpus.train { counts[Int(type)] += 1 }
    let known = corpus.types.indices.filter {
      counts[$0] > 0 && !marks.contains(corpus.types[$0])
    }
    // Types are numbered in the order in which they are met.
    let order = known.sorted { counts[$0] == counts[$1] ? $0 < $1 : counts[$0] > counts[$1] }
      .prefix(max(0, limit - marks.count))
    words = marks + order.map { corpus.types[$0] }
    let ends = byLines ? corpus.types.firstIndex(of: Self.lineEnd).map { counts[$0] } ?? 0 : 0
    let unknown = corpus.train.count - ends - order.reduce(0) { $0 + counts[$1] }
    self.counts = (byLines ? [0, 0, ends] : []) + [unknown] + order.map { counts[$0] }
    var characters: Set<Unicode.Scalar> = []
    if byCharacters {
      for (type, count) in zip(corpus.types, counts) where count > 0 {
        characters.formUnion(type.unicodeScalars)
      }
    }
    alphabet =
      byCharacters
      ? Self.marks + characters.sorted().prefix(Self.mostCharacters).map { String($0) } : []
  }

  /// The most characters beside the marks.
  private static let mostCharacters = 1 << 15

  /// What a text is cut into for it: characters where its words are those.
  public var unit: TextUnit {
    words.count > 2 && words.allSatisfy { $0.unicodeScalars.count <= 1 } ? .characters : .words
  }
}

/// What a text is cut into.
public enum TextUnit: String, Hashable, Sendable, CaseIterable {
  /// Words, numbers and marks.
  case words
  /// Characters.
  case characters
}
