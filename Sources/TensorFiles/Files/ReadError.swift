/// A way in which a file of a format cannot be read; who opened it knows the path.
package enum ReadError<FormatError: Error & Hashable>: Error, Hashable {
  /// The file cannot be read.
  case file(FileError)
  /// What is in the file is damaged, or not of the format.
  case format(FormatError)
}
