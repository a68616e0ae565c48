/// What came of one case.
struct Outcome {
  let name: String
  let shape: String
  let result: Result<Timing, NoTime>
  let operations: Double?
  let bytes: Double?
  let epochFactor: Double?

  /// Why there is no time.
  struct NoTime: Error {
    let line: String
  }

  /// Verifies a case and, where the result is right, times it.
  init(_ work: any BenchmarkCase) {
    name = work.name
    shape = work.shape
    operations = work.operations
    bytes = work.bytes
    epochFactor = work.epochFactor
    do {
      try work.verify()
      result = .success(try Timing(try work.prepare()))
    } catch {
      result = .failure(NoTime(line: String(describing: error)))
    }
  }

  /// Operations or bytes a second in the best run, and the ratio to their ceiling.
  func rate(_ timing: Timing, _ ceilings: Ceilings) -> (value: Double, unit: String, ratio: Double)?
  {
    if let operations {
      let value = operations / timing.best
      return (value, "GFLOP/s", value / ceilings.peak)
    }
    if let bytes {
      let value = bytes / timing.best
      return (value, "GB/s", value / ceilings.copy)
    }
    return nil
  }
}
