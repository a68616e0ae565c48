/// A way in which reading a file can fail.
public enum ReadError: Error {
  /// The file cannot be read.
  case file(FileError)
  /// What is in the file is damaged, or not of its format; a member of an archive follows its path and a
  /// colon.
  case format(path: String, any FormatError)
}

/// What is wrong inside a file of some format: one enum for each format.
public protocol FormatError: Error, Hashable, CustomStringConvertible {}

extension ReadError: Hashable {
  /// Whether both are the same error of the same file.
  public static func == (left: ReadError, right: ReadError) -> Bool {
    switch (left, right) {
    case (.file(let left), .file(let right)): left == right
    case (.format(let path, let left), .format(let other, let right)):
      path == other && AnyHashable(left) == AnyHashable(right)
    case (.file, .format), (.format, .file): false
    }
  }

  /// Hashes what makes two errors the same.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .file(let error): hasher.combine(error)
    case .format(let path, let error):
      hasher.combine(path)
      hasher.combine(AnyHashable(error))
    }
  }
}

extension ReadError: CustomStringConvertible {
  /// What is wrong and where.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .format(let path, let error): "\(path.printablePath): \(error)"
    }
  }
}
