import TensorFiles
import TestSupport
import Testing

struct NPYTests {
  private static let images = npy(npyHeader("|u1", "(2, 1, 2)"), [1, 2, 3, 4])

  private func open(_ bytes: [UInt8]) throws -> NPYFile {
    let directory = try TemporaryDirectory()
    return try NPYFile(try directory.write("x.npy", bytes))
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
    let file = try open(bytes)
    let tensor = try #require(file["x"])
    #expect(tensor.shape == [2, 1, 2], "\(reason)")
    #expect(try file.values(of: tensor) == [1, 2, 3, 4], "\(reason)")
  }

  static let types: [(descr: String, bytes: [UInt8], value: Float)] = [
    ("|b1", [1], 1), ("|u1", [255], 255), ("|i1", [255], -1), ("<u2", [0, 1], 256),
    (">u2", [1, 0], 256), ("<i2", [0xFE, 0xFF], -2), (">i4", [255, 255, 255, 0xFD], -3),
    ("<u4", [0, 0, 0, 1], 0x1p24), (">u8", [1, 0, 0, 0, 0, 0, 0, 0], 0x1p56),
    ("<i8", [UInt8](repeating: 255, count: 8), -1), ("<f2", [0, 0x3C], 1), (">f2", [0xC0, 0], -2),
    ("<f4", [0, 0, 0x80, 0x3F], 1), (">f8", [0x3F, 0xF0, 0, 0, 0, 0, 0, 0], 1),
  ]

  @Test(arguments: types)
  func readsEveryTypeOfNumber(descr: String, bytes: [UInt8], value: Float) throws {
    let file = try open(npy(npyHeader(descr, "()"), bytes))
    #expect(file.tensors.map(\.type.name) == [descr])
    #expect(file.tensors.map(\.type.bits) == [8 * bytes.count])
    #expect(try file.values(of: file.tensors[0]) == [value])
  }

  @Test func givesValuesRowMajorWhateverTheOrder() throws {
    let bytes = npy(npyHeader("|u1", "(2, 3, 2)", fortran: "True"), Array(0..<12))
    let file = try open(bytes)
    // Element [i, j, k] is number i + 2j + 6k in Fortran's order.
    #expect(try file.values(of: file.tensors[0]) == [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11])
    #expect(try file.bytes(of: file.tensors[0]) == Array(0..<12))
  }

  @Test(arguments: ["<U3", "|S3", "<c8", "<M8[ns]"])
  func saysThatElementsAreNoNumbers(descr: String) throws {
    let file = try open(npy(npyHeader(descr, "(1,)"), [UInt8](repeating: 0, count: 12)))
    #expect(
      throws: ReadError.format(
        path: file.path, TensorFileError.notNumbers(tensor: "x", type: descr))
    ) { try file.values(of: file.tensors[0]) }
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
    let error = #expect(throws: ReadError.self, "\(reason)") { try open(bytes) }
    guard case .format(let path, let found as NPYError)? = error else {
      Issue.record("\(reason): \(String(describing: error))")
      return
    }
    #expect(path.hasSuffix("x.npy"))
    #expect(found == expected, "\(reason)")
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
        let file = try open(bytes)
        for tensor in file.tensors where tensor.type.isNumber {
          #expect(try file.values(of: tensor).count == tensor.count)
        }
      } catch is ReadError {
        rejected += 1
      }
    }
    #expect(rejected > 250)
  }
}
