// What differs where several machines share a disk.

/// The name of this machine.
package func hostName() -> String {
  var bytes = [CChar](repeating: 0, count: 256)
  guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
  return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// Whether a path is on a file system that other machines may write to, of which ``watchDirectory(_:in:)`` hears nothing.
package func isOnSharedDisk(_ path: String) -> Bool {
  #if canImport(Glibc)
  var status = stat()
  guard unsafe stat(path.systemPath, &status) == 0 else { return false }
  let device = UInt64(status.st_dev)
  // As the C library takes the number apart, whose functions for it are macros.
  let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
  let minor = device & 0xFF | device >> 12 & ~0xFF
  return fileSystem(ofDevice: "\(major):\(minor)", mounts: mounts()).map(isShared) ?? false
  #else
  return false
  #endif
}

/// The kind of the file system of a device, such as `nfs4`, as `/proc/self/mountinfo` has it.
package func fileSystem(ofDevice device: String, mounts: String) -> String? {
  for line in mounts.split(separator: "\n") {
    let fields = line.split(separator: " ")
    // The fields before the hyphen are of any number.
    guard fields.count > 2, fields[2] == device, let hyphen = fields.firstIndex(of: "-"),
      hyphen + 1 < fields.count
    else { continue }
    return String(fields[hyphen + 1])
  }
  return nil
}

/// Whether several machines may write to a file system of a kind.
package func isShared(_ kind: String) -> Bool {
  let kinds: Set = [
    "nfs", "nfs4", "cifs", "smb3", "lustre", "gpfs", "beegfs", "ceph", "9p", "afs", "orangefs",
    "gfs2",
    "ocfs2", "panfs", "virtiofs", "wekafs",
  ]
  // sshfs, glusterfs and others are programs.
  return kinds.contains(kind) || kind == "fuse" || kind.hasPrefix("fuse.")
}

#if canImport(Glibc)
private func mounts() -> String {
  let descriptor = unsafe open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return "" }
  defer { close(descriptor) }
  var (text, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
  while true {
    let count = unsafe read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return String(decoding: text, as: UTF8.self) }
    text += buffer[..<count]
  }
}
#endif
