import HighwayNetworks
import TestSupport
import Testing

struct EMNISTTests {
  private static let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 10]

  private static func labels(_ label: UInt8) -> [UInt8] { [0, 0, 8, 1, 0, 0, 0, 1, label] }

  private func directory(_ variants: [(name: String, label: UInt8)]) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    for (name, label) in variants {
      for split in ["train", "test"] {
        try directory.write("emnist-\(name)-\(split)-images-idx3-ubyte", Self.images)
        try directory.write("emnist-\(name)-\(split)-labels-idx1-ubyte", Self.labels(label))
      }
    }
    return directory
  }

  @Test(arguments: [
    ("letters", 26, "EMNIST Letters", "Z", 27), ("balanced", 46, "EMNIST Balanced", "t", 47),
    ("byclass", 61, "EMNIST ByClass", "z", 62), ("digits", 9, "EMNIST Digits", "9", 10),
  ])
  func readsAVariant(
    variant: String, label: UInt8, name: String, last: String, count: Int
  ) throws {
    let directory = try directory([(variant, label)])
    let data = try withExtendedLifetime(directory) { try DataSet.open(directory.path) }
    #expect(data.name == name)
    #expect(data.classNames.count == count)
    #expect(data.classNames[Int(label)] == last)
    #expect(data.train.count == 1)
    #expect(data.test.count == 1)
  }

  @Test func asksWhichVariantIsMeant() throws {
    let directory = try directory([("letters", 1), ("digits", 2)])
    let error = #expect(throws: DataError.self) { try DataSet.open(directory.path) }
    #expect(error?.description.contains("emnist-letters-train-images-idx3-ubyte") == true)
    let file = directory.path + "/emnist-digits-test-labels-idx1-ubyte"
    #expect(try DataSet.open(file).train.labels == [2])
  }
}
