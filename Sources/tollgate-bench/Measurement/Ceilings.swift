import CKernels
import Dispatch
import Synchronization

/// What the machine can do at best, measured in the same run as the cases.
struct Ceilings {
  /// Floating-point operations a second in fused multiply-adds, on 1, 2, … threads.
  private(set) var multiplyAdd: [Double] = []
  /// Bytes a second that are copied from memory to memory, reads and writes counted, on all threads.
  private(set) var copy = 0.0

  private let threads: Int

  /// Measures the multiply-add ceiling on 1 to `threads` threads.
  init(threads: Int) {
    self.threads = threads
    multiplyAdd = Array(repeating: 0, count: threads)
    remeasureMultiplyAdd()
  }

  /// The ceiling of the cases, which run on all threads.
  var peak: Double { multiplyAdd[threads - 1] }

  /// Measures once more and keeps the higher values: other programs can only make them lower.
  mutating func remeasureMultiplyAdd() {
    for count in 1...threads {
      for _ in 0..<10 {
        let operations = Atomic(0)
        let seconds = ContinuousClock().measure {
          DispatchQueue.concurrentPerform(iterations: count) { _ in
            operations.add(Int(tg_ceiling_multiply_add(2_000_000)), ordering: .relaxed)
          }
        }
        multiplyAdd[count - 1] = max(
          multiplyAdd[count - 1],
          Double(operations.load(ordering: .relaxed)) / (seconds / .seconds(1)))
      }
    }
  }

  /// Measures the copy ceiling with buffers that no cache holds, again and again: other programs, and
  /// other guests of the same memory, can only make it lower.
  ///
  /// It takes 512 MiB: whoever wants to know the cases' own need asks before.
  mutating func measureCopy() {
    let threads = threads
    let count = (256 << 20) / threads
    // One memory for all: each thread copies from its own part of the first half to the second.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 2 * threads * count, alignment: 64)
    defer { unsafe memory.deallocate() }
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 1, count: 2 * threads * count)
    nonisolated(unsafe) let shared = unsafe memory
    for _ in 0..<25 {
      let seconds = ContinuousClock().measure {
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
          let source = unsafe shared + thread * count
          unsafe tg_ceiling_copy(source + threads * count, source, count, 1)
        }
      }
      copy = max(copy, Double(2 * count * threads) / (seconds / .seconds(1)))
    }
  }
}
