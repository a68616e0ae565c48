// What C libraries declare differently. Linux is tested, nothing else.

extension stat {
  /// When the file's content last changed.
  package var modified: timespec {
    #if canImport(Darwin)
    st_mtimespec
    #else
    st_mtim
    #endif
  }

  /// When the file's content, or what is known about it, last changed; no program can set it.
  package var changed: timespec {
    #if canImport(Darwin)
    st_ctimespec
    #else
    st_ctim
    #endif
  }
}

/// The greatest amount of memory that the process has had, in bytes, or one that it started and waited for; 0 where the
/// system does not tell.
package func peakMemory(ofChildren: Bool = false) -> Int {
  let who = ofChildren ? RUSAGE_CHILDREN : RUSAGE_SELF
  var usage = rusage()
  #if canImport(Darwin)
  guard unsafe getrusage(who, &usage) == 0 else { return 0 }
  return usage.ru_maxrss
  #else
  guard unsafe getrusage(__rusage_who_t(who.rawValue), &usage) == 0 else { return 0 }
  return usage.ru_maxrss * 1_024
  #endif
}

/// The flag of posix_spawn for a session of its own, which the C library shows to some programs only.
#if canImport(Darwin)
package let spawnInOwnSession: Int32 = 0x400
#else
package let spawnInOwnSession: Int32 = 0x80
#endif

/// Starts a thread, or returns nil where the system has none to give.
package func startThread(
  _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?,
  _ context: UnsafeMutableRawPointer
) -> pthread_t? {
  #if canImport(Darwin)
  var id: pthread_t?
  return unsafe pthread_create(&id, nil, { unsafe body($0) }, context) == 0 ? id : nil
  #else
  var id = pthread_t()
  return unsafe pthread_create(&id, nil, body, context) == 0 ? id : nil
  #endif
}

/// Opens a descriptor that becomes readable when files of a directory come or go, or directories beside it do;
/// nil where the system cannot tell.
package func watchDirectory(_ path: String, in parent: String) -> Int32? {
  #if canImport(Glibc)
  let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
  guard descriptor >= 0 else { return nil }
  if watch(path, in: parent, descriptor) { return descriptor }
  close(descriptor)
  #endif
  return nil
}

/// Takes what a descriptor of ``watchDirectory(_:in:)`` has reported, and watches the directory that is at the
/// path now.
package func watchDirectoryAgain(_ path: String, in parent: String, _ descriptor: Int32) {
  #if canImport(Glibc)
  var buffer = [UInt8](repeating: 0, count: 4_096)
  while unsafe read(descriptor, &buffer, buffer.count) > 0 {}
  _ = watch(path, in: parent, descriptor)
  #endif
}

#if canImport(Glibc)
private func watch(_ path: String, in parent: String, _ descriptor: Int32) -> Bool {
  let files = IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM
  let directories = IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_ONLYDIR
  let isPlaceWatched =
    unsafe inotify_add_watch(descriptor, parent.systemPath, UInt32(directories)) >= 0
  return unsafe inotify_add_watch(descriptor, path.systemPath, UInt32(files)) >= 0 || isPlaceWatched
}
#endif
