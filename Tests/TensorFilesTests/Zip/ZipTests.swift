import Foundation
import TensorFiles
import TestSupport
import Testing

struct ZipTests {
  private static let images = npy(npyHeader("|u1", "(2, 1, 2)"), [1, 2, 3, 4])
  private static let labels = npy(npyHeader("|u1", "(2,)"), [1, 0])
  private static var right: ZipBuilder {
    ZipBuilder(members: [.init("x_train.npy", images), .init("y_train.npy", labels)])
  }

  /// An archive with one thing changed.
  private static func archive(_ change: (inout ZipBuilder) -> Void) -> [UInt8] {
    var builder = right
    change(&builder)
    return builder.bytes
  }

  private static func wide(_ words: [UInt64]) -> [UInt8] {
    le(UInt16(1)) + le(UInt16(words.count * 8)) + words.flatMap { le($0) }
  }

  /// The values of every array of an archive, of which none may be wrong.
  private func open(_ bytes: [UInt8]) throws -> [String: [Float]] {
    let directory = try TemporaryDirectory()
    let file = try NPZFile(try directory.write("x.npz", bytes))
    if let (_, error) = file.unreadable.first { throw error }
    var values: [String: [Float]] = [:]
    for tensor in file.tensors { values[tensor.name] = try file.values(of: tensor) }
    return values
  }

  static let accepted: [(reason: String, bytes: [UInt8])] = [
    ("stored", right.bytes),
    ("comment", archive { $0.comment = Array("hello".utf8) }),
    (
      "comment with the end's signature",
      archive { $0.comment = [0x50, 0x4B, 5, 6, 0, 0] + [UInt8](repeating: 0, count: 40) }
    ),
    ("64-bit end", archive { $0.isWide = true }),
    (
      "64-bit sizes of a member",
      archive {
        let count = UInt64(images.count)
        $0.members[0].packedCount = .max
        $0.members[0].count = .max
        $0.members[0].extra = wide([count, count])
        $0.members[0].localExtra = wide([count, count])
      }
    ),
    (
      "64-bit sizes before the member alone",
      archive {
        let count = UInt64(images.count)
        $0.members[0].localPackedCount = .max
        $0.members[0].localCount = .max
        $0.members[0].localExtra = wide([count, count])
      }
    ),
    (
      "64-bit offset behind another extra field",
      archive {
        $0.members[0].offset = .max
        $0.members[0].extra = le(UInt16(0x5455)) + le(UInt16(1)) + [0] + wide([0])
      }
    ),
    (
      "descriptor",
      archive {
        $0.members[0].flags = 8
        $0.members[0].localChecksum = 0
        $0.members[0].localCount = 0
        $0.members[0].localPackedCount = 0
        $0.members[0].packed += [0x50, 0x4B, 7, 8] + [UInt8](repeating: 0, count: 12)
        $0.members[0].packedCount = UInt32(images.count)
      }
    ),
    ("other files", archive { $0.members.append(.init("notes/readme.txt", [1])) }),
    ("directory", archive { $0.members.append(.init("notes/", [])) }),
  ]

  @Test(arguments: accepted.indices)
  func readsEveryRightArchive(index: Int) throws {
    let (reason, bytes) = Self.accepted[index]
    #expect(try open(bytes) == ["x_train": [1, 2, 3, 4], "y_train": [1, 0]], "\(reason)")
  }

