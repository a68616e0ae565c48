import Foundation

/// A directory of its own for a test, removed with everything in it when the test ends.
final class Workspace: Sendable {
  let path: String

  init() throws {
    // Resolved, so that what programs print of a path compares equal.
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    path = "\(base)/tollgate-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { remove() }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something in the directory.
  func at(_ name: String) -> String { path + "/" + name }

  /// Writes a file, creating the directories above it.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = URL(filePath: at(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  /// The bytes of a file.
  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: at(name))))
  }

  /// Replaces a text in a file, which need not be UTF-8 elsewhere.
  func replace(_ old: String, with new: String, in name: String) throws {
    var bytes = try bytes(name)
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    guard let place = bytes.firstRange(of: old) else { throw CocoaError(.fileReadCorruptFile) }
    bytes.replaceSubrange(place, with: new)
    try write(name, bytes)
  }

  /// Copies a file or a directory into this one.
  func copy(_ source: String, as name: String) throws {
    try FileManager.default.copyItem(atPath: source, toPath: at(name))
  }

  func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: at(name)) }

  /// The names in a directory of this one, sorted.
  func names(in name: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: at(name)).sorted()
  }

  /// All files by their paths, with their bytes; directories end in a slash and have none.
  func contents() throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      let type = try FileManager.default.attributesOfItem(atPath: at(name))[.type]
      let isDirectory = type as? FileAttributeType == .typeDirectory
      contents[name + (isDirectory ? "/" : "")] = isDirectory ? [] : try bytes(name)
    }
    return contents
  }
}
