import Libc

/// Numbers at a fixed address, aligned to a cache line.
///
/// Threads share a buffer on their own account: whoever writes a part of it makes sure that nobody else
/// uses that part at the same time.
@safe
final class AlignedBuffer<Element: BitwiseCopyable & Numeric>: @unchecked Sendable {
  let count: Int
  private let base: UnsafeMutablePointer<Element>

  /// The bytes of a great page of memory, as most processors have them.
  private static var greatPage: Int { 1 << 21 }

  /// Creates a buffer of zeros.
  init(count: Int) {
    precondition(count >= 0, "a count is not negative")
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Element>.stride
    let isGreat = bytes >= 2 * Self.greatPage
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: isGreat ? Self.greatPage : 64)
    #if os(Linux)
    // A step of a large network would meet thousands of new pages; where great ones cannot be had, nothing is lost.
    if isGreat { _ = unsafe madvise(raw, bytes, MADV_HUGEPAGE) }
    #endif
    unsafe base = raw.bindMemory(to: Element.self, capacity: max(count, 1))
    unsafe base.initialize(repeating: 0, count: count)
  }

  /// Creates a buffer of given values.
  convenience init(_ values: [Element]) {
    self.init(count: values.count)
    all.assign(values)
  }

  deinit { unsafe base.deallocate() }

  /// All of the buffer.
  var all: BufferSlice<Element> { self[0..<count] }

  /// A part of the buffer.
  subscript(range: Range<Int>) -> BufferSlice<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range lies in the buffer")
    return unsafe BufferSlice(owner: self, base: base + range.lowerBound, count: range.count)
  }
}

/// A part of an ``AlignedBuffer``, which it keeps alive.
@safe
struct BufferSlice<Element: BitwiseCopyable & Numeric>: @unchecked Sendable {
  private let owner: AlignedBuffer<Element>
  /// The address of the first value.
  let base: UnsafeMutablePointer<Element>
  let count: Int

  /// What keeps the values.
  var memory: AnyObject { owner }

  fileprivate init(
    owner: AlignedBuffer<Element>, base: UnsafeMutablePointer<Element>, count: Int
  ) {
    self.owner = owner
    unsafe self.base = base
    self.count = count
  }

  /// The first values.
  func first(_ count: Int) -> BufferSlice { self[0..<count] }

  subscript(range: Range<Int>) -> BufferSlice {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range lies in the slice")
    return unsafe BufferSlice(owner: owner, base: base + range.lowerBound, count: range.count)
  }

  /// The values of some examples that have as many each.
  func examples(_ range: Range<Int>, each count: Int) -> BufferSlice {
    self[range.lowerBound * count..<range.upperBound * count]
  }

  subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "the index lies in the slice")
      return unsafe base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "the index lies in the slice")
      unsafe base[index] = newValue
    }
  }

  /// Replaces the values.
  func assign(_ values: [Element]) { assign(values[...]) }

  /// Replaces the values by those of a part of an array.
  func assign(_ values: ArraySlice<Element>) {
    precondition(values.count == count, "as many values as the slice holds")
    unsafe values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return }
      unsafe base.update(from: first, count: count)
    }
  }

  /// Replaces the values by those of another slice.
  func assign(_ other: BufferSlice) {
    precondition(other.count == count, "as many values as the slice holds")
    unsafe base.update(from: other.base, count: count)
  }

  /// Whether another slice is the same part of the same buffer.
  func isSamePlace(as other: BufferSlice) -> Bool {
    unsafe base == other.base && count == other.count
  }

  /// Sets every value.
  func fill(_ value: Element) { unsafe base.update(repeating: value, count: count) }

  /// Appends rows of some width to an array; their beginnings are `stride` apart.
  func append(rows: Int, of width: Int, stride: Int, to array: inout [Element]) {
    precondition(rows <= 0 || (rows - 1) * stride + width <= count, "the rows lie in the slice")
    for row in 0..<max(0, rows) {
      unsafe array.append(
        contentsOf: UnsafeBufferPointer(start: base + row * stride, count: width))
    }
  }

  /// The values, copied.
  var array: [Element] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }
}

typealias FloatBuffer = AlignedBuffer<Float>
typealias FloatSlice = BufferSlice<Float>
