extension LesionSweep {
  /// How many layers could go, in words, with the outcome of all of ``dispensable`` lesioned at once where that is
  /// known.
  package func removalWords(together: Outcome? = nil) -> String {
    let found = dispensable
    let limit = "\(NumberFormat.fixed(Self.littleChange * 100, 1)) points"
    guard let first = found.first else { return "no layer changes the error by \(limit) or less" }
    guard found.count > 1 else {
      return "layer \(first) alone changes the error by at most \(limit)"
    }
    let words = "\(found.count) layers change the error by at most \(limit) each"
    guard let together else { return words }
    let change = NumberFormat.signed((together.error - baseline.error) * 100, 1)
    let parts = found.runs
    let names = parts.count <= 4 ? "all of \(found.ranges)" : "all of them"
    return words + "; \(names) together: \(change)"
  }
}

extension [Int] {
  /// The numbers that follow each other, from first to last.
  fileprivate var runs: [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for number in self {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs
  }

  /// The numbers as ranges, such as `1–49` or `1–3, 5–9`.
  package var ranges: String {
    runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
      .joined(separator: ", ")
  }
}
