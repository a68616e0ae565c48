/// How well a few typed letters stand for a name.
package enum FuzzyMatch {
  /// A score that is higher the better the letters fit, or nil where they do not occur in order.
  ///
  /// Letters that follow each other, and letters at the beginnings of words, count for more; upper and
  /// lower case are the same. An exact name beats its beginning, which beats everything else.
  ///
  /// - Complexity: O(letters × name).
  package static func score(_ typed: String, in name: String) -> Int? {
    let letters = Array(typed.lowercased().prefix(longest))
    let text = Array(name.lowercased().prefix(longest))
    guard !letters.isEmpty else { return 0 }
    guard letters.count <= text.count else { return nil }
    if letters == text { return 10_000 }
    // For each place in the name, the best score of the letters so far with the last one there.
    var best: [Int?] = Array(repeating: nil, count: text.count)
    for (index, letter) in letters.enumerated() {
      var next: [Int?] = Array(repeating: nil, count: text.count)
      var bestBefore: Int?
      for place in text.indices {
        defer { bestBefore = larger(bestBefore, best[place]) }
        guard text[place] == letter else { continue }
        let isStart = place == 0 || !(text[place - 1].isLetter || text[place - 1].isNumber)
        let worth = (isStart ? 8 : 1) - (index == 0 ? min(place, 6) : 0)
        if index == 0 {
          next[place] = worth
          continue
        }
        let together = (place > 0 ? best[place - 1] : nil).map { $0 + 6 }
        if let before = larger(bestBefore, together) { next[place] = before + worth }
      }
      best = next
    }
    let score = best.compactMap(\.self).max()
    return text.starts(with: letters) ? score.map { $0 + 1_000 } : score
  }

  /// Letters beyond this many are not looked at.
  private static let longest = 200

  private static func larger(_ one: Int?, _ other: Int?) -> Int? {
    guard let one else { return other }
    return other.map { max(one, $0) } ?? one
  }
}
