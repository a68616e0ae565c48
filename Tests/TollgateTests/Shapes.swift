import TestSupport

/// A tiny data set: images of 4 rows and 3 columns, of three classes, the one column that is bright.
enum Shapes {
  static let classNames = ["left", "middle", "right"]
  static let trainingCount = 60
  static let testCount = 21

  /// Writes the data set as IDX files.
  static func write(
    to workspace: TemporaryDirectory, as name: String = "shapes", height: Int = 4,
    trainingCount: Int = trainingCount
  ) throws {
    for (prefix, count) in [("train", trainingCount), ("t10k", testCount)] {
      var pixels: [UInt8] = []
      for example in 0..<count {
        for pixel in 0..<height * 3 {
          let isBright = pixel % 3 == example % 3
          // Any pattern does that is not the same twice.
          pixels.append(UInt8((isBright ? 180 : 0) + (example * 31 + pixel * 17 + count) % 60))
        }
      }
      let labels = (0..<count).map { UInt8($0 % 3) }
      try workspace.write(
        "\(name)/\(prefix)-images-idx3-ubyte", words([0x803, count, height, 3]) + pixels)
      try workspace.write("\(name)/\(prefix)-labels-idx1-ubyte", words([0x801, count]) + labels)
    }
    try workspace.write("\(name)/classes.txt", classNames.joined(separator: "\n") + "\n")
  }

  /// Numbers as big-endian words of 32 bits.
  private static func words(_ numbers: [Int]) -> [UInt8] {
    numbers.flatMap { number in
      stride(from: 24, through: 0, by: -8).map { UInt8(number >> $0 & 0xFF) }
    }
  }
}
