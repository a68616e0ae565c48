/// Where the elements of a tensor stand, in row-major order, when each index moves on by a stride of its own.
struct StridedPlaces {
  private let shape: [Int]
  private let strides: [Int]
  private var index: [Int]
  private var place = 0

  /// Starts at the first element.
  ///
  /// - Precondition: There is a stride for each extent.
  init(shape: [Int], strides: [Int]) {
    precondition(shape.count == strides.count, "a stride for each extent")
    self.shape = shape
    self.strides = strides
    index = [Int](repeating: 0, count: shape.count)
  }

  /// The place of the next element; after the last comes the first again.
  mutating func next() -> Int {
    let current = place
    for axis in shape.indices.reversed() {
      index[axis] += 1
      place += strides[axis]
      if index[axis] < shape[axis] { break }
      place -= shape[axis] * strides[axis]
      index[axis] = 0
    }
    return current
  }
}
