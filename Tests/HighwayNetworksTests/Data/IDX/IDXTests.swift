import Foundation
import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

struct IDXTests {
  private static let imagesName = "t10k-images-idx3-ubyte"
  private static let labelsName = "t10k-labels-idx1-ubyte"

  private static func idx(_ magic: UInt32, _ extents: [UInt32], _ bytes: [UInt8]) -> [UInt8] {
    ([magic] + extents).flatMap { word in
      stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    } + bytes
  }

  private static let images = idx(0x803, [2, 2, 3], (0..<12).map { $0 })
  private static let labels = idx(0x801, [2], [3, 1])

  private func open(
    images: [UInt8] = images, labels: [UInt8] = labels, suffix: String = ""
  ) throws -> DataSet {
    let directory = try TemporaryDirectory()
    try directory.write(Self.imagesName + suffix, images)
    try directory.write(Self.labelsName, labels)
    return try DataSet.open(directory.path)
  }

  @Test func readsPlainFiles() throws {
    let data = try open()
    #expect(data.shape == Shape.image(channels: 1, height: 2, width: 3))
    #expect(data.test.pixels == Array(0..<12))
    #expect(data.test.labels == [3, 1])
    #expect(data.train.count == 0)
    #expect(data.classNames == ["class 0", "class 1", "class 2", "class 3"])
  }

  @Test func readsWhatPythonCompressed() throws {
    let data = try DataSet.open(fixture("fashion-mnist"))
    #expect(data.name == "Fashion-MNIST")
    #expect(data.classNames.first == "T-shirt/top")
    #expect(data.classNames.last == "Ankle boot")
    #expect(data.shape == Shape.image(channels: 1, height: 3, width: 2))
    #expect(data.train.pixels == Array(0..<42))
    #expect(data.train.labels == [0, 1, 2, 3, 9, 5, 6])
    #expect(data.test.pixels == Array(100..<112))
    #expect(data.test.labels == [7, 8])
  }

