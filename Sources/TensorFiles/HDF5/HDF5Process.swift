internal import CHDF5
import Libc

/// A run of libhdf5 in a process of its own, which ends with what it was asked for.
///
/// Whatever a damaged file does to the library stays in that process, which has limits on memory and time and can open
/// no further file.
struct HDF5Process {
  /// What the library works on.
  enum Source: Sendable {
    /// A file.
    case path(String)
    /// A file that is in memory.
    case image([UInt8])
  }

  /// The bytes of a list that are taken.
  private static let maximumList = 64 << 20

  /// The bytes of a list of what is in the file.
  static func list(_ source: Source) throws(HDF5Error) -> [UInt8] {
    try run(source, dataset: nil, count: 0, limit: maximumList)
  }

  /// The elements of a data set, as many bytes as its shape says.
  static func bytes(
    of dataset: String, count: Int, in source: Source
  ) throws(HDF5Error) -> [UInt8] {
    let bytes = try run(source, dataset: dataset, count: count, limit: count)
    guard bytes.count == count else {
      throw .damaged(detail: "\"\(dataset)\" should have \(count) bytes, but has \(bytes.count)")
    }
    return bytes
  }

  private static func run(
    _ source: Source, dataset: String?, count: Int, limit: Int
  ) throws(HDF5Error) -> [UInt8] {
    guard tg_load_hdf5() else { throw .noLibrary }
    var process: pid_t = 0
    let descriptor: Int32
    switch source {
    case .path(let path):
      // An absolute or relative path alike is the library's to open; `systemPath` are its bytes.
      descriptor = unsafe tg_start_hdf5(path.systemPath, nil, 0, dataset, count, &process)
    case .image(let image):
      descriptor = unsafe image.withUnsafeBufferPointer { buffer in
        unsafe tg_start_hdf5(
          "weights", buffer.baseAddress, buffer.count, dataset, count, &process)
      }
    }
    guard descriptor >= 0 else { throw .noProcess }
    let (bytes, isWhole) = take(descriptor, limit: limit)
    close(descriptor)
    let status = tg_finish_hdf5(process)
    guard isWhole else { throw .damaged(detail: "its list takes more than \(limit) bytes") }
    if let error = failure(status) { throw error }
    return bytes
  }

  /// What the process writes until it ends; false where that is more than the limit.
  private static func take(_ descriptor: Int32, limit: Int) -> (bytes: [UInt8], isWhole: Bool) {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return (bytes, true) }
      guard bytes.count + count <= limit else { return (bytes, false) }
      bytes += piece[..<count]
    }
  }

  private static func failure(_ status: Int32) -> HDF5Error? {
    switch Int(status) {
    case TG_HDF5_DONE: nil
    case TG_HDF5_NOT_HDF5: .notHDF5
    case TG_HDF5_TOO_DEEP: .tooDeep(limit: TG_HDF5_MAXIMUM_DEPTH)
    case TG_HDF5_TOO_MANY: .tooManyObjects(limit: TG_HDF5_MAXIMUM_OBJECTS)
    case TG_HDF5_VERSION: .libraryVersion
    case -Int(SIGXCPU), -Int(SIGKILL): .tooSlow
    case ..<0: .damaged(detail: "libhdf5 stopped with signal \(-status)")
    default: .damaged(detail: "libhdf5 cannot read it")
    }
  }
}
