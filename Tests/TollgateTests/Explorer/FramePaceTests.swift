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

  @Test func thirtyFramesASecondAreDrawnInTheLongRun() {
    var pace = FramePace()
    var now = start
    for _ in 0..<300 {
      now += pace.wait(at: now)
      pace.note(now)
    }
    // The first few came at once.
    #expect(now - start == .milliseconds(9_900))
  }

  @Test func whoHasWaitedLongEnoughDoesNotWaitAgain() {
    var pace = FramePace()
    for _ in 0..<FramePace.burst { pace.note(start) }
    #expect(pace.wait(at: start + .milliseconds(60)) == .milliseconds(40))
    #expect(pace.wait(at: start + .seconds(5)) == .zero)
  }

  @Test func progressWaitsAndIsNotPutOff() {
    var pace = TrainingProgressPace()
    #expect(pace.wait(at: start) == nil)
    pace.came(at: start)
    pace.came(at: start + .milliseconds(300))
    #expect(pace.wait(at: start + .milliseconds(300)) == .milliseconds(200))
    #expect(pace.wait(at: start + .seconds(1)) == .zero)
  }
}