  /// How each error is told apart from the others without its numbers.
  static let rejected: [(reason: String, bytes: [UInt8], words: String)] = [
    ("end cut off", Array(right.bytes.dropLast()), "no end record"),
    ("something behind the end", right.bytes + [0], "no end record"),
    ("start alone", Array(right.bytes[..<20]), "no end record"),
    ("comment that is too long", archive { $0.commentCount = 1 }, "no end record"),
    ("second disk", archive { $0.disk = 1 }, "several parts"),
    ("member on a second disk", archive { $0.members[0].disk = 1 }, "several parts"),
    ("entries on other disks", archive { $0.entriesHere = 1 }, "several parts"),
    (
      "fewer entries than announced", archive { $0.entries = 3 },
      "counts 3 members, but the directory holds 2"
    ),
    (
      "more entries than announced", archive { $0.entries = 1 },
      "counts 1 members, but the directory holds 2"
    ),
    ("directory before its place", archive { $0.directoryOffset = 3 }, "directory should end"),
    (
      "directory beyond the file", archive { $0.directoryOffset = 0x7FFF_FFFF },
      "directory should end"
    ),
    ("directory too long", archive { $0.directoryCount = 0x7FFF_FFFF }, "directory should end"),
    ("directory without signature", archive { $0.centralSignature = 0 }, "directory holds 0"),
    (
      "64-bit end without locator",
      archive {
        $0.isWide = true
        $0.locatorSignature = 0
      }, "no locator"
    ),
    (
      "64-bit end that is none",
      archive {
        $0.isWide = true
        $0.wideSignature = 0
      }, "no record where"
    ),
    ("64-bit end announced alone", archive { $0.entries = .max }, "64-bit sizes are wrong"),
    (
      "locator beyond the file",
      archive {
        $0.isWide = true
        $0.locatorOffset = .max
      }, "locator points"
    ),
    (
      "locator elsewhere",
      archive {
        $0.isWide = true
        $0.locatorOffset = 0
      }, "no record where"
    ),
    (
      "two different counts",
      archive {
        $0.isWide = true
        $0.directoryCount = 7
      }, "in the end record"
    ),
    (
      "64-bit count that overflows",
      archive {
        $0.isWide = true
        $0.wideCount = .max
      }, "directory should end"
    ),
    (
      "2^64 entries",
      archive {
        $0.isWide = true
        $0.wideEntries = .max
      }, "at most 65536"
    ),
    ("encrypted", archive { $0.members[1].flags = 1 }, "encrypted"),
    ("encrypted by the header before it", archive { $0.members[1].localFlags = 1 }, "encrypted"),
    ("strongly encrypted", archive { $0.members[1].flags = 0x40 }, "encrypted"),
    ("hidden names", archive { $0.members[1].flags = 0x2000 }, "encrypted"),
    ("bzip2", archive { $0.members[0].method = 12 }, "method 12"),
    (
      "other method before the bytes", archive { $0.members[0].localMethod = 8 },
      "differ in the method"
    ),
    (
      "other name before the bytes", archive { $0.members[0].localName = "y_train.npz" },
      "differ in the name"
    ),
    (
      "other checksum before the bytes", archive { $0.members[0].localChecksum = 1 },
      "differ in the checksum"
    ),
    ("other size before the bytes", archive { $0.members[0].localCount = 1 }, "differ in the size"),
    (
      "other packed size before the bytes", archive { $0.members[0].localPackedCount = 1 },
      "differ in the packed size"
    ),
    (
      "descriptor before the bytes alone", archive { $0.members[0].localFlags = 8 },
      "differ in the flags"
    ),
    (
      "no header before the bytes", archive { $0.members[1].localSignature = 0 },
      "differ in the signature"
    ),
    ("header elsewhere", archive { $0.members[0].offset = 1 }, "differ in the signature"),
    ("header beyond the members", archive { $0.members[0].offset = 0x7FFF_FFFF }, "members end at"),
    (
      "header at the end of the members",
      archive { $0.members[1].offset = UInt32(images.count + labels.count + 82) - 10 },
      "members end at"
    ),
    (
      "bytes beyond the members",
      archive {
        $0.members[1].packedCount = 9_999
        $0.members[1].count = 9_999
      }, "members end at"
    ),
    (
      "bytes that reach into the directory",
      archive {
        $0.members[1].packedCount = UInt32(labels.count) + 1
        $0.members[1].count = UInt32(labels.count) + 1
      }, "members end at"
    ),
    ("stored in two sizes", archive { $0.members[0].count = 1 }, "stored as it is"),
    ("same member twice", archive { $0.members.append($0.members[0]) }, "two members are called"),
    (
      "shared bytes",
      archive {
        $0.members[1].name = "x_train.npy"
        $0.members[1].offset = 0
        $0.members[1] = $0.members[0]
        $0.members[1].name = "y_train.npy"
        $0.members[1].localName = "y_train.npy"
        $0.members[0].packedCount = UInt32(images.count) + 1
        $0.members[0].count = UInt32(images.count) + 1
      }, "share bytes"
    ),
    (
      "header inside what stands before another's bytes",
      archive {
        $0.members[0].localExtra = ZipBuilder(members: [.init("y_train.npy", labels)]).bytes
        $0.members[1].offset = 30 + 11
        $0.members[1].packedCount = UInt32(labels.count)
      }, "share bytes"
    ),
    ("wrong checksum", archive { $0.members[0].checksum = 7 }, "expected checksum"),
    ("out of the directory", archive { $0.members.append(.init("../x", [])) }, "no safe file name"),
    (
      "out of the directory inside", archive { $0.members.append(.init("a/../../x", [])) },
      "no safe file name"
    ),
    ("absolute", archive { $0.members.append(.init("/etc/x", [])) }, "no safe file name"),
    ("backslash", archive { $0.members.append(.init("..\\x", [])) }, "no safe file name"),
    ("drive", archive { $0.members.append(.init("C:x", [])) }, "no safe file name"),
    ("another drive", archive { $0.members.append(.init("d:x", [])) }, "no safe file name"),
    (
      "accent on a slash", archive { $0.members.append(.init("../\u{301}x", [])) },
      "no safe file name"
    ),
    (
      "accent on a backslash", archive { $0.members.append(.init("a\\\u{301}x", [])) },
      "no safe file name"
    ),
    ("no name", archive { $0.members.append(.init("", [])) }, "no safe file name"),
    ("zero in a name", archive { $0.members.append(.init("a\u{0}b", [])) }, "no safe file name"),
    (
      "64-bit sizes without field",
      archive {
        $0.members[0].packedCount = .max
        $0.members[0].count = .max
      }, "has none"
    ),
    (
      "64-bit sizes cut off",
      archive {
        $0.members[0].packedCount = .max
        $0.members[0].count = .max
        $0.members[0].extra = wide([UInt64(images.count)])
      }, "are cut off"
    ),
    (
      "64-bit sizes twice",
      archive {
        $0.members[0].count = .max
        $0.members[0].extra = wide([UInt64(images.count)]) + wide([1])
      }, "has them twice"
    ),
    (
      "64-bit size beyond the file",
      archive {
        $0.members[0].packedCount = .max
        $0.members[0].count = .max
        $0.members[0].extra = wide([.max, .max])
      }, "members end at"
    ),
    (
      "array shorter than its member",
      archive {
        $0.members[0] = .init("x_train.npy", images + [0])
      }, "but the archive holds"
    ),
    (
      "array longer than its member",
      archive {
        $0.members[0] = .init("x_train.npy", Array(images.dropLast()))
      }, "need 4 bytes, found 3"
    ),
    ("empty member", archive { $0.members[0] = .init("x_train.npy", []) }, "not a NumPy array"),
    (
      "claim that deflate cannot keep",
      archive {
        $0.members[0].method = 8
        $0.members[0].count = 1_000_000
      }, "more than deflate can pack"
    ),
    (
      "bytes that end before their time",
      archive { $0.members[0].method = 8 }, "expected 132 bytes, found 6"
    ),
    (
      "bytes that are not deflated",
      archive {
        $0.members[0].method = 8
        $0.members[0].packed[0] = 7
      }, "compressed data is damaged"
    ),
  ]

