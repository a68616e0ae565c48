import Libc
import TensorFiles

// What libFuzzer calls. `TOLLGATE_FUZZ` names the target; where `TOLLGATE_FUZZ_SEEDS` names a directory,
// the target's seeds are written there first.

private let target: FuzzTarget = {
  let name = unsafe getenv("TOLLGATE_FUZZ").map { unsafe String(cString: $0) } ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
    fatalError("TOLLGATE_FUZZ is to be one of \(names)")
  }
  return target
}()

/// Runs once, before the first execution.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutableRawPointer
) -> CInt {
  if let directory = unsafe getenv("TOLLGATE_FUZZ_SEEDS") {
    let path = unsafe String(cString: directory)
    do {
      for (index, seed) in try target.seeds().enumerated() {
        try AtomicFile.write("\(path)/seed-\(index)", seed)
      }
    } catch {
      fatalError("\(error)")
    }
  }
  return 0
}

/// Runs the target on one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(unsafe Array(unsafe UnsafeBufferPointer(start: data, count: count)))
  return 0
}
