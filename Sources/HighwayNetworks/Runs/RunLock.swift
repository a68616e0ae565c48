import Libc
import TensorFiles

/// The right to write into a run directory, which one writer at a time has.
///
/// It is the kernel's advisory lock on the file run.lock, in which the holder's name stands for people.
/// The kernel takes the lock back when the process ends, however it ends: a file that a kill -9 left
/// behind locks nothing and is taken over. Readers need no lock.
///
/// The file is removed while the lock is still held. Another process may have opened it just before, and
/// is then granted the lock on a file that nobody else can find. So a lock counts only while the path
/// leads to the locked file; a process that finds otherwise starts again. Only the holder of a lock that counts
/// removes the file, so a lock counts until its holder releases it.
///
/// Where the file system has no locks, as on some clusters, the file is a notice and no more.
package final class RunLock: Sendable {
  /// The name of the file in the run directory.
  package static let fileName = "run.lock"

  /// The run directory.
  private let directory: String
  private let descriptor: Int32
  private let file: Identity

  private var path: String { directory + "/" + Self.fileName }

  private init(directory: String, descriptor: Int32, file: Identity) {
    self.directory = directory
    self.descriptor = descriptor
    self.file = file
  }

  deinit {
    if Identity(at: path) == file { _ = unsafe unlink(path.systemPath) }
    _ = close(descriptor)
  }

  /// Takes the lock of a run directory; it is held until the value is released.
  ///
  /// Files that a writer was in the midst of when it was ended are removed.
  ///
  /// - Throws: ``RunError/locked(path:holder:)`` where another writer has it, ``RunError/file(_:)`` where
  ///   the file cannot be written.
  package static func take(in directory: String) throws(RunError) -> RunLock {
    while true {
      guard let lock = try attempt(in: directory) else { continue }
      try lock.nameHolder()
      // Their writer held the lock, and has ended.
      AtomicFile.removeTemporaries(in: directory)
      return lock
    }
  }

  /// Checks that the lock still counts.
  ///
  /// - Throws: ``RunError/lockLost(path:)`` where someone has removed or replaced the file, and
  ///   `FileError.notFound` where the directory is gone.
  package func check() throws(RunError) {
    if Identity(at: path) == file { return }
    guard Directory.exists(directory) else { throw .file(.notFound(path: directory)) }
    throw .lockLost(path: directory)
  }

  /// Releases the lock; it then counts no longer.
  func release() { if Identity(at: path) == file { _ = unsafe unlink(path.systemPath) } }

  /// Removes the run directory if it holds nothing but the lock, which then counts no longer.
  func removeDirectory() {
    if Identity(at: path) == file { _ = unsafe unlink(path.systemPath) }
    _ = unsafe rmdir(directory.systemPath)
  }

  /// The lock, or nil where its file was removed between opening and locking.
  private static func attempt(in directory: String) throws(RunError) -> RunLock? {
    let path = directory + "/" + fileName
    guard !path.utf8.contains(0) else { throw .file(.invalidPath(path: directory)) }
    // A link could lead to a file that is somebody's; opening a pipe must not wait.
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let descriptor = unsafe open(path.systemPath, flags, 0o644)
    guard descriptor >= 0 else {
      if errno == EINTR { return nil }
      // A link is refused with a code that says nothing about links to most people.
      if errno == ELOOP {
        throw .file(.notARegularFile(path: path, found: "a symbolic link"))
      }
      // The path is right, but the file cannot be created.
      let isAboutDirectory = [ENOENT, EROFS, EACCES, ENOSPC, EDQUOT, ENOTDIR].contains(errno)
      throw .file(
        FileError(code: errno, path: isAboutDirectory ? directory : path, operation: "open"))
    }
    do throws(RunError) {
      guard let file = Identity(of: descriptor) else {
        throw .file(.notARegularFile(path: path, found: "a special file"))
      }
      while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        let code = errno
        if code == EINTR { continue }
        if [ENOSYS, ENOTSUP, EOPNOTSUPP, ENOLCK].contains(code) { break }
        guard code == EWOULDBLOCK else {
          throw .file(FileError(code: code, path: path, operation: "flock"))
        }
        throw .locked(path: directory, holder: holder(descriptor))
      }
      if Identity(at: path) == file {
        return RunLock(directory: directory, descriptor: descriptor, file: file)
      }
    } catch {
      _ = close(descriptor)
      throw error
    }
    _ = close(descriptor)
    return nil
  }

  private func nameHolder() throws(RunError) {
    let bytes = Array((RunHolder.current().json + "\n").utf8)
    guard ftruncate(descriptor, 0) == 0 else {
      throw .file(FileError(code: errno, path: path, operation: "ftruncate"))
    }
    let count = unsafe bytes.withUnsafeBytes {
      unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0)
    }
    guard count == bytes.count else {
      // A full disk takes fewer bytes than asked for.
      let code = count < 0 ? errno : ENOSPC
      throw .file(FileError(code: code, path: directory, operation: "write"))
    }
  }

  /// Who holds the lock, or nil where the file does not say: its holder may be about to.
  private static func holder(_ descriptor: Int32) -> RunHolder? {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0, let text = String(validating: bytes[..<count], as: UTF8.self) else {
      return nil
    }
    return try? RunHolder(json: text)
  }
}

/// Which file it is, whatever path leads to it.
private struct Identity: Hashable, Sendable {
  let device: dev_t
  let number: ino_t

  /// The regular file that is open, or nil where it is none.
  init?(of descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    (device, number) = (status.st_dev, status.st_ino)
  }

  /// What is at a path, or nil where there is nothing.
  init?(at path: String) {
    var status = stat()
    guard unsafe lstat(path.systemPath, &status) == 0 else { return nil }
    (device, number) = (status.st_dev, status.st_ino)
  }
}
