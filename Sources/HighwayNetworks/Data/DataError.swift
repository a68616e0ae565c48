public import TensorFiles

/// A way in which a data set cannot be read.
public enum DataError: Error, Hashable, Sendable {
  /// A file or a directory cannot be read.
  case file(FileError)
  /// The path leads to no data set of a known kind.
  case notRecognized(path: String, expected: String, found: String)
  /// The path leads to several data sets, or holds the same thing twice.
  case ambiguous(path: String, found: [String])
  /// One half of a pair of files or arrays is there without the other.
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
  /// A file is no whole number of records.
  case recordLength(path: String, record: Int, found: Int)
  /// What is in a file is damaged, hostile, or not of its format.
  case content(ReadError)
  /// There are more images than labels, or fewer.
  case countsDiffer(path: String, images: Int, labels: Int)
  /// Training and test images have different sizes.
  case shapesDiffer(path: String, train: Shape, test: Shape)
  /// An example has a label beyond the classes.
  case labelOutOfRange(path: String, example: Int, label: Int, classes: Int)
  /// A list of the classes' names is not one.
  case classNames(path: String, expected: String, found: String)
  /// A CSV file has no such column of labels.
  case labelColumn(path: String, expected: String, found: String)
  /// Pictures are asked for, and the data set has none.
  case noPictures(path: String, found: Shape)
  /// A picture's file is damaged, or of a kind that is not read.
  case picture(path: String, expected: String, found: String)
  /// An array's elements cannot be what the array holds.
  case arrayType(path: String, array: String, expected: String, found: String)
  /// An array's shape cannot be that of what the array holds.
  case arrayShape(path: String, array: String, expected: String, found: [Int])
  /// A line of a text file, counted from 1, is not what it should be.
  case line(path: String, line: Int, expected: String, found: String)
  /// An element is out of range; elements count from 0 in the order of the file.
  case element(path: String, array: String, index: Int, expected: String, found: String)
}

extension DataError {
  /// The error that reading a file ended with.
  init(_ error: ReadError) {
    switch error {
    case .file(let error): self = .file(error)
    case .format: self = .content(error)
    }
  }
}

extension DataError: CustomStringConvertible {
  /// What is wrong, where, what was expected, what was found, and what to do about it.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .notRecognized(let path, let expected, let found):
      "\(path.printablePath): no data set found in \(found); expected \(expected)"
    case .ambiguous(let path, let found):
      "\(path.printablePath): more than one data set, or one thing twice: "
        + found.prefix(8).map(\.excerpt).joined(separator: ", ") + "; give the path of one file"
    case .missingFile(let path, let present, let missing):
      "\(path.printablePath): has \(present.excerpt) but not \(missing.excerpt)"
    case .noExamples(let path): "\(path.printablePath): the data set has no examples"
    case .headerTooShort(let path, let expected, let found):
      "\(path.printablePath): expected a header of \(expected) bytes, found \(found) bytes"
    case .wrongMagic(let path, let expected, let found):
      "\(path.printablePath): expected the IDX magic number 0x\(String(expected, radix: 16)), "
        + "found 0x\(String(found, radix: 16))"
    case .imageSize(let path, let expected, let found):
      "\(path.printablePath): expected images of \(expected), found \(found)"
    case .tooLarge(let path, let limit, let found):
      "\(path.printablePath): the header claims \(found), but at most \(limit) are possible"
    case .wrongLength(let path, let expected, let found):
      "\(path.printablePath): expected \(expected) bytes as the header says, found "
        + (found > expected ? "more" : "\(found)")
    case .recordLength(let path, let record, let found):
      "\(path.printablePath): expected a multiple of \(record) bytes, found \(found)"
    case .content(let error): error.description
    case .countsDiffer(let path, let images, let labels):
      "\(path.printablePath): \(images) images but \(labels) labels"
    case .shapesDiffer(let path, let train, let test):
      "\(path.printablePath): training images are \(train), test images \(test)"
    case .labelOutOfRange(let path, let example, let label, let classes):
      "\(path.printablePath): example \(example) has label \(label), but there are \(classes) classes"
    case .classNames(let path, let expected, let found):
      "\(path.printablePath): expected \(expected), found \(found.excerpt)"
    case .labelColumn(let path, let expected, let found):
      "\(path.printablePath): --label-column: expected \(expected), found \(found)"
    case .noPictures(let path, let found):
      "\(path.printablePath): --transpose exchanges rows and columns of pictures; the examples here are \(found)"
    case .picture(let path, let expected, let found):
      "\(path.printablePath): expected \(expected), found \(found)"
    case .arrayType(let path, let array, let expected, let found):
      "\(path.printablePath): array \"\(array.excerpt)\": expected \(expected), found \(found.excerpt)"
    case .arrayShape(let path, let array, let expected, let found):
      "\(path.printablePath): array \"\(array.excerpt)\": expected shape \(expected), "
        + "found \(StoredTensor.text(of: found))"
    case .line(let path, let line, let expected, let found):
      "\(path.printablePath): line \(line): expected \(expected), found \(found.excerpt)"
    case .element(let path, let array, let index, let expected, let found):
      "\(path.printablePath): array \"\(array.excerpt)\": expected \(expected), "
        + "found \(found) as element \(index)"
    }
  }
}
