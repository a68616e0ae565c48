import TensorFiles

/// The tokens of a text as a file has them, in three parts.
public struct TextCorpus: Sendable {
  /// What the tokens are.
  public let unit: TextUnit
  /// The different tokens, in the order in which they are met.
  public private(set) var types: [String] = []
  /// The part to train on, by the numbers of its tokens' types.
  public private(set) var train: [Int32] = []
  /// The part by which training decides.
  public private(set) var validation: [Int32] = []
  /// The part to test on.
  public private(set) var test: [Int32] = []

  private var numbers: [String: Int32] = [:]

  /// One of the parts.
  enum Part: Sendable {
    case train
    case validation
    case test
  }

  init(_ unit: TextUnit) { self.unit = unit }

  /// The longest word, in characters.
  var longest: Int { types.reduce(0) { max($0, $1.unicodeScalars.count) } }

  /// Whether there is no token.
  var isEmpty: Bool { train.isEmpty && validation.isEmpty && test.isEmpty }

  /// Adds a text to a part.
  mutating func add(_ text: TextTokens, to part: Part) {
    let own = text.tokens.map { number($0) }
    switch part {
    case .train: train += own
    case .validation: validation += own
    case .test: test += own
    }
  }

  /// Adds a text, its first nine tenths to train on, the next twentieth for validation and the last to test on.
  mutating func addDivided(_ text: TextTokens) {
    let own = text.tokens.map { number($0) }
    let (first, second) = (own.count * 18 / 20, own.count * 19 / 20)
    train += own[..<first]
    validation += own[first..<second]
    test += own[second...]
  }

  private mutating func number(_ token: String) -> Int32 {
    if let known = numbers[token] { return known }
    let number = Int32(types.count)
    types.append(token)
    numbers[token] = number
    return number
  }
}

/// A text, with what it is told apart by and cut into.
public struct EncodedText: Sendable {
  /// The tokens.
  public let corpus: TextCorpus
  /// How they become inputs.
  public let encoding: TextEncoding
}

/// How tokens become the inputs of a network.
public struct TextEncoding: Hashable, Sendable {
  /// The words that the network predicts, and the characters that it reads.
  public var vocabulary: Vocabulary
  /// The number of tokens of a segment, or the most of a line.
  public var steps: Int
  /// The number of characters of a word, with its marks and padding; 1 where words are read by their ids.
  public var length: Int

  /// The number of tokens of a segment where nobody says so, as in Kim's paper.
  static let usualSteps = 35
  /// The most tokens of a line where nobody says so; longer lines are left out.
  static let usualLineSteps = 30
  /// The most words of a vocabulary where nobody says so.
  static let usualWords = 10_000
  /// The most characters of a word, its marks among them, as in Kim's paper.
  static let mostCharacters = 65

  /// The usual encoding of a text.
  init(
    of corpus: TextCorpus, words: Int = usualWords, byCharacters: Bool, byLines: Bool = false
  ) {
    vocabulary = Vocabulary(
      of: corpus, atMost: words, byCharacters: byCharacters, byLines: byLines)
    steps = byLines ? Self.usualLineSteps : Self.usualSteps
    length = byCharacters ? min(Self.mostCharacters, corpus.longest + 2) : 1
  }

  /// An encoding for a network's input.
  init(_ vocabulary: Vocabulary, steps: Int, length: Int) {
    self.vocabulary = vocabulary
    self.steps = steps
    self.length = length
  }
}

extension DataSet {
  /// The same text, encoded otherwise.
  ///
  /// - Precondition: The data set is a text.
  func encoded(by encoding: TextEncoding) -> DataSet {
    guard let text else { preconditionFailure("the data set is a text") }
    return text.encoding == encoding
      ? self : DataSet(name: name, EncodedText(corpus: text.corpus, encoding: encoding))
  }

  /// The same text as a network reads it, by the vocabulary that is given or else its own; other data as they are.
  package func encoded(for architecture: Architecture, _ vocabulary: Vocabulary?) -> DataSet {
    guard let text, architecture.task.readsText, let words = architecture.classes else {
      return self
    }
    let steps = architecture.input.positionCount
    var encoding = TextEncoding(
      of: text.corpus, words: words, byCharacters: architecture.readsCharacters,
      byLines: architecture.task == .autoencode)
    if steps > 1 { encoding.steps = steps }
    encoding.length = architecture.input.features
    if let vocabulary { encoding.vocabulary = vocabulary }
    return encoded(by: encoding)
  }

  /// How many different characters words are read by; 0 where they are not.
  package var characters: Int { text?.encoding.vocabulary.alphabet.count ?? 0 }

  /// The same text with so many words told apart, read by their characters or not, whole or line by line; other data as
  /// they are.
  package func encoded(words: Int, byCharacters: Bool, byLines: Bool = false) -> DataSet {
    text.map {
      encoded(
        by: TextEncoding(
          of: $0.corpus, words: words, byCharacters: byCharacters, byLines: byLines))
    } ?? self
  }
}
