import Libc
import TensorFiles

/// Runs that are written as a whole: under a temporary name until nothing is missing.
///
/// A process that is killed meanwhile leaves a hidden directory, which the next one to stage a run beside it
/// removes, and never half a run.
extension RunDirectory {
  /// Creates a run that ``publish(as:)`` gives its name; it is open for writing.
  ///
  /// - Throws: ``RunError/notEmpty(path:)`` where there is something at the path already, or what the system
  ///   says.
  package static func stage(
    for path: String, _ description: RunDescription
  ) throws(RunError) -> RunDirectory {
    let parent = Directory.parent(of: Directory.resolved(path))
    if Directory.exists(path) {
      try expectEmpty(path)
      // A directory that cannot be replaced by another, such as one that a disk is mounted on, takes the run
      // itself.
      guard unsafe access(parent.systemPath, W_OK) == 0 else {
        return try create(path, description)
      }
    } else {
      do { try Directory.create(parent) } catch { throw .file(error) }
    }
    removeAbandoned(in: parent)
    do {
      return try create(AtomicFile.temporaryPath(in: parent), description)
    } catch {
      // The temporary name means nothing to anybody.
      switch error {
      case .file(.readOnly): throw .file(.readOnly(path: path))
      case .file(.permissionDenied): throw .file(.permissionDenied(path: path))
      case .file(.diskFull): throw .file(.diskFull(path: path))
      case .file(.noFilesLeft): throw .file(.noFilesLeft(path: path))
      default: throw error
      }
    }
  }

  /// Gives a staged run its name; it is then no longer open for writing.
  ///
  /// - Throws: ``RunError/notEmpty(path:)`` where something has come there meanwhile, or what the system says.
  package mutating func publish(as name: String) throws(RunError) -> RunDirectory {
    try checkLock()
    guard path != name else { return self }
    let target = Directory.resolved(name)
    // An empty directory makes room, also where somebody who was killed has left a lock in it.
    if Directory.exists(target) {
      try Self.expectEmpty(target)
      try RunLock.take(in: target).removeDirectory()
    }
    lock?.release()
    guard unsafe rename(path.systemPath, target.systemPath) == 0 else {
      let code = errno
      if code == ENOTEMPTY || code == EEXIST || code == ENOTDIR { throw .notEmpty(path: name) }
      throw .file(FileError(code: code, path: name, operation: "rename"))
    }
    do { try Directory.flush(Directory.parent(of: target)) } catch { throw .file(error) }
    lock = nil
    return RunDirectory(
      path: name, description: description, metrics: metrics, fileNames: fileNames)
  }

  /// Removes an epoch that is not to be kept.
  ///
  /// - Precondition: The run is open for writing.
  package mutating func remove(epoch: Int) {
    guard (try? checkLock()) != nil, let name = fileNames[epoch] else { return }
    _ = unsafe unlink((path + "/" + name).systemPath)
    fileNames[epoch] = nil
  }

  /// Removes a file that does not belong to the run itself.
  ///
  /// - Precondition: The run is open for writing.
  package func removeFile(_ name: String) {
    guard (try? checkLock()) != nil else { return }
    _ = unsafe unlink((path + "/" + name).systemPath)
  }

  /// Removes the staged runs in a directory whose processes are no more.
  private static func removeAbandoned(in directory: String) {
    guard let names = try? Directory.names(in: directory) else { return }
    for name in names where AtomicFile.isAbandoned(name) {
      let path = directory + "/" + name
      // The lock is held: its process runs on another host.
      guard Directory.exists(path), let lock = try? RunLock.take(in: path) else { continue }
      if var run = try? open(path) {
        run.lock = lock
        run.discard()
      } else {
        lock.removeDirectory()
      }
    }
  }
}
