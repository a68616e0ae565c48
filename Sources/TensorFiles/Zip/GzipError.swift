/// A way in which a gzip file is damaged.
public enum GzipError: FormatError {
  /// The compressed data ends too early.
  case truncated
  /// The compressed data is invalid or fails its checksum, in zlib's words.
  case corrupt(detail: String)
  /// Something other than compressed data follows.
  case trailingBytes
}

extension GzipError {
  /// What is wrong.
  public var description: String {
    switch self {
    case .truncated: "the compressed data is cut off"
    case .corrupt(let detail): "the compressed data is damaged: \(detail.excerpt)"
    case .trailingBytes: "something other than compressed data follows the compressed data"
    }
  }
}
