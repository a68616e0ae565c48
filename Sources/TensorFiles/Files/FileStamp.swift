import Libc

/// Which file lies at a path, and in which state: it differs once the file is replaced or written to.
package struct FileStamp: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64
  private let size: Int64
  private let modified: [Int]
  private let changed: [Int]

  /// Looks at a path; nil where there is no file that could be looked at.
  package init?(_ path: String) {
    var status = stat()
    guard !path.utf8.contains(0), unsafe stat(path.systemPath, &status) == 0 else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = [status.modified.tv_sec, status.modified.tv_nsec]
    // Whoever writes in place and sets the times back is found out by this one.
    changed = [status.changed.tv_sec, status.changed.tv_nsec]
  }
}
