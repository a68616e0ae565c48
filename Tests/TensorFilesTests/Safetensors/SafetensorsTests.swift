import Foundation
import TensorFiles
import TestSupport
import Testing

/// A header and data as a safetensors file.
private func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
  let bytes = Array(header.utf8)
  return LittleEndian.bytes([length ?? UInt64(bytes.count)]) + bytes
    + [UInt8](repeating: 1, count: data)
}

private func entry(
  _ name: String, _ type: String = "F32", _ shape: String = "[2]", _ offsets: String = "[0,8]"
) -> String {
  #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
}

struct SafetensorsTests {
  /// What the reference reader rejects, and the two things in which this one is stricter; each with words of
  /// its error alone.
  static let rejected: [(reason: String, bytes: [UInt8], words: String)] = [
    ("empty", [], "at least 8 bytes, found 0"),
    ("seven bytes", [UInt8](repeating: 0, count: 7), "at least 8 bytes, found 7"),
    ("header of no bytes", file(""), "begin with \"{\", found nothing"),
    ("header beyond the file", file("{}", length: 3), "ends at byte 11, but the file has 10"),
    ("header of 100,000,001 bytes", file("{}", length: 100_000_001), "claims 100000001 bytes"),
    ("header of 2^63 bytes", file("{}", length: 1 << 63), "claims 9223372036854775808 bytes"),
    ("header of 2^64-1 bytes", file("{}", length: .max), "claims 18446744073709551615 bytes"),
    (
      "header of 2^63-1 bytes", file("{}", length: UInt64(Int.max)),
      "claims 9223372036854775807 bytes"
    ),
    ("trailing byte", file("{\(entry("a"))}", data: 9), "need 8 bytes of data, the file holds 9"),
    (
      "trailing byte without tensors", file("{}", data: 1), "need 0 bytes of data, the file holds 1"
    ),
    ("short data", file("{\(entry("a"))}", data: 7), "need 8 bytes of data, the file holds 7"),
    (
      "hole", file("{\(entry("a")),\(entry("b", "F32", "[2]", "[12,20]"))}", data: 20),
      "must begin at byte 8 of the data, found 12"
    ),
    (
      "leading hole", file("{\(entry("a", "F32", "[2]", "[4,12]"))}", data: 12),
      "must begin at byte 0 of the data, found 4"
    ),
    (
      "same range", file("{\(entry("a")),\(entry("b"))}", data: 8),
      "must begin at byte 8 of the data, found 0"
    ),
    (
      "overlap", file("{\(entry("a")),\(entry("b", "F32", "[2]", "[4,12]"))}", data: 12),
      "must begin at byte 8 of the data, found 4"
    ),
    (
      "reversed offsets", file("{\(entry("a", "F32", "[2]", "[8,0]"))}", data: 8),
      "ends at 0, before it begins at 8"
    ),
    (
      "shape needs more bytes", file("{\(entry("a", "F32", "[3]"))}", data: 8),
      "need 12 bytes, the offsets span 8"
    ),
    (
      "shape needs fewer bytes", file("{\(entry("a", "F32", "[1]"))}", data: 8),
      "need 4 bytes, the offsets span 8"
    ),
    (
      "overflowing shape", file("{\(entry("a", "F32", "[4294967296,4294967296]"))}", data: 8),
      "is too large"
    ),
    (
      "shape that wraps to the right size",
      file("{\(entry("a", "U8", "[4611686018427387905,4]", "[0,4]"))}", data: 4), "is too large"
    ),
    (
      "overflowing bits", file("{\(entry("a", "F32", "[2305843009213693952]", "[0,0]"))}"),
      "is too large"
    ),
    (
      "overflow before a zero",
      file("{\(entry("a", "F32", "[4611686018427387904,4,0]", "[0,0]"))}"), "is too large"
    ),
    (
      "offsets at the end of all integers",
      file("{\(entry("a", "U8", "[1]", "[9223372036854775806,9223372036854775807]"))}"),
      "is too large"
    ),
    (
      "offset beyond all integers",
      file("{\(entry("a", "F32", "[2]", "[0,18446744073709551616]"))}", data: 8),
      "whole numbers from 0, found 18446744073709551616"
    ),
    (
      "negative extent", file("{\(entry("a", "F32", "[-2]"))}", data: 8),
      "whole numbers from 0, found -2"
    ),
    (
      "two negative extents", file("{\(entry("a", "F32", "[-2,-1]"))}", data: 8),
      "whole numbers from 0, found -2"
    ),
    (
      "negative zero", file("{\(entry("a", "F32", "[-0]", "[0,0]"))}"),
      "whole numbers from 0, found -0"
    ),
    (
      "negative offset", file("{\(entry("a", "F32", "[2]", "[-8,0]"))}", data: 8),
      "whole numbers from 0, found -8"
    ),
    (
      "fractional extent", file("{\(entry("a", "F32", "[2.0]"))}", data: 8),
      "whole numbers from 0, found 2.0"
    ),
    (
      "exponent in an extent", file("{\(entry("a", "F32", "[2e0]"))}", data: 8),
      "whole numbers from 0, found 2e0"
    ),
    (
      "fractional offset", file("{\(entry("a", "F32", "[2]", "[0,8.0]"))}", data: 8),
      "whole numbers from 0, found 8.0"
    ),
    (
      "text as extent", file("{\(entry("a", "F32", "[\"2\"]"))}", data: 8),
      "whole numbers from 0, found \"2\""
    ),
    (
      "shape that is a number", file("{\(entry("a", "F32", "2"))}", data: 8),
      "a list of whole numbers"
    ),
    (
      "three offsets", file("{\(entry("a", "F32", "[2]", "[0,4,8]"))}", data: 8),
      "expected two numbers, found 3"
    ),
    (
      "one offset", file("{\(entry("a", "F32", "[2]", "[8]"))}", data: 8),
      "expected two numbers, found 1"
    ),
    ("unknown dtype", file("{\(entry("a", "F31"))}", data: 8), "unknown dtype \"F31\""),
    ("lower-case dtype", file("{\(entry("a", "f32"))}", data: 8), "unknown dtype \"f32\""),
    (
      "dtype that is a number",
      file(#"{"a":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}"#, data: 8),
      "dtype: expected a text"
    ),
    ("no dtype", file(#"{"a":{"shape":[2],"data_offsets":[0,8]}}"#, data: 8), "dtype is missing"),
    ("no shape", file(#"{"a":{"dtype":"F32","data_offsets":[0,8]}}"#, data: 8), "shape is missing"),
    ("no offsets", file(#"{"a":{"dtype":"F32","shape":[0]}}"#), "data_offsets is missing"),
    (
      "field twice",
      file(#"{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, data: 8),
      "\"dtype\" stands twice"
    ),
    ("tensor that is a list", file(#"{"a":[]}"#), "tensor \"a\": expected an object"),
    ("tensor that is null", file(#"{"a":null}"#), "tensor \"a\": expected an object"),
    ("byte order mark", file("\u{FEFF}{}"), "begin with \"{\", found byte 0xef"),
    ("trailing NUL", file("{}\u{0}"), "something follows the value"),
    ("trailing junk", file("{}x"), "something follows the value"),
    ("second object", file("{}{}"), "something follows the value"),
    (
      "metadata value that is a number", file(#"{"__metadata__":{"a":1}}"#),
      "__metadata__.a: expected a text"
    ),
    (
      "metadata value that is null", file(#"{"__metadata__":{"a":null}}"#),
      "__metadata__.a: expected a text"
    ),
    ("nested metadata", file(#"{"__metadata__":{"a":{}}}"#), "__metadata__.a: expected a text"),
    ("list in metadata", file(#"{"__metadata__":{"a":["b"]}}"#), "__metadata__.a: expected a text"),
    ("metadata that is a list", file(#"{"__metadata__":[]}"#), "__metadata__: expected an object"),
    ("metadata that is a text", file(#"{"__metadata__":"a"}"#), "__metadata__: expected an object"),
    ("list at the top", file("[]"), "begin with \"{\", found byte 0x5b"),
    ("number at the top", file("1"), "begin with \"{\", found byte 0x31"),
    ("NaN", file("{\(entry("a", "F32", "[NaN]"))}", data: 8), "expected a value, found byte 0x4e"),
    (
      "deep nesting",
      file(
        #"{"a":"# + String(repeating: "[", count: 200) + String(repeating: "]", count: 200) + "}"),
      "nested deeper than 128"
    ),
    (
      "very deep nesting", file(String(repeating: #"{"a":"#, count: 50_000)),
      "nested deeper than 128"
    ),
    ("lone surrogate", file(#"{"__metadata__":{"a":"\ud800"}}"#), "half a surrogate pair"),
    (
      "invalid UTF-8",
      LittleEndian.bytes([UInt64(9)]) + Array(#"{"a"#.utf8) + [0xFF] + Array(#"":{}}"#.utf8),
      "is not UTF-8"
    ),
    (
      "odd number of half bytes", file("{\(entry("a", "F4", "[3]", "[0,1]"))}", data: 1),
      "12 bits do not fill"
    ),
    (
      "two thirds of a byte", file("{\(entry("a", "F6_E2M3", "[1]", "[0,0]"))}"),
      "6 bits do not fill"
    ),
    ("cut-off header", file(#"{"a":{"#), "ends inside a value"),
    ("leading space", file(" {}"), "begin with \"{\", found byte 0x20"),
    ("leading line break", file("\n{}"), "begin with \"{\", found byte 0xa"),
    (
      "same tensor in two places",
      file("{\(entry("a")),\(entry("a", "F32", "[2]", "[8,16]"))}", data: 16), "\"a\" stands twice"
    ),
    ("same tensor twice", file("{\(entry("a")),\(entry("a"))}", data: 8), "\"a\" stands twice"),
    (
      "same empty tensor twice",
      file("{\(entry("a", "F32", "[0]", "[0,0]")),\(entry("a", "F32", "[0]", "[0,0]"))}"),
      "\"a\" stands twice"
    ),
    (
      "metadata twice", file(#"{"__metadata__":{},"__metadata__":{}}"#),
      "\"__metadata__\" stands twice"
    ),
    ("metadata key twice", file(#"{"__metadata__":{"a":"b","a":"b"}}"#), "\"a\" stands twice"),
  ]

  static let accepted: [(reason: String, bytes: [UInt8])] = [
    ("nothing", file("{}")),
    ("scalar", file("{\(entry("a", "F32", "[]", "[0,4]"))}", data: 4)),
    ("empty tensor", file("{\(entry("a", "F32", "[3,0]", "[0,0]"))}")),
    (
      "empty tensors beside a full one",
      file(
        "{\(entry("a")),\(entry("b", "F32", "[0]", "[8,8]")),\(entry("c", "F32", "[0]", "[0,0]"))}",
        data: 8)
    ),
    (
      "keys in any order", file(#"{"a":{"data_offsets":[0,8],"shape":[2],"dtype":"F32"}}"#, data: 8)
    ),
    (
      "tensors in any order",
      file("{\(entry("b", "F32", "[2]", "[8,16]")),\(entry("a"))}", data: 16)
    ),
    ("header of an odd length", file("{ }")),
    (
      "F32 after one byte",
      file("{\(entry("a", "U8", "[1]", "[0,1]")),\(entry("b", "F32", "[2]", "[1,9]"))}", data: 9)
    ),
    ("empty name", file("{\(entry(""))}", data: 8)),
    ("trailing white space", file("{} \n\t\r")),
    (
      "unknown field",
      file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":{"y":[1.5]}}}"#, data: 8)
    ),
    ("metadata that is null", file(#"{"__metadata__":null}"#)),
    ("metadata", file(#"{"__metadata__":{"a":"b","":""}}"#)),
    ("BOOL of other bytes", file("{\(entry("a", "BOOL", "[8]"))}", data: 8)),
    ("even number of half bytes", file("{\(entry("a", "F4", "[2]", "[0,1]"))}", data: 1)),
    ("four of six bits", file("{\(entry("a", "F6_E3M2", "[4]", "[0,3]"))}", data: 3)),
    (
      "zero before a large extent",
      file("{\(entry("a", "F32", "[0,4611686018427387904]", "[0,0]"))}")
    ),
    (
      "escaped name",
      file(#"{"\u0061\n":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, data: 1)
    ),
  ]

  private func open(_ bytes: [UInt8]) throws -> SafetensorsFile {
    let directory = try TemporaryDirectory()
    let file = try SafetensorsFile(try directory.write("x.safetensors", bytes))
    // Every tensor that the header lists can be read.
    for tensor in file.tensors {
      #expect(try file.bytes(of: tensor).count == tensor.bytes.count)
    }
    return file
  }

  /// What is wrong with the format, where nothing else keeps the bytes from being read.
  private func failure(_ bytes: [UInt8]) throws -> SafetensorsError {
    let error = try #require(#expect(throws: ReadError.self) { try open(bytes) })
    guard case .format(_, let error as SafetensorsError) = error else { throw error }
    return error
  }

  @Test(arguments: rejected.indices)
  func rejectsWhatIsNotSafetensors(index: Int) throws {
    let (reason, bytes, words) = Self.rejected[index]
    let error = try failure(bytes)
    #expect(error.description.contains(words), "\(reason): \(error)")
  }

  @Test(arguments: accepted.indices)
  func acceptsWhatTheReferenceAccepts(index: Int) throws {
    let (reason, bytes) = Self.accepted[index]
    #expect(throws: Never.self, "\(reason)") { try open(bytes) }
  }

  @Test(arguments: ElementType.safetensors)
  func knowsTheSizeOfEachElementType(type: ElementType) throws {
    // Eight elements of any type fill whole bytes.
    let opened = try open(
      file("{\(entry("a", type.name, "[8]", "[0,\(type.bits)]"))}", data: type.bits))
    #expect(opened["a"]?.type == type)
    #expect(opened["a"]?.bytes.count == type.bits)
  }

  @Test func saysWhatIsWrong() throws {
    #expect(try failure([1, 2]) == .tooShort(found: 2))
    #expect(
      try failure(file("{}", length: 1 << 63))
        == .headerTooLarge(limit: 100_000_000, found: 1 << 63))
    #expect(
      try failure(file("{}", length: 3)) == .headerBeyondFile(expected: 11, found: 10))
    #expect(
      try failure(file("{\(entry("a")),\(entry("b", "F32", "[2]", "[4,12]"))}", data: 12))
        == .offsetMismatch(tensor: "b", expected: 8, found: 4))
    #expect(
      try failure(file("{\(entry("a"))}", data: 9)) == .dataCount(expected: 8, found: 9))
    #expect(
      try failure(file("{\(entry("a", "F32", "[3]"))}", data: 8))
        == .byteCount(tensor: "a", expected: 12, found: 8))
    #expect(
      try failure(file("{\(entry("a", "Q4"))}", data: 8))
        == .unknownElementType(tensor: "a", found: "Q4"))
  }

  @Test func refusesWhatIsNoFile() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: ReadError.file(.notFound(path: directory.path + "/no"))) {
      try opened(directory.path + "/no")
    }
    #expect(
      throws: ReadError.file(
        .notARegularFile(path: directory.path, found: "a directory"))
    ) { try opened(directory.path) }
    #expect(throws: ReadError.file(.invalidPath(path: "a\u{0}b"))) {
      try opened("a\u{0}b")
    }
    #expect(
      throws: ReadError.file(
        .notARegularFile(path: "/dev/zero", found: "a special file"))
    ) { try opened("/dev/zero") }
  }

  private func opened(_ path: String) throws { _ = try SafetensorsFile(path) }

  @Test func decodesHalvesAsTheProcessorDoes() {
    #if !(os(macOS) && arch(x86_64))
    for bits in UInt16.min...UInt16.max {
      let expected = Float(Float16(bitPattern: bits))
      let found = ElementType.float(half: bits)
      if expected.isNaN {
        #expect(found.isNaN)
      } else if found.bitPattern != expected.bitPattern {
        Issue.record("half \(bits): expected \(expected), found \(found)")
      }
    }
    #endif
    #expect(ElementType.float(half: 0x3C00) == 1)
    #expect(ElementType.float(half: 0x0001) == 0x1p-24)
    #expect(ElementType.float(half: 0xFC00) == -.infinity)
  }

  @Test func decodesEachRealType() {
    #expect(ElementType.f32.floats([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]) == [1, -2])
    #expect(ElementType.bf16.floats([0x80, 0x3F, 0x00, 0xC0]) == [1, -2])
    #expect(ElementType.f16.floats([0x00, 0x3C, 0x00, 0xC0]) == [1, -2])
    #expect(ElementType.f64.floats([0, 0, 0, 0, 0, 0, 0xF0, 0x3F]) == [1])
  }

  @Test func writesWhatTheReferenceWriterWrites() throws {
    let contents = SafetensorsContents(
      tensors: [
        .init("scalar", .f64, [], LittleEndian.bytes([(2.5 as Double).bitPattern])),
        .init("c", .u8, [0, 5], []),
        .init("b", .f32, [3], LittleEndian.bytes([0, 1, 2] as ArraySlice<Float>)),
        .init("random", .u64, [4], LittleEndian.bytes([0, 1, 2, 3] as [UInt64])),
        .init("a", .f32, [2, 2], LittleEndian.bytes([0, 1, 2, 3] as ArraySlice<Float>)),
      ],
      metadata: [("key", "va\"l\\u\u{e9}\n")])
    let reference = try Data(contentsOf: URL(filePath: fixture("writer.safetensors")))
    #expect(contents.encoded == [UInt8](reference))
  }

  @Test func readsWhatItWrites() throws {
    let opened = try open(
      SafetensorsContents(
        tensors: [.init("a", .f32, [2], LittleEndian.bytes([1, 2] as ArraySlice<Float>))],
        metadata: [("k\n", "\u{1b}\"")]
      ).encoded)
    #expect(opened.metadata("k\n") == "\u{1b}\"")
    #expect(opened["a"]?.shape == [2])
    #expect((opened["a"]?.bytes.lowerBound ?? 1) % 8 == 0)
  }
}
