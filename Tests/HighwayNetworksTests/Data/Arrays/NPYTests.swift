import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

struct NPYTests {
  private static let images = npy(npyHeader("|u1", "(2, 1, 2)"), [1, 2, 3, 4])
  private static let labels = npy(npyHeader("<i8", "(2,)"), le(Int64(1)) + le(Int64(0)))

  /// Opens a directory with one split.
  private func open(images: [UInt8] = images, labels: [UInt8] = labels) throws -> DataSet {
    let directory = try TemporaryDirectory()
    try directory.write("x_train.npy", images)
    try directory.write("y_train.npy", labels)
    return try DataSet.open(directory.path)
  }

  private static let u1 = "'descr': '|u1', "
  private static let order = "'fortran_order': False, "
  private static let shape = "'shape': (2, 1, 2), "

  // MARK: - What NumPy's reader accepts

  static let accepted: [(reason: String, bytes: [UInt8])] = [
    ("as NumPy writes it", images),
    ("version 2", npy(npyHeader("|u1", "(2, 1, 2)"), [1, 2, 3, 4], version: 2)),
    ("version 3", npy(npyHeader("|u1", "(2, 1, 2)"), [1, 2, 3, 4], version: 3)),
    ("bytes behind the array", images + [9, 9, 9]),
    ("no line break", rawNPY(Array(npyHeader("|u1", "(2, 1, 2)").utf8), [1, 2, 3, 4])),
    (
      "no white space",
      rawNPY(Array("{\(u1)\(order)\(shape)}".utf8.filter { $0 != 32 }), [1, 2, 3, 4])
    ),
    ("much white space", npy("{ \(u1)\t\n\(order)\n \(shape) } ", [1, 2, 3, 4])),
    ("Python 2's long integers", npy("{\(u1)\(order)'shape': (2L, 1L, 2L)}", [1, 2, 3, 4])),
    ("Python 2's texts", npy("{\(order)\(shape)u'descr': u'|u1'}", [1, 2, 3, 4])),
    ("double quotation marks", npy("{\(order)\(shape)\"descr\": \"|u1\"}", [1, 2, 3, 4])),
    ("no order for one byte", npy("{\(order)\(shape)'descr': 'u1'}", [1, 2, 3, 4])),
    ("equals sign", npy("{\(order)\(shape)'descr': '=u1'}", [1, 2, 3, 4])),
    ("parentheses around a number", npy("{\(u1)\(order)'shape': ((2), 1, (2))}", [1, 2, 3, 4])),
    (
      "big-endian floats",
      npy(
        npyHeader(">f4", "(2, 1, 2)"),
        (1...4).flatMap {
          Array(le(Float($0).bitPattern).reversed())
        })
    ),
    ("Fortran order", npy(npyHeader("|u1", "(2, 1, 2)", fortran: "True"), [1, 3, 2, 4])),
    (
      "longest header",
      rawNPY(
        Array(npyHeader("|u1", "(2, 1, 2)").utf8)
          + [UInt8](repeating: 32, count: 10_000 - npyHeader("|u1", "(2, 1, 2)").utf8.count),
        [1, 2, 3, 4])
    ),
  ]

  @Test(arguments: accepted.indices)
  func acceptsWhatNumPyAccepts(index: Int) throws {
    let (reason, bytes) = Self.accepted[index]
    let data = try open(images: bytes)
    #expect(data.train.pixels == [1, 2, 3, 4], "\(reason)")
    #expect(data.train.labels == [1, 0])
  }

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

  // MARK: - What is refused

