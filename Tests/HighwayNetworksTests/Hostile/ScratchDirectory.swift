#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A directory whose files are written thousands of times, in memory where the system offers that.
final class ScratchDirectory {
  let path: String
  private var descriptors: [String: Int32] = [:]

  init() {
    let parent = unsafe access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    path = "\(parent)/tollgate-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    guard unsafe mkdir(path, 0o700) == 0 else { fatalError("cannot create \(path)") }
  }

  deinit {
    for name in names { remove(name) }
    _ = unsafe rmdir(path)
  }

  /// Writes a file and returns its path; what was in it is gone.
  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) -> String {
    let file = path + "/" + name
    let bytes = Array(bytes)
    if descriptors[name] == nil {
      descriptors[name] = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    }
    let descriptor = descriptors[name] ?? -1
    guard ftruncate(descriptor, 0) == 0,
      unsafe pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    else { fatalError("cannot write \(file)") }
    return file
  }

  /// Removes a file, if it is there.
  func remove(_ name: String) {
    guard let descriptor = descriptors.removeValue(forKey: name) else { return }
    _ = close(descriptor)
    _ = unsafe unlink(path + "/" + name)
  }

  /// The names of the files.
  var names: [String] { Array(descriptors.keys) }
}
