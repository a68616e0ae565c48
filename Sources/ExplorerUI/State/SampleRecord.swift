package import HighwayNetworks

/// What is known about one sample: its way through the network, its class and its picture.
package struct SampleRecord: Sendable {
  /// The values at every highway layer.
  package var trace: SampleTrace
  /// The true class, where it is known.
  package var label: Int?
  /// The pixels, 0–255; `[channels, height, width]`.
  package var pixels: [UInt8]
  /// The number of channels of ``pixels``.
  package var channels: Int
  /// The height of the picture.
  package var height: Int
  /// The width of the picture.
  package var width: Int
  /// What the sample says, where it is no picture; a text of strangers.
  package var text: String?
  /// What the network expects behind each token of a text; none where samples are none.
  package var steps: [SampleStep] = []
  /// The classes of the steps of a tagged sequence; nil where a sample has one class.
  package var tags: SampleTags?

  /// Describes a sample.
  package init(
    trace: SampleTrace, label: Int?, pixels: [UInt8], channels: Int, height: Int, width: Int,
    text: String? = nil
  ) {
    self.text = text
    self.trace = trace
    self.label = label
    self.pixels = pixels
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// The class that the network gives the sample; nil where each step has its own.
  package var prediction: Int? {
    tags != nil
      ? nil : trace.probabilities.indices.max { trace.probabilities[$0] < trace.probabilities[$1] }
  }
}

/// A token of a text, and what the network expects behind it; texts of strangers.
package struct SampleStep: Hashable, Sendable {
  /// A word and its probability.
  package struct Expectation: Hashable, Sendable {
    /// The word.
    package var word: String
    /// Its probability.
    package var probability: Float

    /// Names a word with its probability.
    package init(word: String, probability: Float) {
      self.word = word
      self.probability = probability
    }
  }

  /// How many words are kept of those that are expected.
  package static let listed = 12

  /// The token.
  package var token: String
  /// What follows it, as the vocabulary has it; nil behind the last.
  package var next: String?
  /// The likeliest words, the likeliest first.
  package var expected: [Expectation]
  /// The probability of what follows.
  package var ofNext: Float?

  /// Describes a step.
  package init(token: String, next: String?, expected: [Expectation], ofNext: Float?) {
    self.token = token
    self.next = next
    self.expected = expected
    self.ofNext = ofNext
  }
}
