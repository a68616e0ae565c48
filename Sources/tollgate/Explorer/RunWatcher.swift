import HighwayNetworks

#if canImport(Glibc)
import Glibc
#endif

/// Tells when another program changes a run directory; nothing runs until it does.
struct RunWatcher: ~Copyable {
  /// What becomes readable when files come or go, or the directory itself goes; nil where the system
  /// cannot tell.
  let descriptor: Int32?

  init(_ run: RunDirectory?) { self.init(directory: run?.path) }

  /// Watches a directory, where there is one.
  init(directory path: String?) {
    #if canImport(Glibc)
    guard let path else {
      descriptor = nil
      return
    }
    let opened = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    let events = UInt32(
      IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF)
    if opened >= 0, unsafe inotify_add_watch(opened, path, events) >= 0 {
      descriptor = opened
    } else {
      if opened >= 0 { close(opened) }
      descriptor = nil
    }
    #else
    descriptor = nil
    #endif
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