  @Test func takesTheFingerprintOfEveryFile() throws {
    let prints = try DataSet.fingerprints(fixture("fashion-mnist"))
    #expect(
      prints.map(\.name) == [
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
      ])
    for fingerprint in prints {
      var hash = SHA256()
      let file = try fixture("fashion-mnist/" + fingerprint.name)
      hash.update([UInt8](try Data(contentsOf: URL(filePath: file))))
      #expect(fingerprint.sha256 == hash.hexDigest)
    }
  }

  // MARK: - Hostile files

  private static let one: UInt32 = 1

  static let hostileImages: [(reason: String, bytes: [UInt8], words: String)] = [
    ("empty", [], "a header of 16 bytes, found 0"),
    ("three bytes", [0, 0, 8], "a header of 16 bytes, found 3"),
    ("labels where images belong", labels, "magic number 0x803, found 0x801"),
    ("floats", idx(0xD03, [2, 2, 3], (0..<12).map { $0 }), "magic number 0x803, found 0xd03"),
    (
      "little-endian magic", idx(0x0308_0000, [2, 2, 3], (0..<12).map { $0 }),
      "magic number 0x803, found 0x3080000"
    ),
    ("header cut off", Array(images[..<15]), "a header of 16 bytes, found 15"),
    ("one byte short", Array(images.dropLast()), "expected 28 bytes as the header says, found 27"),
    ("one byte long", images + [0], "expected 28 bytes as the header says, found more"),
    ("no rows", idx(0x803, [2, 0, 3], []), "1 to 4096 pixels a side, found 0 by 3"),
    ("no columns", idx(0x803, [2, 2, 0], []), "1 to 4096 pixels a side, found 2 by 0"),
    (
      "negative count", idx(0x803, [.max, 2, 3], (0..<12).map { $0 }),
      "the header claims 25769803770 bytes"
    ),
    (
      "extents whose product wraps", idx(0x803, [1 << 31, 1 << 31, 4], []),
      "pixels a side, found 2147483648 by 4"
    ),
    (
      "all extents as large as can be", idx(0x803, [.max, .max, .max], []),
      "pixels a side, found 4294967295 by 4294967295"
    ),
    (
      "images of a side that is not plausible",
      idx(0x803, [1, 5000, 1], [UInt8](repeating: 0, count: 5000)), "pixels a side, found 5000 by 1"
    ),
    ("count of another file", idx(0x803, [3, 2, 2], (0..<12).map { $0 }), "3 images but 2 labels"),
  ]

  @Test(arguments: hostileImages.indices)
  func refusesHostileImages(index: Int) throws {
    let (reason, bytes, words) = Self.hostileImages[index]
    let error = #expect(throws: DataError.self, "\(reason)") { try open(images: bytes) }
    #expect(error?.description.contains(words) == true, "\(reason): \(error?.description ?? "")")
  }

  @Test func refusesHostileLabels() throws {
    let cases: [(bytes: [UInt8], words: String)] = [
      ([], "a header of 8 bytes, found 0"), (Self.images, "magic number 0x801, found 0x803"),
      (Self.idx(0x801, [0], []), "2 images but 0 labels"),
      (Self.idx(0x801, [1], [3]), "2 images but 1 labels"),
      (Self.idx(0x801, [3], [3, 1, 0]), "2 images but 3 labels"),
      (Self.idx(0x801, [2], [3]), "expected 10 bytes as the header says, found 9"),
      (Self.idx(0x801, [2], [3, 1, 1]), "expected 10 bytes as the header says, found more"),
      (Self.idx(0x801, [.max], [3, 1]), "expected 4294967303 bytes"),
    ]
    for (bytes, words) in cases {
      let error = #expect(throws: DataError.self, "\(bytes)") { try open(labels: bytes) }
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }

  @Test func saysWhatIsWrong() throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/" + Self.imagesName
    try directory.write(Self.labelsName, Self.labels)
    func failure(_ images: [UInt8]) throws -> DataError? {
      try directory.write(Self.imagesName, images)
      return #expect(throws: DataError.self) { try DataSet.open(directory.path) }
    }
    #expect(
      try failure(Self.labels) == .wrongMagic(path: file, expected: 0x803, found: 0x801))
    #expect(
      try failure(Array(Self.images[..<9])) == .headerTooShort(path: file, expected: 16, found: 9))
    #expect(
      try failure(Array(Self.images.dropLast()))
        == .wrongLength(path: file, expected: 28, found: 27))
    #expect(
      try failure(Self.idx(0x803, [3, 2, 2], (0..<12).map { $0 }))
        == .countsDiffer(path: file, images: 3, labels: 2))
  }

  // MARK: - Compressed files

  private func openCompressed(_ bytes: [UInt8], labels: [UInt8]) throws -> DataSet {
    try open(images: bytes, labels: labels, suffix: ".gz")
  }

  private static let sevenLabels = idx(0x801, [7], [UInt8](repeating: 0, count: 7))

  private func gzip(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: fixture(name))))
  }

  @Test func readsSeveralMembersAsOneStream() throws {
    let data = try openCompressed(try gzip("members.gz"), labels: Self.sevenLabels)
    #expect(data.test.pixels == Array(0..<42))
  }

  @Test func refusesEveryTruncationOfACompressedFile() throws {
    // A cut between two members leaves a whole stream that is too short.
    var ends = 0
    for name in ["fashion-mnist/train-images-idx3-ubyte.gz", "members.gz"] {
      let bytes = try gzip(name)
      for count in 0..<bytes.count {
        let error = #expect(throws: DataError.self, "\(name): \(count) bytes") {
          try openCompressed(Array(bytes[..<count]), labels: Self.sevenLabels)
        }
        switch error {
        // Two bytes are what tells that a file is compressed.
        case .headerTooShort(_, expected: 16, found: count)? where count < 2: break
        case .content(.format(_, GzipError.truncated))? where count >= 2: break
        case .wrongLength? where name == "members.gz": ends += 1
        default: Issue.record("\(name): \(count) bytes: \(String(describing: error))")
        }
      }
    }
    #expect(ends == 1)
  }

  @Test func refusesADamagedChecksum() throws {
    let bytes = try gzip("fashion-mnist/train-images-idx3-ubyte.gz")
    for place in (bytes.count - 8)..<bytes.count {
      var damaged = bytes
      damaged[place] ^= 0x10
      let error = #expect(throws: DataError.self) {
        try openCompressed(damaged, labels: Self.sevenLabels)
      }
      guard case .content(.format(_, GzipError.corrupt))? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test(
    arguments: [
      ([0], .trailingBytes), ([0x1F], .truncated), ([0x1F, 0x8B], .truncated),
      ([UInt8](repeating: 0, count: 512), .trailingBytes), (Array("junk".utf8), .trailingBytes),
    ] as [([UInt8], GzipError)])
  func refusesWhatFollowsTheCompressedData(junk: [UInt8], expected: GzipError) throws {
    let bytes = try gzip("fashion-mnist/train-images-idx3-ubyte.gz")
    let error = #expect(throws: DataError.self) {
      try openCompressed(bytes + junk, labels: Self.sevenLabels)
    }
    guard case .content(.format(_, let found as GzipError))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found == expected)
  }

  @Test func stopsWhereAFileUnpacksToMoreThanItClaims() throws {
    let error = #expect(throws: DataError.self) {
      try openCompressed(try gzip("bomb.gz"), labels: Self.idx(0x801, [1], [0]))
    }
    guard case .wrongLength(_, expected: 22, found: 23)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func refusesAClaimThatSoSmallAFileCannotHold() throws {
    let error = #expect(throws: DataError.self) {
      try openCompressed(try gzip("claim.gz"), labels: Self.sevenLabels)
    }
    guard case .tooLarge(_, limit: 34 * 1032, found: _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func survivesMutation() throws {
    let source = try gzip("fashion-mnist/train-images-idx3-ubyte.gz")
    var generator = FixedGenerator(state: 3)
    var rejected = 0
    for _ in 0..<300 {
      var bytes = source
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      do {
        // What is not covered by the checksum (time, system) may change.
        #expect(try openCompressed(bytes, labels: Self.sevenLabels).test.pixels == Array(0..<42))
      } catch is DataError {
        rejected += 1
      }
    }
    #expect(rejected > 200)
  }
}
