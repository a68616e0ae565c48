/// A way in which a data set cannot be read.
public enum DataError: Error, Hashable, Sendable {
  /// A file or a directory cannot be read.
  case file(FileError)
  /// The path leads to no data set of a known kind.
  case notRecognized(path: String, expected: String)
  /// One half of a pair of files is there without the other.
  case missingFile(path: String, present: String, missing: String)
  /// The data set is there and empty.
  case noExamples(path: String)
  /// A file ends inside its header.
  case headerTooShort(path: String, expected: Int, found: Int)
  /// A file does not start with the number that its kind starts with.
  case wrongMagic(path: String, expected: UInt32, found: UInt32)
  /// The images have no pixels, or more than is read.
  case imageSize(path: String, expected: String, found: String)
  /// A file's header claims more than the file can hold.
  case tooLarge(path: String, limit: Int, found: String)
  /// A file is longer or shorter than its header says; `found` stops counting beyond `expected`.
  case wrongLength(path: String, expected: Int, found: Int)
  /// A compressed file is damaged.
  case compression(path: String, GzipError)
  /// There are more images than labels, or fewer.
  case countsDiffer(path: String, images: Int, labels: Int)
  /// Training and test images have different sizes.
  case shapesDiffer(path: String, train: Shape, test: Shape)
  /// An example has a label beyond the classes.
  case labelOutOfRange(path: String, example: Int, label: Int, classes: Int)
  /// classes.txt is not a list of names.
  case classNames(path: String, expected: String, found: String)
}

/// A way in which a gzip file is damaged.
public enum GzipError: Error, Hashable, Sendable {
  /// The compressed data ends too early.
  case truncated
  /// The compressed data is invalid or fails its checksum, in zlib's words.
  case corrupt(detail: String)
  /// Something other than compressed data follows.
  case trailingBytes
}

extension DataError: CustomStringConvertible {
  /// What is wrong, where, what was expected, what was found, and what to do about it.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .notRecognized(let path, let expected):
      "\(path.excerpt): no data set found; expected \(expected)"
    case .missingFile(let path, let present, let missing):
      "\(path.excerpt): has \(present.excerpt) but not \(missing.excerpt)"
    case .noExamples(let path): "\(path.excerpt): the data set has no examples"
    case .headerTooShort(let path, let expected, let found):
      "\(path.excerpt): expected a header of \(expected) bytes, found \(found) bytes"
    case .wrongMagic(let path, let expected, let found):
      "\(path.excerpt): expected the IDX magic number 0x\(String(expected, radix: 16)), "
        + "found 0x\(String(found, radix: 16))"
    case .imageSize(let path, let expected, let found):
      "\(path.excerpt): expected images of \(expected), found \(found)"
    case .tooLarge(let path, let limit, let found):
      "\(path.excerpt): the header claims \(found), but the file can hold at most \(limit) bytes"
    case .wrongLength(let path, let expected, let found):
      "\(path.excerpt): expected \(expected) bytes as the header says, found "
        + (found > expected ? "more" : "\(found)")
    case .compression(let path, .truncated): "\(path.excerpt): the compressed data is cut off"
    case .compression(let path, .corrupt(let detail)):
      "\(path.excerpt): the compressed data is damaged: \(detail.excerpt)"
    case .compression(let path, .trailingBytes):
      "\(path.excerpt): something other than compressed data follows the compressed data"
    case .countsDiffer(let path, let images, let labels):
      "\(path.excerpt): \(images) images but \(labels) labels"
    case .shapesDiffer(let path, let train, let test):
      "\(path.excerpt): training images are \(train), test images \(test)"
    case .labelOutOfRange(let path, let example, let label, let classes):
      "\(path.excerpt): example \(example) has label \(label), but there are \(classes) classes"
    case .classNames(let path, let expected, let found):
      "\(path.excerpt): expected \(expected), found \(found.excerpt)"
    }
  }
}
