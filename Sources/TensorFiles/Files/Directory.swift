import Libc

/// What the library needs of the file system's directories.
package enum Directory {
  /// Whether a path leads to a directory.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    guard !path.utf8.contains(0), unsafe stat(path.systemPath, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a directory, sorted, without `.` and `..`.
  package static func names(in path: String) throws(FileError) -> [String] {
    guard !path.utf8.contains(0) else { throw .invalidPath(path: path) }
    guard let stream = unsafe opendir(path.systemPath) else {
      throw FileError(code: errno, path: path, operation: "opendir")
    }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    while true {
      // Only errno tells the end from a failure.
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw FileError(code: errno, path: path, operation: "readdir") }
        return names.sorted()
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(systemPath: bytes.prefix { $0 != 0 })
      }
      if name != ".", name != ".." { names.append(name) }
    }
  }

  /// Creates a directory and those above it; one that exists is left as it is.
  ///
  /// `mode` is the permissions of those that are created, less the process's mask.
  package static func create(_ path: String, mode: UInt32 = 0o755) throws(FileError) {
    guard !path.utf8.contains(0) else { throw .invalidPath(path: path) }
    if exists(path) { return }
    let parent = parent(of: path)
    if parent != path, !exists(parent) { try create(parent, mode: mode) }
    guard unsafe mkdir(path.systemPath, mode_t(mode)) == 0 || (errno == EEXIST && exists(path))
    else {
      if errno == EEXIST { throw .notADirectory(path: path) }
      throw FileError(code: errno, path: path, operation: "mkdir")
    }
  }

  /// Flushes a directory's entries to the disk, so that a rename in it survives a power cut.
  package static func flush(_ path: String) throws(FileError) {
    let descriptor = unsafe open(path.systemPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(code: errno, path: path, operation: "open") }
    defer { _ = close(descriptor) }
    while fsync(descriptor) != 0 {
      // Some network file systems cannot flush a directory, which is no failure to write the file.
      if errno == EINVAL || errno == ENOTSUP { return }
      guard errno == EINTR else { throw FileError(code: errno, path: path, operation: "fsync") }
    }
  }

  /// Where a path leads over symbolic links; the path itself where it leads nowhere.
  package static func resolved(_ path: String) -> String {
    guard !path.utf8.contains(0), let place = unsafe realpath(path.systemPath, nil) else {
      return path
    }
    defer { unsafe free(place) }
    return unsafe String(systemPath: place)
  }

  /// The directory that holds a path.
  package static func parent(of path: String) -> String {
    let trimmed = trimmed(path)
    // As bytes: in a text, a slash with an accent is another character.
    guard let slash = trimmed.utf8.lastIndex(of: separator) else { return "." }
    let parent = Self.trimmed(String(trimmed[..<slash]))
    return parent.isEmpty ? "/" : parent
  }

  /// The last component of a path.
  package static func name(of path: String) -> String {
    let trimmed = trimmed(path)
    guard trimmed != "/", let slash = trimmed.utf8.lastIndex(of: separator) else { return trimmed }
    return String(trimmed[trimmed.utf8.index(after: slash)...])
  }

  private static let separator = UInt8(ascii: "/")

  private static func trimmed(_ path: String) -> String {
    var path = path[...]
    while path.utf8.count > 1, path.utf8.last == separator {
      path = path[..<path.utf8.index(before: path.endIndex)]
    }
    return String(path)
  }
}
