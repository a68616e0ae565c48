import Libc
package import TensorFiles

/// Who writes into a run, as the file run.lock says; its texts are a stranger's.
public struct RunHolder: Hashable, Sendable {
  /// The number of the process on its host.
  public let process: Int
  /// The name of the host.
  public let host: String
  /// When the process took the run, in UTC, such as `2026-01-31T12:00:00Z`.
  public let since: String

  /// The process that writes into a run; nil where the file is not there or says nothing, and where the process
  /// is this one, or is known to have ended.
  ///
  /// The lock itself is not tried: whoever wants it in that moment would be refused.
  package static func writing(into directory: String) -> RunHolder? {
    let path = directory + "/" + RunLock.fileName
    guard let bytes = try? InputFile.read(path, limit: 4_096),
      let text = String(validating: bytes, as: UTF8.self),
      let holder = try? RunHolder(json: text)
    else { return nil }
    guard holder.host == hostName() else { return holder }
    let isAlive = Int32(exactly: holder.process).map { kill($0, 0) == 0 || errno == EPERM } ?? false
    return isAlive && holder.process != Int(getpid()) ? holder : nil
  }

  /// This process, now.
  package static func current() -> RunHolder {
    RunHolder(process: Int(getpid()), host: hostName(), since: now())
  }

  private init(process: Int, host: String, since: String) {
    self.process = process
    self.host = host
    self.since = since
  }

  /// Reads the file's text.
  ///
  /// - Throws: `DescriptionError` naming the member that is wrong.
  package init(json: String) throws(DescriptionError) {
    let field = try JSONField(parsing: json)
    process = try field.required("process").count()
    host = try field.required("host").string()
    since = try field.required("since").string()
  }

  /// The file's text.
  package var json: String {
    JSON.object([
      JSON.Member("process", .integer(process)), JSON.Member("host", .string(host)),
      JSON.Member("since", .string(since)),
    ]).text
  }

  private static func now() -> String {
    var seconds = time_t()
    _ = unsafe time(&seconds)
    var parts = unsafe tm()
    var bytes = [CChar](repeating: 0, count: 32)
    _ = unsafe gmtime_r(&seconds, &parts)
    _ = unsafe strftime(&bytes, bytes.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

extension RunHolder: CustomStringConvertible {
  /// The holder in a sentence.
  public var description: String {
    "process \(process) on \(host.excerpt) since \(since.excerpt)"
  }
}
