import Libc

/// Writing a file so that nobody ever meets half of it.
package enum AtomicFile {
  /// Replaces a file's content, or creates it.
  ///
  /// The bytes go to a new file beside the target, are flushed to the disk and renamed over it; then the
  /// directory is flushed. A new file's permissions are 0644 less the process's mask.
  ///
  /// A symbolic link stays: what it leads to is replaced, since whoever made the link wants the content
  /// there. Other hard links to the file keep the old content.
  ///
  /// - Throws: ``FileError``; the new file is then removed and what was at the path is untouched.
  package static func write(_ path: String, _ contents: [UInt8]) throws(FileError) {
    guard !path.utf8.contains(0) else { throw .invalidPath(path: path) }
    let target = try followed(path)
    let directory = Directory.parent(of: target)
    let (descriptor, temporary) = try create(in: directory, for: path)
    do throws(FileError) {
      do throws(FileError) {
        try write(contents, to: descriptor, path: path)
        try flush(descriptor, path: path)
      } catch {
        _ = close(descriptor)
        throw error
      }
      // Some file systems (NFS) report a full disk only here.
      guard close(descriptor) == 0 else {
        throw FileError(code: errno, path: path, operation: "close")
      }
      guard unsafe rename(temporary.systemPath, target.systemPath) == 0 else {
        throw FileError(code: errno, path: path, operation: "rename")
      }
    } catch {
      _ = unsafe unlink(temporary.systemPath)
      throw error
    }
    try Directory.flush(directory)
  }

  /// Replaces a file's content with a text.
  package static func write(_ path: String, _ text: String) throws(FileError) {
    try write(path, Array(text.utf8))
  }

  /// Removes the files in a directory that writers which were killed left behind.
  ///
  /// Nobody may be writing in the directory. A file that cannot be removed stays: it is in nobody's way.
  package static func removeTemporaries(in directory: String) {
    guard let names = try? Directory.names(in: directory) else { return }
    for name in names where isTemporary(name) {
      _ = unsafe unlink((directory + "/" + name).systemPath)
    }
  }

  /// Removes such files where others may be writing: those of processes that are no more.
  ///
  /// Only this host's processes are known here, so what others write on a disk that several hosts share stays. Containers
  /// may share the name of a host and not its processes; hence the minute.
  package static func removeAbandoned(in directory: String) {
    guard let names = try? Directory.names(in: directory) else { return }
    var now = time_t()
    _ = unsafe time(&now)
    for name in names where isAbandoned(name) {
      var status = stat()
      let path = directory + "/" + name
      guard unsafe lstat(path.systemPath, &status) == 0, status.st_mtim.tv_sec < now - 60 else {
        continue
      }
      _ = unsafe unlink(path.systemPath)
    }
  }

  /// Whether a name is that of something temporary whose process is no more, as far as this host knows.
  package static func isAbandoned(_ name: String) -> Bool {
    guard isTemporary(name) else { return false }
    let parts = name.dropFirst(".tollgate-".count).split(separator: "-")
    guard parts.count == 3, let number = pid_t(parts[0]), number > 0, parts[1] == hostToken else {
      return false
    }
    return kill(number, 0) != 0 && errno == ESRCH
  }

  /// A path in a directory for what is to be renamed when it is whole; nothing is created.
  package static func temporaryPath(in directory: String) -> String {
    var generator = SystemRandomNumberGenerator()
    let unique = String(generator.next(), radix: 36)
    return "\(directory)/.tollgate-\(getpid())-\(hostToken)-\(unique).tmp"
  }

  /// What stands for this host in such a name.
  private static let hostToken: Substring = {
    var hash = SHA256()
    hash.update(Array(hostName().utf8))
    return hash.hexDigest.prefix(8)
  }()

  /// Whether a name is that of a file which is being written, or was when its writer was killed.
  package static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(".tollgate-") && name.hasSuffix(".tmp")
  }

  /// Where a path leads over symbolic links, the last of which may lead to nothing yet.
  private static func followed(_ path: String) throws(FileError) -> String {
    var place = path
    // As many as the system itself follows.
    for _ in 0..<40 {
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = unsafe readlink(place.systemPath, &bytes, bytes.count)
      // Whatever else is wrong with the path, opening it says better.
      guard count > 0 else { return place }
      let target = bytes.prefix(count).map(UInt8.init(bitPattern:))
      let link = String(systemPath: target)
      let isAbsolute = link.utf8.first == UInt8(ascii: "/")
      place = isAbsolute ? link : Directory.parent(of: place) + "/" + link
    }
    throw FileError(code: ELOOP, path: path, operation: "readlink")
  }

  private static func create(
    in directory: String, for path: String
  ) throws(FileError) -> (descriptor: Int32, path: String) {
    while true {
      // The name does not repeat the target's, which may be as long as names can be.
      let temporary = temporaryPath(in: directory)
      let descriptor = unsafe open(
        temporary.systemPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST || errno == EINTR else {
        throw FileError(code: errno, path: path, operation: "create")
      }
    }
  }

  private static func write(
    _ contents: [UInt8], to descriptor: Int32, path: String
  ) throws(FileError) {
    var done = 0
    while done < contents.count {
      let count = unsafe contents.withUnsafeBytes { buffer in
        unsafe pwrite(
          descriptor, buffer.baseAddress?.advanced(by: done), min(buffer.count - done, 1 << 30),
          off_t(done))
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(code: errno, path: path, operation: "write")
      }
      done += count
    }
  }

  private static func flush(_ descriptor: Int32, path: String) throws(FileError) {
    while fsync(descriptor) != 0 {
      guard errno == EINTR else { throw FileError(code: errno, path: path, operation: "fsync") }
    }
  }
}
