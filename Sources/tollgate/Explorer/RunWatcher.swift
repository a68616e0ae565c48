import HighwayNetworks
import Libc

/// Tells when another program changes a run directory; nothing runs until it does.
struct RunWatcher: ~Copyable {
  /// What becomes readable when files come or go, or the directory itself goes; nil where the system
  /// cannot tell.
  let descriptor: Int32?

  init(_ run: RunDirectory?) { self.init(directory: run?.path) }

  /// Watches a directory, where there is one.
  init(directory path: String?) {
    descriptor = path.flatMap { watchDirectory($0) }
  }

  deinit {
    if let descriptor { close(descriptor) }
  }

  /// Takes what has been reported.
  func drain() {
    guard let descriptor else { return }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while unsafe read(descriptor, &buffer, buffer.count) > 0 {}
  }
}
