/// What a network makes of single words, before its highway layers and after them, as in Kim's paper of 2015.
public struct WordFeatures: Sendable {
  /// A word that is like another one.
  public struct Neighbour: Hashable, Sendable {
    /// The word.
    public let word: String
    /// The cosine of the two words' features.
    public let cosine: Float
    /// How many characters are to be changed, added or left out to come from one word to the other.
    public let edits: Int
  }

  /// Where features are taken.
  public enum Place: Sendable, CaseIterable {
    /// What the first highway layer is given.
    case before
    /// What the last one returns.
    case after
  }

  /// The words, the most frequent first.
  public let words: [String]
  /// The mean of T of each word over all units of the highway layers; `[words]`.
  public let meanT: [Float]
  /// `[words, features]`, each of length 1 or 0.
  private let before: [Float]
  private let after: [Float]

  init(words: [String], before: [Float], after: [Float], meanT: [Float]) {
    self.words = words
    self.meanT = meanT
    self.before = Self.normalized(before, words.count)
    self.after = Self.normalized(after, words.count)
  }

  /// The words that are most like one of them, the nearest first; none where the word is unknown.
  public func neighbours(of word: String, _ place: Place, count: Int) -> [Neighbour] {
    guard let own = words.firstIndex(of: word) else { return [] }
    let features = place == .before ? before : after
    let width = features.count / max(1, words.count)
    let cosines = words.indices.map { other in
      (0..<width).reduce(Float(0)) {
        $0 + features[own * width + $1] * features[other * width + $1]
      }
    }
    return words.indices.filter { $0 != own }
      .sorted { cosines[$0] == cosines[$1] ? $0 < $1 : cosines[$0] > cosines[$1] }
      .prefix(count).map {
        Neighbour(word: words[$0], cosine: cosines[$0], edits: Self.edits(word, words[$0]))
      }
  }

  private static func normalized(_ values: [Float], _ count: Int) -> [Float] {
    let width = values.count / max(1, count)
    return (0..<count).flatMap { row -> [Float] in
      let own = values[row * width..<(row + 1) * width]
      let size = own.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
      return own.map { size > 0 ? $0 / size : 0 }
    }
  }

  /// Levenshtein's distance.
  static func edits(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
    var row = Array(0...other.count)
    for (index, scalar) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for place in other.indices {
        let change = diagonal + (scalar == other[place] ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(change, row[place + 1] + 1, row[place] + 1)
      }
    }
    return row[other.count]
  }
}

extension Inference {
  /// Runs every word that the network knows through its highway layers; nil where it reads no text, or has no highway
  /// layers before its cells.
  public func wordFeatures(of samples: Samples) -> WordFeatures? {
    let blocks = wordBlocks
    guard let first = blocks.first, let last = blocks.last else { return nil }
    var (before, after, means): ([Float], [Float], [Float]) = ([], [], [])
    let words = runWords(of: samples, through: last.number) { count, memories in
      let features = (memories[first.number].input, memories[last.number].output)
      before += features.0.first(count * first.features).array
      after += features.1.first(count * last.features).array
      var sums = [Float](repeating: 0, count: count)
      for block in blocks {
        let layer = stack.gatedLayer(block.number)
        guard let index = layer.signals.index(of: .transformGate) else { continue }
        for row in sums.indices {
          switch layer.values(ofSignal: index, in: memories[block.number]) {
          case .rows(let rows, let stride):
            for unit in 0..<block.features { sums[row] += rows[row * stride + unit] }
          case .constant(let values):
            for unit in 0..<block.features { sums[row] += values[unit] }
          case .complement: break
          }
        }
      }
      let cells = Float(blocks.reduce(0) { $0 + $1.features })
      means += sums.map { $0 / cells }
    }
    return words.map { WordFeatures(words: $0, before: before, after: after, meanT: means) }
  }
}
