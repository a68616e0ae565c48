import ExplorerUI
import HighwayNetworks

extension SampleRecord {
  /// A segment of a text, with what the network expects behind each of its tokens.
  init(_ trace: SampleTrace, of sample: Int, _ samples: Samples) {
    let tokens = samples.tokens(of: sample)
    let words = samples.vocabulary
    let next = samples.nextWords(of: sample)
    let steps = tokens.indices.map { step in
      let start = step * words.count
      let own =
        trace.probabilities.count >= start + words.count
        ? trace.probabilities[start..<start + words.count] : []
      let likeliest = own.likeliest(SampleStep.listed)
      return SampleStep(
        token: tokens[step], next: next[step],
        expected: likeliest.map { .init(word: words[$0], probability: own[start + $0]) },
        ofNext: next[step].flatMap { word in
          words.firstIndex(of: word).flatMap { own.isEmpty ? nil : own[start + $0] }
        })
    }
    // The probabilities of all words at all steps are not kept.
    self.init(
      trace: SampleTrace(layers: trace.layers, probabilities: [], loss: trace.loss), label: nil,
      pixels: [], channels: 1, height: 1, width: 1, text: tokens.joined(separator: " "))
    self.steps = steps
  }
}

extension ArraySlice<Float> {
  /// The offsets of the greatest values, the greatest first.
  fileprivate func likeliest(_ count: Int) -> [Int] {
    var found: [(offset: Int, value: Float)] = []
    for (offset, value) in enumerated() {
      guard found.count < count || value > found[found.count - 1].value else { continue }
      let place = found.firstIndex { $0.value < value } ?? found.count
      found.insert((offset, value), at: place)
      if found.count > count { found.removeLast() }
    }
    return found.map(\.offset)
  }
}
