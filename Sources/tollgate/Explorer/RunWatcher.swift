import HighwayNetworks
import Libc
import TensorFiles

/// Tells when another program changes a run directory, or deletes it and makes it again; nothing runs until it
/// does.
struct RunWatcher: ~Copyable {
  /// What becomes readable when files come or go, or the directory itself does; nil where the system cannot
  /// tell.
  let descriptor: Int32?
  /// Whether the directory has to be looked at now and then, since another machine may change it.
  let isPolled: Bool
  private let path: String

  /// Watches a directory, where there is one.
  init(directory path: String?) {
    self.path = path ?? ""
    isPolled = path.map(isOnSharedDisk) ?? false
    descriptor = path.flatMap { watchDirectory($0, in: Directory.parent(of: $0)) }
  }

  deinit {
    if let descriptor { close(descriptor) }
  }

  /// Takes what has been reported.
  func drain() {
    guard let descriptor else { return }
    watchDirectoryAgain(path, in: Directory.parent(of: path), descriptor)
  }
}
