import Foundation
import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

/// What NumPy and safetensors wrote reads back.
struct ArrayFixtureTests {
  private static let train = (0..<24).map { UInt8($0 * 5) }
  private static let test = (100..<116).map { UInt8($0) }

  static let sameImages =
    ["little-", "big-"].flatMap { order in
      ["i2", "i4", "i8", "u2", "u4", "u8", "f2", "f4", "f8"].map { order + $0 }
    } + [
      "u1", "i1", "unit", "unit-double", "deflated", "fortran", "column-labels", "other-arrays",
    ]

  @Test(arguments: sameImages)
  func readsEveryElementTypeAndLayout(name: String) throws {
    let data = try DataSet.open(fixture("arrays/\(name).npz"))
    #expect(data.shape == Shape([1, 2, 4]))
    #expect(data.train.pixels == Self.train)
    #expect(data.train.labels == [2, 0, 1])
    #expect(data.test.pixels == Self.test)
    #expect(data.test.labels == [1, 1])
    #expect(data.classNames == ["class 0", "class 1", "class 2"])
    #expect(data.name == name)
  }

  @Test func readsTruthAsWhite() throws {
    let data = try DataSet.open(fixture("arrays/bool.npz"))
    #expect(data.train.pixels == Self.train.map { $0 > 50 ? 255 : 0 })
    #expect(data.train.labels == [1, 0, 1])
    #expect(data.test.count == 0)
  }

  @Test(arguments: ["channels-first", "channels-last", "channels-last-fortran"])
  func bringsChannelsToTheFront(name: String) throws {
    let data = try DataSet.open(fixture("arrays/\(name).npz"))
    #expect(data.shape == Shape([3, 2, 3]))
    var expected: [UInt8] = []
    for n in 0..<2 {
      for c in 0..<3 {
        for y in 0..<2 {
          for x in 0..<3 { expected.append(UInt8((100 * c + 10 * y + x + n) % 256)) }
        }
      }
    }
    #expect(data.test.pixels == expected)
  }

  @Test(arguments: ["flat", "flat-fortran"])
  func makesSquaresOfFlatImages(name: String) throws {
    let data = try DataSet.open(fixture("arrays/\(name).npz"))
    #expect(data.shape == Shape([1, 4, 4]))
    #expect(data.train.pixels == Array(0..<32))
  }

  @Test func readsSafetensorsWithClassNames() throws {
    let data = try DataSet.open(fixture("arrays/data.safetensors"))
    #expect(data.name == "data")
    #expect(data.classNames == ["a", "b", "c"])
    #expect(data.train.pixels == Self.train)
    #expect(data.train.labels == [2, 0, 1])
    #expect(data.test.pixels == Self.test)
    #expect(data.test.labels == [1, 1])
  }

  @Test func readsSafetensorsOfOneSplit() throws {
    let data = try DataSet.open(fixture("arrays/unit.safetensors"))
    #expect(data.train.pixels == Self.train)
    #expect(data.train.labels == [2, 0, 1])
    #expect(data.test.count == 0)
  }

  @Test func readsADirectoryWithOneArchive() throws {
    let directory = try TemporaryDirectory()
    let archive = try Data(contentsOf: URL(filePath: fixture("arrays/deflated.npz")))
    try directory.write("mnist.npz", [UInt8](archive))
    try directory.write("notes.txt", "x")
    #expect(try DataSet.open(directory.path).name == "MNIST")
    #expect(try DataSet.fingerprints(directory.path).map(\.name) == ["mnist.npz"])
    try directory.write("mnist-2.npz", [UInt8](archive))
    #expect(throws: DataError.ambiguous(path: directory.path, found: ["mnist-2.npz", "mnist.npz"]))
    {
      try DataSet.open(directory.path)
    }
  }
}