  @Test(arguments: rejected.indices)
  func refusesEveryWrongArchive(index: Int) throws {
    let (reason, bytes, words) = Self.rejected[index]
    let error = #expect(throws: ReadError.self, "\(reason)") { try open(bytes) }
    #expect(error?.description.contains(words) == true, "\(reason): \(error?.description ?? "")")
  }

  // MARK: - Deflated members

  private func deflated() throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: fixture("arrays/deflated.npz"))))
  }

  @Test func refusesEveryTruncation() throws {
    for bytes in [try deflated(), Self.right.bytes] {
      for count in stride(from: 0, to: bytes.count, by: 7) {
        let error = #expect(throws: ReadError.self, "\(count) bytes") {
          try open(Array(bytes[..<count]))
        }
        guard case .format(_, ZipError.noEndRecord(size: count))? = error else {
          Issue.record("\(count) bytes: \(String(describing: error))")
          continue
        }
      }
    }
  }

  @Test func survivesMutation() throws {
    let source = try deflated()
    let original = try open(source)
    var generator = FixedGenerator(state: 5)
    var rejected = 0
    for _ in 0..<500 {
      var bytes = source
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      do {
        // What the checksums do not cover (times, versions, attributes, names) may change.
        for (name, values) in try open(bytes) where original[name] != nil {
          #expect(values == original[name])
        }
      } catch is ReadError {
        rejected += 1
      }
    }
    #expect(rejected > 300)
  }
}
