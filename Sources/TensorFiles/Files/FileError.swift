import Libc

/// A way in which reading or writing a file can fail.
public enum FileError: Error, Hashable, Sendable {
  /// There is nothing at the path.
  case notFound(path: String)
  /// The file's or the directory's permissions forbid it.
  case permissionDenied(path: String)
  /// The path leads to something other than a file.
  case notARegularFile(path: String, found: String)
  /// The path leads to something other than a directory.
  case notADirectory(path: String)
  /// The file is larger than what is read of its kind.
  case tooLarge(path: String, limit: Int, found: Int)
  /// The file became shorter while it was read.
  case changedWhileRead(path: String, expected: Int, found: Int)
  /// The file system is mounted read-only.
  case readOnly(path: String)
  /// The disk is full.
  case diskFull(path: String)
  /// The file system has room, but no number for another file.
  case noFilesLeft(path: String)
  /// The user's share of the disk is used up.
  case quotaFull(path: String)
  /// The file would be larger than the file system, or the process's limit, allows.
  case beyondLimit(path: String)
  /// The path holds a zero byte, which no file name can.
  case invalidPath(path: String)
  /// Anything else the system says no to.
  case system(path: String, operation: String, code: Int32)

  /// The case for a code that the system returned.
  package init(code: Int32, path: String, operation: String) {
    switch code {
    case ENOENT: self = .notFound(path: path)
    case EACCES, EPERM: self = .permissionDenied(path: path)
    case EROFS: self = .readOnly(path: path)
    case ENOSPC:
      self = Self.hasFilesLeft(near: path) ? .diskFull(path: path) : .noFilesLeft(path: path)
    case EDQUOT: self = .quotaFull(path: path)
    case EFBIG: self = .beyondLimit(path: path)
    case ENOTDIR: self = .notADirectory(path: path)
    case EISDIR: self = .notARegularFile(path: path, found: "a directory")
    default: self = .system(path: path, operation: operation, code: code)
    }
  }

  /// Whether the file was replaced or cut short while it was read, so that opening it again may help.
  ///
  /// A file that stays open is readable to its end, but not on NFS, where another machine may have removed it.
  package var isOfReplacedFile: Bool {
    switch self {
    case .changedWhileRead, .system(_, _, ESTALE): true
    default: false
    }
  }

  /// Whether the file system of a path has numbers left for files; one that does not count them has.
  private static func hasFilesLeft(near path: String) -> Bool {
    for place in [path, Directory.parent(of: path)] {
      var status = statvfs()
      guard unsafe statvfs(place.systemPath, &status) == 0 else { continue }
      return status.f_files == 0 || status.f_favail > 0
    }
    return true
  }
}

extension FileError: CustomStringConvertible {
  /// What failed and where.
  public var description: String {
    switch self {
    case .notFound(let path): "\(path.printablePath): no such file or directory"
    case .permissionDenied(let path): "\(path.printablePath): permission denied"
    case .notARegularFile(let path, let found):
      "\(path.printablePath): expected a file, found \(found)"
    case .notADirectory(let path): "\(path.printablePath): not a directory"
    case .tooLarge(let path, let limit, let found):
      "\(path.printablePath): \(found) bytes, but at most \(limit) are read of such a file"
    case .changedWhileRead(let path, let expected, let found):
      "\(path.printablePath): changed while it was read; expected \(expected) bytes, found \(found)"
    case .readOnly(let path): "\(path.printablePath): the file system is read-only"
    case .diskFull(let path): "\(path.printablePath): the disk is full"
    case .noFilesLeft(let path):
      "\(path.printablePath): the file system takes no more files (no inodes are left), though it has room"
    case .quotaFull(let path): "\(path.printablePath): your share of the disk (quota) is used up"
    case .beyondLimit(let path):
      "\(path.printablePath): the file would be larger than the system allows (see ulimit -f)"
    case .invalidPath(let path): "\(path.printablePath): a path cannot hold a zero byte"
    case .system(let path, let operation, let code):
      "\(path.printablePath): \(operation) failed: \(unsafe String(cString: strerror(code)))"
    }
  }
}