  static let rejected: [(reason: String, bytes: [UInt8], error: NPYError)] = [
    ("empty", [], .magic(found: [])),
    ("another magic", Array("\u{93}NUMPX".utf8), .magic(found: Array("\u{93}NUMP".utf8.prefix(6)))),
    (
      "cut off in the version", [0x93] + Array("NUMPY".utf8) + [1],
      .headerCutOff(expected: 10, found: 7)
    ),
    ("cut off in the length", Array(images[..<9]), .headerCutOff(expected: 10, found: 9)),
    ("cut off in the header", Array(images[..<60]), .headerCutOff(expected: 128, found: 60)),
    (
      "version 4", npy(npyHeader("|u1", "(2, 1, 2)"), [1, 2, 3, 4], version: 4),
      .version(major: 4, minor: 0)
    ),
    (
      "version 0", npy(npyHeader("|u1", "(2, 1, 2)"), [1, 2, 3, 4], version: 0),
      .version(major: 0, minor: 0)
    ),
    ("version 1.1", replaced(images, at: 7, with: [1]), .version(major: 1, minor: 1)),
    (
      "header beyond the limit", rawNPY([UInt8](repeating: 32, count: 10_001), []),
      .headerTooLarge(limit: 10_000, found: 10_001)
    ),
    (
      "header of 4 GB", replaced(npy("", [], version: 2), at: 8, with: [255, 255, 255, 255]),
      .headerTooLarge(limit: 10_000, found: 4_294_967_295)
    ),
    ("empty header", rawNPY([], []), .syntax(offset: 0, expected: "a value")),
    (
      "expression", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1+1, 1, 2)}", []),
      .syntax(offset: 52, expected: "\",\" or the end of the list")
    ),
    (
      "call", npy("{'descr': '|u1', 'fortran_order': False, 'shape': exit()}", []),
      .syntax(offset: 50, expected: "a value")
    ),
    (
      "something behind the dictionary", npy(npyHeader("|u1", "(2, 1, 2)") + "1", []),
      .syntax(offset: 62, expected: "the end")
    ),
    (
      "unclosed", rawNPY(Array("{'descr': '|u1'".utf8), []),
      .syntax(offset: 15, expected: "\",\" or \"}\"")
    ),
    (
      "unclosed text", rawNPY(Array("{'descr".utf8), []),
      .syntax(offset: 7, expected: "the end of a text")
    ),
    (
      "escape", npy("{'d\\x65scr': '|u1'}", []),
      .syntax(offset: 3, expected: "a text without escapes and control characters")
    ),
    (
      "deep nesting", npy(String(repeating: "(", count: 9_000), []),
      .syntax(offset: 32, expected: "at most 32 levels")
    ),
    (
      "list", npy("[1, 2]", []),
      .valueType(key: "header", expected: "a dictionary", found: "a list")
    ),
    ("number as key", npy("{1: 2}", []), .syntax(offset: 2, expected: "a text as key")),
    ("no descr", npy("{\(order)\(shape)}", []), .missingKey("descr")),
    ("no order", npy("{\(u1)\(shape)}", []), .missingKey("fortran_order")),
    ("no shape", npy("{\(u1)\(order)}", []), .missingKey("shape")),
    ("further key", npy("{\(u1)\(order)\(shape)'x': 1}", []), .unknownKey("x")),
    ("key twice", npy("{\(u1)\(u1)\(order)\(shape)}", []), .duplicateKey("descr")),
    (
      "shape as a list", npy(npyHeader("|u1", "[2, 1, 2]"), [1, 2, 3, 4]),
      .valueType(key: "shape", expected: "a tuple", found: "a list")
    ),
    (
      "shape as a number", npy(npyHeader("|u1", "(4)"), [1, 2, 3, 4]),
      .valueType(key: "shape", expected: "a tuple", found: "4")
    ),
    (
      "order as a number", npy(npyHeader("|u1", "(2, 1, 2)", fortran: "0"), [1, 2, 3, 4]),
      .valueType(key: "fortran_order", expected: "True or False", found: "0")
    ),
    (
      "descr as a number", npy("{'descr': 1, \(order)\(shape)}", []),
      .valueType(key: "descr", expected: "a text or a list of fields", found: "1")
    ),
    ("truth in the shape", npy(npyHeader("|u1", "(True, 1, 2)"), [1, 2]), .extent(found: "True")),
    ("negative extent", npy(npyHeader("|u1", "(-2, 1, 2)"), [1, 2, 3, 4]), .extent(found: "-2")),
    (
      "two negative extents", npy(npyHeader("|u1", "(-2, -1, 2)"), [1, 2, 3, 4]),
      .extent(found: "-2")
    ),
    (
      "extent beyond all integers", npy(npyHeader("|u1", "(99999999999999999999, 1, 2)"), []),
      .extent(found: "a number beyond all integers")
    ),
    (
      "65 dimensions", npy(npyHeader("|u1", "(" + String(repeating: "1,", count: 65) + ")"), [1]),
      .dimensions(limit: 64, found: 65)
    ),
    (
      "product that wraps to zero", npy(npyHeader("|u1", "(1099511627776, 1099511627776)"), []),
      .sizeOverflow(shape: [1 << 40, 1 << 40])
    ),
    (
      "bytes that overflow", npy(npyHeader("<f8", "(2305843009213693952,)"), []),
      .sizeOverflow(shape: [1 << 61])
    ),
    (
      "overflow before a zero", npy(npyHeader("|u1", "(1099511627776, 1099511627776, 0)"), []),
      .sizeOverflow(shape: [1 << 40, 1 << 40, 0])
    ),
    (
      "extents that overflow without a byte",
      npy(npyHeader("|S0", "(1099511627776, 1099511627776)"), []),
      .sizeOverflow(shape: [1 << 40, 1 << 40])
    ),
    (
      "a claim of a terabyte", npy(npyHeader("|u1", "(1099511627776, 1, 1)"), [1, 2]),
      .tooShort(expected: 1 << 40, found: 2)
    ),
    ("one byte short", Array(images.dropLast()), .tooShort(expected: 4, found: 3)),
    ("objects", npy(npyHeader("|O", "(2, 1, 2)"), [1, 2, 3, 4]), .objects),
    ("objects of a size", npy(npyHeader("O8", "(2, 1, 2)"), [1, 2, 3, 4]), .objects),
    ("objects in a structure", npy("{'descr': [('a', '|O')], \(order)\(shape)}", []), .objects),
    ("unknown letter", npy(npyHeader("|x1", "(2, 1, 2)"), []), .elementType(found: "|x1")),
    (
      "size that is not a number's", npy(npyHeader("<f3", "(2, 1, 2)"), []),
      .elementType(found: "<f3")
    ),
    ("no size", npy(npyHeader("<f", "(2, 1, 2)"), []), .elementType(found: "<f")),
    (
      "no order for several bytes", npy(npyHeader("f4", "(2, 1, 2)"), []), .elementType(found: "f4")
    ),
    ("empty type", npy(npyHeader("", "(2, 1, 2)"), []), .elementType(found: "")),
    (
      "huge text", npy(npyHeader("|S9999999999", "(2, 1, 2)"), []),
      .elementType(found: "|S9999999999")
    ),
    (
      "huge structure", npy("{'descr': [('a', '|u1', (1048576, 1048576))], \(order)\(shape)}", []),
      .elementType(found: "a structure too large")
    ),
    (
      "text that is not UTF-8",
      rawNPY(Array("{'".utf8) + [0xFF] + Array("': 1}".utf8), [], version: 3), .notText
    ),
    (
      "Latin-1 key", rawNPY(Array("{'".utf8) + [0xE9] + Array("': 1}".utf8), []),
      .unknownKey("\u{e9}")
    ),
  ]

  private static func replaced(_ bytes: [UInt8], at index: Int, with new: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes.replaceSubrange(index..<index + new.count, with: new)
    return bytes
  }

  @Test(arguments: rejected.indices)
  func refusesWithItsOwnError(index: Int) throws {
    let (reason, bytes, expected) = Self.rejected[index]
    let error = #expect(throws: DataError.self, "\(reason)") { try open(images: bytes) }
    guard case .numpy(let path, let found)? = error else {
      Issue.record("\(reason): \(String(describing: error))")
      return
    }
    #expect(path.hasSuffix("x_train.npy"))
    #expect(found == expected, "\(reason)")
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
    ("negative float", floats([-0.1, 0, 0, 0]), 0),
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

  @Test func scalesBothSplitsAlike() throws {
    let directory = try TemporaryDirectory()
    try directory.write("x_train.npy", Self.floats([0, 1, 200, 255]))
    try directory.write("y_train.npy", Self.labels)
    try directory.write("x_test.npy", Self.floats([0, 1, 1, 0]))
    try directory.write("y_test.npy", Self.labels)
    #expect(try DataSet.open(directory.path).test.pixels == [0, 1, 1, 0])
  }

  static let badLabels: [[UInt8]] = [
    npy(npyHeader("<f4", "(2,)"), [UInt8](repeating: 0, count: 8)),
    npy(npyHeader("|u1", "(2, 2)"), [1, 0, 0, 1]), npy(npyHeader("|u1", "(3,)"), [1, 0, 0]),
    npy(npyHeader("|i1", "(2,)"), [0, 0xFF]), npy(npyHeader("<u2", "(2,)"), [0, 1, 0, 0]),
    npy(npyHeader("|u1", "()"), [0]),
  ]

  @Test(arguments: badLabels)
  func refusesLabelsThatAreNone(bytes: [UInt8]) throws {
    #expect(throws: DataError.self) { try open(labels: bytes) }
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

  @Test func survivesMutation() throws {
    var generator = FixedGenerator(state: 11)
    var rejected = 0
    for _ in 0..<400 {
      var bytes = Self.images
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<70, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) {
        bytes.removeLast(Int.random(in: 0...3, using: &generator))
      }
      do {
        _ = try open(images: bytes)
      } catch is DataError {
        rejected += 1
      }
    }
    #expect(rejected > 250)
  }
}
