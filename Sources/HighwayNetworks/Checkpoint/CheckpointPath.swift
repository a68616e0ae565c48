import TensorFiles

/// The path of a checkpoint, with the name of a stack in it behind a `#` where there is one.
package struct CheckpointPath {
  /// The path of the file.
  package let file: String
  /// The name of the stack.
  package let stack: String?

  /// Takes a path apart; a `#` that is part of a file's name stays there.
  package init(_ path: String) {
    guard !Directory.exists(path), !Self.isFile(path), let mark = path.lastIndex(of: "#") else {
      (file, stack) = (path, nil)
      return
    }
    file = String(path[..<mark])
    stack = String(path[path.index(after: mark)...])
  }

  private static func isFile(_ path: String) -> Bool { (try? InputFile(path)) != nil }
}
