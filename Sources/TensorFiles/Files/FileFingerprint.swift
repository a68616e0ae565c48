/// What tells one version of a file from another.
public struct FileFingerprint: Hashable, Sendable {
  /// The file's name, without its directory.
  public var name: String
  /// The SHA-256 of its bytes, 64 hexadecimal digits.
  public var sha256: String

  /// Creates a fingerprint that is known already.
  public init(name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }
}

extension FileFingerprint {
  /// Takes the fingerprint of a file, a piece at a time.
  package init(ofFile path: String) throws(FileError) {
    let file = try InputFile(path)
    var hash = SHA256()
    var position = 0
    while position < file.size {
      let end = min(position + 1 << 18, file.size)
      hash.update(try file.read(position..<end))
      position = end
    }
    self.init(name: Directory.name(of: path), sha256: hash.hexDigest)
  }
}
