import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

struct ArrayTests {
  private static let images = npy(npyHeader("|u1", "(2, 1, 2)"), [1, 2, 3, 4])
  private static let labels = npy(npyHeader("<i8", "(2,)"), le(Int64(1)) + le(Int64(0)))

  /// Opens a directory with one split.
  private func open(images: [UInt8] = images, labels: [UInt8] = labels) throws -> DataSet {
    let directory = try TemporaryDirectory()
    try directory.write("x_train.npy", images)
    try directory.write("y_train.npy", labels)
    return try DataSet.open(directory.path)
  }

  private static let order = "'fortran_order': False, "

  /// Arrays that are right and that no data set can use: their headers pass, their types or shapes do not.
  static let unusable: [(reason: String, bytes: [UInt8])] = [
    ("single value", npy(npyHeader("|u1", "()"), [1])),
    (
      "structure",
      npy(
        "{'descr': [('a', '<i4'), ('b', '<f8', (2,))], \(order)'shape': (1,)}",
        [UInt8](repeating: 0, count: 20))
    ),
    ("texts", npy(npyHeader("<U3", "(2,)"), [UInt8](repeating: 0, count: 24))),
    ("bytes", npy(npyHeader("|S3", "(2,)"), [UInt8](repeating: 0, count: 6))),
    ("complex numbers", npy(npyHeader("<c8", "(2,)"), [UInt8](repeating: 0, count: 16))),
    ("times", npy(npyHeader("<M8[ns]", "(2,)"), [UInt8](repeating: 0, count: 16))),
    ("five extents", npy(npyHeader("|u1", "(1, 1, 1, 1, 1)"), [1])),
    ("one extent", npy(npyHeader("|u1", "(2,)"), [1, 2])),
    ("no pixels", npy(npyHeader("|u1", "(2, 0, 3)"), [])),
    (
      "a side beyond the limit",
      npy(npyHeader("|u1", "(1, 5000, 1)"), [UInt8](repeating: 0, count: 5_000))
    ),
  ]

  @Test(arguments: unusable.indices)
  func saysWhyAnArrayCannotBeImages(index: Int) throws {
    let (reason, bytes) = Self.unusable[index]
    let error = #expect(throws: DataError.self, "\(reason)") { try open(images: bytes) }
    switch error {
    case .arrayType?, .arrayShape?: break
    default: Issue.record("\(reason): \(String(describing: error))")
    }
  }

