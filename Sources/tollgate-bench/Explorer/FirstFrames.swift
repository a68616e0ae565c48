import TerminalHarness

/// From the start of the process to what is on its screen.
enum FirstFrames {
  static func measure(_ subject: ExplorerSubject, starts: Int) throws -> [Finding] {
    let clock = ContinuousClock()
    var any: [Double] = []
    var statistics: [Double] = []
    // One more, for the files to be in memory.
    for start in 0...starts {
      let begin = clock.now
      let terminal = try subject.start()
      let first = try terminal.frame(
        showing: "a first frame", until: ExplorerSubject.showsAnything)
      // That frame may have had them already.
      let full =
        subject.showsStatistics(terminal.screen)
        ? first : try terminal.frame(showing: "the statistics", until: subject.showsStatistics)
      terminal.send("q")
      _ = try terminal.waitForExit()
      if start == 0 { continue }
      any.append((first.end - begin) / .seconds(1))
      statistics.append((full.end - begin) / .seconds(1))
    }
    func note(_ values: [Double]) -> String {
      "median of \(starts), best \(duration(values.min() ?? 0)), worst \(duration(values.max() ?? 0))"
    }
    return [
      Finding(
        what: "first frame with the model's statistics, from exec", goal: 0.1,
        found: percentile(statistics, 50), unit: .seconds, note: note(statistics)),
      Finding(
        what: "first frame of any kind, from exec", goal: 0.03, found: percentile(any, 50),
        unit: .seconds, note: note(any)),
    ]
  }
}

/// The smallest of the values that so many per cent do not exceed.
func percentile(_ values: [Double], _ percent: Double) -> Double {
  guard !values.isEmpty else { return 0 }
  let rank = Int((Double(values.count) * percent / 100).rounded(.up)) - 1
  return values.sorted()[max(0, min(values.count - 1, rank))]
}
