import Libc
import TensorFiles

/// A directory that another machine may change, of which this one's kernel hears nothing: it is looked at now and then.
struct PolledDirectory: Sendable {
  /// The small files of a run; recordings come and go, so the directory tells of them.
  private static let names = ["", "/run.json", "/metrics.jsonl", "/run.lock"]

  private let path: String
  private var stamps: [FileStamp?]

  /// Begins with what is there now.
  init(_ path: String) {
    self.path = path
    stamps = Self.stamps(path)
  }

  /// Whether anything is otherwise than when it was looked at last.
  ///
  /// Stamps are compared, never set against a clock: that of the machine which wrote a file may be wrong.
  mutating func hasChanged() -> Bool {
    let now = Self.stamps(path)
    defer { stamps = now }
    return now != stamps
  }

  private static func stamps(_ path: String) -> [FileStamp?] {
    names.map { name in
      // Opening a file makes NFS ask its server; looking at it alone may tell what was true a minute ago.
      let descriptor = unsafe open(
        (path + name).systemPath, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      defer { if descriptor >= 0 { close(descriptor) } }
      return FileStamp(path + name)
    }
  }
}
