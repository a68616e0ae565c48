import Libc

/// What layers have to know of a step of training that act otherwise in it than in evaluation.
///
/// One thread at a time uses it: the one that runs the part of the mini-batch that it describes.
final class TrainingPass: @unchecked Sendable {
  /// The fraction of the mini-batch's examples that this part has.
  var share: Float = 1
  /// The number of the part's first example within the mini-batch.
  var firstExample = 0
  /// What fixes the random numbers of the step.
  var key: UInt64 = 0

  /// The probability with which a decoder is not given a word.
  var wordDropout: Float = 0
  /// What the divergences of codes are multiplied by in the loss.
  var divergenceScale: Float = 0
  /// What codes take in place of random numbers; `[examples, units]`, nil in training.
  var fixedNoise: [Float]?
  /// The rows of the words that a decoder is not given, in place of those at random; nil in training.
  var droppedWords: [Int]?

  /// Whether residual blocks keep H even where nothing in training needs it.
  var keepsBranches = false

  /// What fixes the random numbers of one layer in the step.
  func key(ofLayer layer: Int) -> UInt64 {
    var random = RandomKey(key)
    random.mix(UInt64(layer))
    return random.value
  }
}

/// A number that others are mixed into, one after the other (SplitMix64).
struct RandomKey: Hashable, Sendable {
  private(set) var value: UInt64

  init(_ value: UInt64) { self.value = value }

  /// Mixes a number in.
  mutating func mix(_ number: UInt64) {
    value &+= 0x9e37_79b9_7f4a_7c15 &* (number &+ 1)
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    value = mixed ^ (mixed >> 31)
  }

  /// A number from 0 to below 1.
  mutating func uniform() -> Float {
    mix(0)
    return Float(value >> 40) * 0x1p-24
  }

  /// A number of the normal distribution with mean 0 and deviation 1 (Box and Muller).
  mutating func normal() -> Float {
    let radius = (-2 * log(1 - Double(uniform()))).squareRoot()
    return Float(radius * cos(2 * Double.pi * Double(uniform())))
  }
}