  @Test func namesTheFileThatIsWrong() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x_train.npy", Array(Self.images.dropLast()))
    try directory.write("y_train.npy", Self.labels)
    #expect(
      throws: DataError.content(.format(path: path, NPYError.tooShort(expected: 4, found: 3)))
    ) { try DataSet.open(directory.path) }
  }

  @Test func namesTheMemberThatIsWrong() throws {
    let directory = try TemporaryDirectory()
    let archive = ZipBuilder(members: [
      .init("other.npy", [1, 2]), .init("x_train.npy", Array(Self.images.dropLast())),
      .init("y_train.npy", Self.labels),
    ])
    let path = try directory.write("x.npz", archive.bytes)
    #expect(
      throws: DataError.content(
        .format(path: path + ":x_train.npy", NPYError.tooShort(expected: 4, found: 3)))
    ) { try DataSet.open(path) }
  }

  // MARK: - Values

  static let badImages: [(reason: String, bytes: [UInt8], index: Int)] = [
    ("negative", npy(npyHeader("|i1", "(2, 1, 2)"), [1, 2, 0xFF, 4]), 2),
    ("above 255", npy(npyHeader("<u2", "(2, 1, 2)"), [1, 0, 0, 1, 3, 0, 4, 0]), 1),
    ("greatest integer", npy(npyHeader("<u8", "(2, 1, 2)"), [UInt8](repeating: 255, count: 32)), 0),
    ("truth of 2", npy(npyHeader("|b1", "(2, 1, 2)"), [1, 0, 1, 2]), 3),
    ("not a number", floats([0, .nan, 0, 0]), 1),
    ("infinite", floats([0, 0, 0, .infinity]), 3),
    ("float above 255", floats([0, 255.5, 0, 0]), 1),
    ("negative and not a number", floats([-0.1, 0, 0, .nan]), 3),
  ]

  private static func floats(_ values: [Float]) -> [UInt8] {
    npy(npyHeader("<f4", "(2, 1, 2)"), values.flatMap { le($0.bitPattern) })
  }

  @Test(arguments: badImages.indices)
  func namesThePixelThatIsOutOfRange(index: Int) throws {
    let (reason, bytes, expected) = Self.badImages[index]
    let error = #expect(throws: DataError.self, "\(reason)") { try open(images: bytes) }
    guard case .element(_, array: "x_train", index: expected, expected: _, found: _)? = error else {
      Issue.record("\(reason): \(String(describing: error))")
      return
    }
  }

  @Test func scalesFloatsThatGoToOne() throws {
    #expect(try open(images: Self.floats([0, 0.5, 1, 0.25])).train.pixels == [0, 128, 255, 64])
    #expect(try open(images: Self.floats([0, 0.5, 1.25, 255])).train.pixels == [0, 1, 1, 255])
    #expect(try open(images: Self.floats([0, -0, 0, 0])).train.pixels == [0, 0, 0, 0])
  }

  @Test func takesStandardizedPixelsAsTheyAre() throws {
    let data = try open(images: Self.floats([-0.5, 2.75, 0, 300]))
    #expect(data.train.vectors == [-0.5, 2.75, 0, 300])
    #expect(data.shape == .image(channels: 1, height: 1, width: 2))
    #expect(data.isTakenAsItIs)
    #expect(NormalizationChoice.standard.normalization(of: data) == Normalization())
  }

  @Test func scalesBothSplitsAlike() throws {
    let directory = try TemporaryDirectory()
    try directory.write("x_train.npy", Self.floats([0, 1, 200, 255]))
    try directory.write("y_train.npy", Self.labels)
    try directory.write("x_test.npy", Self.floats([0, 1, 1, 0]))
    try directory.write("y_test.npy", Self.labels)
    #expect(try DataSet.open(directory.path).test.pixels == [0, 1, 1, 0])
  }

  static let badLabels: [(bytes: [UInt8], words: String)] = [
    (
      npy(npyHeader("<f4", "(2,)"), le(Float(1).bitPattern) + le(Float(0.5).bitPattern)),
      "expected whole labels from 0 to 1023, found 0.5 as element 1"
    ),
    (npy(npyHeader("|u1", "(2, 2, 1)"), [1, 0, 0, 1]), "[examples, classes], found [2, 2, 1]"),
    (npy(npyHeader("|u1", "(2, 2)"), [1, 0, 1, 1]), "a single 1 among zeros in each row, found 1"),
    (npy(npyHeader("|u1", "(2, 2)"), [1, 0, 0, 0]), "found 0 as element 2"),
    (npy(npyHeader("|u1", "(2, 2)"), [1, 0, 0, 2]), "found 2 as element 3"),
    (npy(npyHeader("<c8", "(2,)"), [UInt8](repeating: 0, count: 16)), "expected numbers or texts"),
    (npy(npyHeader("<U0", "(2,)"), []), "expected numbers or texts, found <U0"),
    (npy(npyHeader("|S1", "(2, 2)"), [97, 98, 99, 100]), "[examples, classes], found [2, 2]"),
    (npy(npyHeader("|u1", "(3,)"), [1, 0, 0]), "2 images but 3 labels"),
    (npy(npyHeader("|i1", "(2,)"), [0, 0xFF]), "labels from 0 to 1023, found -1 as element 1"),
    (
      npy(npyHeader("<u2", "(2,)"), [0, 4, 0, 0]), "labels from 0 to 1023, found 1024 as element 0"
    ),
    (npy(npyHeader("|u1", "()"), [0]), "[examples, classes], found []"),
  ]

  @Test(arguments: badLabels)
  func refusesLabelsThatAreNone(bytes: [UInt8], words: String) throws {
    let error = #expect(throws: DataError.self) { try open(labels: bytes) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func saysWhichHalfOfAPairIsMissing() throws {
    let directory = try TemporaryDirectory()
    try directory.write("x_test.npy", Self.images)
    #expect(
      throws: DataError.missingFile(path: directory.path, present: "x_test", missing: "y_test")
    ) { try DataSet.open(directory.path) }
  }

  @Test func refusesTwoArraysForTheSame() throws {
    let directory = try TemporaryDirectory()
    for name in ["x_train", "train_images"] { try directory.write(name + ".npy", Self.images) }
    try directory.write("y_train.npy", Self.labels)
    #expect(
      throws: DataError.ambiguous(path: directory.path, found: ["train_images", "x_train"])
    ) { try DataSet.open(directory.path) }
  }

  @Test func takesClassNamesFromTheirFile() throws {
    let directory = try TemporaryDirectory()
    try directory.write("x_train.npy", Self.images)
    try directory.write("y_train.npy", Self.labels)
    try directory.write("classes.txt", "cat\ndog\n")
    #expect(try DataSet.open(directory.path).classNames == ["cat", "dog"])
  }
}
