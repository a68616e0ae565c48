/// What a network is given of each type of token of a text, and what it should predict for it.
public struct Lexicon: Sendable {
  /// The types.
  public let types: [String]
  /// The words that a network tells apart, by their ids.
  public let vocabulary: [String]
  /// The number of values that a network is given of a token: the ids of its characters, or its own.
  public let features: Int
  /// What steps can be grouped by, the kinds of their tokens first.
  public let groupings: [TokenGrouping]
  /// The word of the vocabulary of each type, that of unknown ones where it is in none.
  let labelOfType: [Int32]
  /// `[types, features]`.
  private let inputs: [Float]

  init(_ text: EncodedText) {
    let (corpus, encoding) = (text.corpus, text.encoding)
    let vocabulary = encoding.vocabulary
    types = corpus.types
    self.vocabulary = vocabulary.words
    features = encoding.length
    let ids = vocabulary.ids
    let unknown = vocabulary.unknownID
    labelOfType = types.map { ids[$0] ?? unknown }
    groupings = TokenGrouping.all(
      corpus.unit, types: types, places: labelOfType, vocabulary: vocabulary)
    guard !vocabulary.alphabet.isEmpty else {
      inputs = labelOfType.flatMap {
        [Float($0)] + [Float](repeating: 0, count: encoding.length - 1)
      }
      return
    }
    let characters = Dictionary(
      zip(vocabulary.alphabet, 0...).dropFirst(Int(Vocabulary.end) + 1).map { ($0, Float($1)) }
    ) { first, _ in first }
    inputs = types.flatMap { type -> [Float] in
      // A character that is in no alphabet says as much as padding.
      let own = type.unicodeScalars.prefix(max(0, encoding.length - 2)).map {
        characters[String($0)] ?? Float(Vocabulary.padding)
      }
      let word = [Float(Vocabulary.start)] + own + [Float(Vocabulary.end)]
      return Array(word.prefix(encoding.length))
        + [Float](repeating: 0, count: max(0, encoding.length - word.count))
    }
  }

  /// What a network is given of a type; `[features]`.
  func input(of type: Int32) -> ArraySlice<Float> {
    inputs[Int(type) * features..<(Int(type) + 1) * features]
  }
}

/// What stands at the steps of segments of a text.
public struct TextSteps: Sendable {
  /// The type of the token at each step, that of the first token behind the end; `[segments, steps]`.
  let types: [Int32]
  /// What the types are.
  public let lexicon: Lexicon

  /// The group of each by one of the groupings, −1 behind the ends; `[segments, steps]`.
  func groups(_ grouping: Int, lengths: [Int32]) -> [Int32] {
    let ofType = lexicon.groupings[grouping].ofType
    let steps = types.count / max(1, lengths.count)
    return types.enumerated().map { index, type in
      index % steps < Int(lengths[index / steps]) ? ofType[Int(type)] : -1
    }
  }

  /// The tokens of a segment of so many steps.
  func tokens(of segment: Int, steps: Int, length: Int) -> [String] {
    types[segment * steps..<segment * steps + length].map { lexicon.types[Int($0)] }
  }
}

extension DataSet.Split {
  /// Cuts tokens into segments, of which the last may be shorter, each step labelled with what follows it.
  init(_ tokens: [Int32], _ lexicon: Lexicon, steps: Int) {
    guard !tokens.isEmpty else {
      self = .empty
      return
    }
    let segments = (tokens.count + steps - 1) / steps
    let rest = segments * steps - tokens.count
    let behind = [Int32](repeating: -1, count: rest)
    let lengths = (0..<segments).map { Int32(min(steps, tokens.count - $0 * steps)) }
    self.init(
      text: TextSteps(
        types: tokens + [Int32](repeating: tokens[0], count: rest), lexicon: lexicon),
      lengths: lengths,
      labels: tokens.dropFirst().map { lexicon.labelOfType[Int($0)] } + [-1] + behind)
  }
}

extension DataSet.Split {
  /// Takes the lines of a text that have at most so many tokens, their ends among them; each token is its own label.
  init(linesOf tokens: [Int32], _ lexicon: Lexicon, atMost steps: Int) {
    let end = lexicon.types.firstIndex(of: Vocabulary.lineEnd).map { Int32($0) } ?? -1
    var types: [Int32] = []
    var labels: [Int32] = []
    var lengths: [Int32] = []
    var start = 0
    for (place, token) in tokens.enumerated() where token == end {
      let line = tokens[start...place]
      start = place + 1
      guard line.count >= 2, line.count <= steps else { continue }
      let rest = steps - line.count
      types += line + [Int32](repeating: end, count: rest)
      labels += line.map { lexicon.labelOfType[Int($0)] } + [Int32](repeating: -1, count: rest)
      lengths.append(Int32(line.count))
    }
    self.init(text: TextSteps(types: types, lexicon: lexicon), lengths: lengths, labels: labels)
  }
}
