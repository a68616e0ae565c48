/// How long the runs of a case took.
struct Timing {
  /// In seconds, ascending.
  private let seconds: [Double]

  /// The fewest runs that are timed.
  static let leastRuns = 5

  /// Runs work once to warm up, then until it has had its time: at least five times, and for two seconds
  /// unless ten thousand runs are done before.
  init(_ work: () throws -> Void) rethrows {
    let clock = ContinuousClock()
    try work()
    var seconds: [Double] = []
    let end = clock.now + .seconds(2)
    while seconds.count < Timing.leastRuns || (clock.now < end && seconds.count < 10_000) {
      seconds.append(try clock.measure(work) / .seconds(1))
    }
    self.seconds = seconds.sorted()
  }

  /// The number of runs.
  var runs: Int { seconds.count }
  /// The shortest run, in seconds.
  var best: Double { seconds[0] }
  /// The run in the middle, in seconds.
  var median: Double {
    let middle = seconds.count / 2
    return seconds.count.isMultiple(of: 2)
      ? (seconds[middle - 1] + seconds[middle]) / 2 : seconds[middle]
  }
}
