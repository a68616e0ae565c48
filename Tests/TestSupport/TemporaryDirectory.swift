import Foundation

/// A directory of its own for a test, removed with everything in it when the test ends.
package final class TemporaryDirectory: Sendable {
  /// Where it is, without symbolic links, so that what programs print of a path compares equal.
  package let path: String

  /// Creates an empty directory.
  ///
  /// One whose files are written thousands of times lies in memory, where the system offers that.
  package init(inMemory: Bool = false) throws {
    let manager = FileManager.default
    let isShared = inMemory && manager.isWritableFile(atPath: "/dev/shm")
    let place =
      isShared ? "/dev/shm" : manager.temporaryDirectory.resolvingSymlinksInPath().path
    let process = ProcessInfo.processInfo.processIdentifier
    path = "\(place)/tollgate-tests-\(process)-\(UUID().uuidString)"
    try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { remove() }

  /// Removes the directory before its time.
  package func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something in the directory.
  package func at(_ name: String) -> String { path + "/" + name }

  /// Writes a file, creating the directories above it, and returns its path.
  @discardableResult
  package func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = URL(filePath: at(name))
    if name.contains("/") {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    }
    try Data(bytes).write(to: file)
    return at(name)
  }

  /// Writes a text and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  /// The bytes of a file.
  package func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: at(name))))
  }

  /// Replaces a text in a file, which need not be UTF-8 elsewhere.
  package func replace(_ old: String, with new: String, in name: String) throws {
    var bytes = try bytes(name)
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    guard let place = bytes.firstRange(of: old) else { throw CocoaError(.fileReadCorruptFile) }
    bytes.replaceSubrange(place, with: new)
    try write(name, bytes)
  }

  /// Copies a file or a directory into this one.
  package func copy(_ source: String, as name: String) throws {
    try FileManager.default.copyItem(atPath: source, toPath: at(name))
  }

  /// Removes a file or a directory from this one.
  package func delete(_ name: String) throws {
    try FileManager.default.removeItem(atPath: at(name))
  }

  /// The names in a directory of this one, sorted.
  package func names(in name: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: at(name)).sorted()
  }

  /// All files by their paths, with their bytes; directories end in a slash and have none.
  package func contents() throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      let type = try FileManager.default.attributesOfItem(atPath: at(name))[.type]
      let isDirectory = type as? FileAttributeType == .typeDirectory
      contents[name + (isDirectory ? "/" : "")] = isDirectory ? [] : try bytes(name)
    }
    return contents
  }
}
