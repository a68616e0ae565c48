import Foundation
import Libc
import TerminalHarness
import TestSupport
import Testing

/// A disk of a few kilobytes in a directory, unmounted when the test ends.
final class SmallDisk {
  /// Why tests that need one are left out where they are.
  static let reason: Comment = "mounting a disk takes root's rights"
  /// Whether this process may mount.
  static let isPermitted: Bool = {
    guard let workspace = try? TemporaryDirectory() else { return false }
    return (try? SmallDisk(in: workspace, kilobytes: 16)) != nil
  }()

  private let path: String
  private let workspace: TemporaryDirectory

  /// Mounts an empty disk in a workspace, under the name `disk`.
  init(in workspace: TemporaryDirectory, kilobytes: Int) throws {
    self.workspace = workspace
    path = workspace.at("disk")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try mount(0, "size=\(kilobytes)k")
  }

  deinit {
    #if os(Linux)
    _ = unsafe umount2(path, Int32(MNT_DETACH))
    #endif
  }

  /// Makes the disk larger or smaller.
  func resize(kilobytes: Int) throws {
    try mount(UInt(MS_REMOUNT), "size=\(kilobytes)k")
  }

  /// Lets nothing be written any more, not even by root, or lets it be written again.
  func setReadOnly(_ isReadOnly: Bool) throws {
    try mount(UInt(MS_REMOUNT) | (isReadOnly ? UInt(MS_RDONLY) : 0), "")
  }

  private func mount(_ flags: UInt, _ options: String) throws {
    #if os(Linux)
    guard unsafe Glibc.mount("tmpfs", path, "tmpfs", flags, options) == 0 else {
      throw HarnessError.system(call: "mount \(path)", code: errno)
    }
    #else
    throw HarnessError.system(call: "mount \(path)", code: ENOSYS)
    #endif
  }
}
