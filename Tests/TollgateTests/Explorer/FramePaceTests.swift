import Testing

@testable import tollgate

struct FramePaceTests {
  private let start = ContinuousClock.now

  @Test func aFewFramesMayFollowEachOtherAtOnce() {
    var pace = FramePace()
    for _ in 0..<FramePace.burst {
      #expect(pace.wait(at: start) == .zero)
      pace.note(start)
    }
    #expect(pace.wait(at: start) == FramePace.interval)
  }

  @Test func threeFramesASecondAreDrawnInTheLongRun() {
    var pace = FramePace()
    var now = start
    for _ in 0..<300 {
      now += pace.wait(at: now)
      pace.note(now)
    }
    // The first few came at once.
    #expect(now - start == .seconds(99))
  }

  @Test func whoHasWaitedLongEnoughDoesNotWaitAgain() {
    var pace = FramePace()
    for _ in 0..<FramePace.burst { pace.note(start) }
    #expect(pace.wait(at: start + .milliseconds(60)) == .milliseconds(940))
    #expect(pace.wait(at: start + .seconds(5)) == .zero)
  }
}
