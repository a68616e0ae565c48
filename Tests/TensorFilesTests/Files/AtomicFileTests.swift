import Foundation
import Synchronization
import TensorFiles
import TestSupport
import Testing

struct AtomicFileTests {
  @Test(arguments: [0, 1, 4095, 70_000])
  func writesAndReplaces(count: Int) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/target"
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31) }
    try AtomicFile.write(path, "what was there before, and longer than some")
    try AtomicFile.write(path, bytes)
    #expect(try directory.bytes("target") == bytes)
    #expect(try directory.names() == ["target"])
  }

  @Test func givesTheUsualPermissions() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/target"
    try AtomicFile.write(path, "x")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    let mask = umask(0o022)
    umask(mask)
    #expect(mode == 0o644 & ~Int(mask))
  }

  @Test func takesNamesAsLongAsNamesCanBe() throws {
    let directory = try TemporaryDirectory()
    let name = String(repeating: "n", count: 255)
    try AtomicFile.write(directory.path + "/" + name, "x")
    #expect(try directory.names() == [name])
  }

  @Test func leavesNothingBehindWhereItCannotReplace() throws {
    let directory = try TemporaryDirectory()
    let target = directory.path + "/target"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
    try directory.write("target/inside", "old")
    #expect(throws: FileError.notARegularFile(path: target, found: "a directory")) {
      try AtomicFile.write(target, "new")
    }
    #expect(try directory.names() == ["target"])
    #expect(try directory.bytes("target/inside") == Array("old".utf8))
  }

  @Test func leavesTheOldContentWhereTheFileMayNotGrow() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("target", "old")
    fileSizes.withLock { _ in
      // A limit on the size of files lets part of the bytes through, as a full disk does, then fails.
      var old = rlimit()
      _ = unsafe getrlimit(fileSizeLimit, &old)
      var limit = old
      limit.rlim_cur = 8 << 20
      let handler = signal(SIGXFSZ, SIG_IGN)
      _ = unsafe setrlimit(fileSizeLimit, &limit)
      defer {
        _ = unsafe setrlimit(fileSizeLimit, &old)
        _ = signal(SIGXFSZ, handler)
      }
      #expect(throws: FileError.beyondLimit(path: path)) {
        try AtomicFile.write(path, [UInt8](repeating: 1, count: 9 << 20))
      }
    }
    #expect(try directory.bytes("target") == Array("old".utf8))
    #expect(try directory.names() == ["target"])
  }

  @Test(arguments: [true, false]) func replacesWhatALinkLeadsTo(isThere: Bool) throws {
    let directory = try TemporaryDirectory()
    let manager = FileManager.default
    let inner = directory.path + "/inner"
    try manager.createDirectory(atPath: inner, withIntermediateDirectories: false)
    if isThere { try directory.write("inner/target", "old") }
    try manager.createSymbolicLink(atPath: inner + "/link", withDestinationPath: "target")
    let outer = directory.path + "/link"
    try manager.createSymbolicLink(atPath: outer, withDestinationPath: "inner/link")
    try AtomicFile.write(outer, "new")
    #expect(try directory.bytes("inner/target") == Array("new".utf8))
    #expect(try manager.destinationOfSymbolicLink(atPath: outer) == "inner/link")
    #expect(try manager.destinationOfSymbolicLink(atPath: inner + "/link") == "target")
    #expect(try manager.contentsOfDirectory(atPath: inner).sorted() == ["link", "target"])
  }

  @Test func refusesLinksThatLeadNowhere() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "link")
    #expect(throws: FileError.system(path: path, operation: "readlink", code: ELOOP)) {
      try AtomicFile.write(path, "x")
    }
    #expect(try directory.names() == ["link"])
  }

  @Test func saysWhatIsInTheWay() throws {
    let directory = try TemporaryDirectory()
    let missing = directory.path + "/no/target"
    #expect(throws: FileError.notFound(path: missing)) { try AtomicFile.write(missing, "x") }
    try directory.write("file", "x")
    let inside = directory.path + "/file/target"
    #expect(throws: FileError.notADirectory(path: inside)) { try AtomicFile.write(inside, "x") }
    #expect(throws: FileError.invalidPath(path: "a\u{0}")) { try AtomicFile.write("a\u{0}", "x") }
  }

  @Test func findsTheDirectoryAndTheNameOfAPath() {
    let cases = [
      ("a", ".", "a"), ("a/b", "a", "b"), ("/a", "/", "a"), ("/a/b/", "/a", "b"), ("/", "/", "/"),
      ("a//b", "a", "b"), ("./a", ".", "a"), ("//", "/", "/"),
      // A slash with an accent is one character of the text, and a slash to the system.
      ("a/\u{301}b", "a", "\u{301}b"), ("a/\u{301}/", "a", "\u{301}"),
    ]
    for (path, parent, name) in cases {
      #expect(Directory.parent(of: path) == parent, "\(path)")
      #expect(Directory.name(of: path) == name, "\(path)")
    }
  }
}

/// Glibc imports the resource's constant as a type of its own on Linux.
#if canImport(Glibc)
private var fileSizeLimit: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_FSIZE.rawValue) }
#else
private var fileSizeLimit: Int32 { RLIMIT_FSIZE }
#endif
