/// A generator of random numbers whose whole state can be stored: xoshiro256** (Blackman and Vigna).
public struct RandomSource: RandomNumberGenerator, Hashable, Sendable {
  /// The state; four words, not all zero.
  public private(set) var state: [UInt64]

  /// Spreads a seed over the state by SplitMix64.
  public init(seed: UInt64) {
    var value = seed
    state = (0..<4).map { _ in
      value &+= 0x9e37_79b9_7f4a_7c15
      var mixed = value
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  /// Continues from a stored state, or nil where it is none: not four words, or all zero.
  public init?(state: [UInt64]) {
    guard state.count == 4, state.contains(where: { $0 != 0 }) else { return nil }
    self.state = state
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotate(state[1] &* 5, by: 7) &* 9
    let shifted = state[1] << 17
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = rotate(state[3], by: 45)
    return result
  }

  /// A number in [0, 1), a multiple of 2⁻²⁴.
  mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number of the normal distribution with mean 0 and deviation 1, by the polar method.
  mutating func normal() -> Float {
    while true {
      let x = 2 * Double(next() >> 11) * 0x1p-53 - 1
      let y = 2 * Double(next() >> 11) * 0x1p-53 - 1
      let square = x * x + y * y
      if square > 0 && square < 1 {
        return Float(x * (-2 * naturalLogarithm(square) / square).squareRoot())
      }
    }
  }

  /// The numbers below `count` in a random order (Fisher and Yates).
  mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(next(upperBound: UInt64(last + 1))))
    }
    return order
  }

  private func rotate(_ value: UInt64, by count: UInt64) -> UInt64 {
    value << count | value >> (64 - count)
  }
}
