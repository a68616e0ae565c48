/// A way in which an HDF5 file is wrong, or more than is read of one.
public enum HDF5Error: FormatError {
  /// libhdf5 is not installed.
  case noLibrary
  /// The libhdf5 that is installed is not of the version that Tollgate was built for.
  case libraryVersion
  /// The system gives no process to read the file with.
  case noProcess
  /// libhdf5 does not take the file for one of its.
  case notHDF5
  /// The file is damaged.
  case damaged(detail: String)
  /// Groups stand in each other deeper than is read, as they do where one is in itself.
  case tooDeep(limit: Int)
  /// There are more groups and data sets than are read.
  case tooManyObjects(limit: Int)
  /// Reading the file takes longer than is waited.
  case tooSlow
  /// A data set claims more bytes than the file holds of it.
  case beyondFile(name: String, bytes: Int, stored: Int)
  /// Data sets claim the same bytes so often that reading them would take many times the file.
  case sharedTooOften(bytes: Int, limit: Int)
  /// A data set is larger than what is read of one that is compressed.
  case tooLarge(name: String, bytes: Int, limit: Int)
  /// The name leads to something in another file.
  case externalLink
  /// The name leads to another name.
  case softLink
  /// The data is in another file.
  case externalData
  /// The data is put together from other data sets.
  case virtual
  /// The data went through a filter that is not read.
  case filter(number: Int)
  /// The data was never written.
  case noData
  /// The data set is damaged or of a kind that is not read.
  case unreadable
  /// An archive of Keras holds weights that are larger than what is read.
  case archiveTooLarge(bytes: Int, limit: Int)
}

extension HDF5Error {
  /// What is wrong, what was expected and what was found.
  public var description: String {
    switch self {
    case .noLibrary:
      "HDF5 needs the library libhdf5, which is not installed: apt install libhdf5-dev"
    case .libraryVersion:
      "the libhdf5 that is installed is of another version than the one Tollgate was built for; build it again"
    case .noProcess: "the system gives no process to read HDF5 with"
    case .notHDF5: "not an HDF5 file, or damaged where it begins"
    case .damaged(let detail): "the HDF5 file is damaged: \(detail.excerpt)"
    case .tooDeep(let limit):
      "groups stand more than \(limit) deep in each other, or one is in itself"
    case .tooManyObjects(let limit): "more than \(limit) groups and data sets are not read"
    case .tooSlow: "the HDF5 file is damaged, or so large that reading it takes too long"
    case .beyondFile(let name, let bytes, let stored):
      "data set \"\(name.excerpt)\" claims \(bytes) bytes, but the file holds \(stored) of it"
    case .sharedTooOften(let bytes, let limit):
      "data sets share their data: they would take \(bytes) bytes, and at most \(limit) are read of such a file"
    case .tooLarge(let name, let bytes, let limit):
      "data set \"\(name.excerpt)\" has \(bytes) bytes, and at most \(limit) of a compressed one are read"
    case .externalLink: "a link to another file, which is not followed"
    case .softLink: "a link to a name, which is not followed"
    case .externalData: "its data is in another file, which is not opened"
    case .virtual: "a virtual data set, which is not read"
    case .filter(let number):
      "compressed by filter \(number); only deflate, shuffle and Fletcher's checksum are read"
    case .noData: "has no data in the file"
    case .unreadable: "damaged, or of a kind that is not read"
    case .archiveTooLarge(let bytes, let limit):
      "the weights in the archive have \(bytes) bytes, and at most \(limit) are read"
    }
  }
}
