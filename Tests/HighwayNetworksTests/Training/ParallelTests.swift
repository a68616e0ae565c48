import Synchronization
import Testing

@testable import HighwayNetworks

struct ParallelTests {
  /// Half of the smallest normal number: a value that processors are slow with.
  private static func halfOfLeast(_ least: Float = .leastNormalMagnitude) -> Float { least * 0.5 }

  @Test(arguments: [1, 2, 3])
  func takesSubnormalNumbersAsZeroOnEveryThread(threads: Int) {
    let zeros = Mutex(0)
    inParallel(threads) { _, _ in
      let half = Self.halfOfLeast()
      zeros.withLock { $0 += half == 0 ? 1 : 0 }
    }
    #expect(zeros.withLock { $0 } == threads)
  }

  @Test func leavesTheCallersArithmeticAsItWas() {
    inParallel(2) { _, _ in }
    #expect(Self.halfOfLeast() > 0)
  }
}
