/// The layout since PyTorch 1.6: a zip archive of one folder, with `data.pkl` and a member for each storage.
struct TorchArchive: TorchContainer {
  let contents: TorchContents
  let isBigEndian: Bool

  private let archive: ZipArchive
  private let folder: String
  private let entries: [String: ZipDirectory.Entry]

  /// The folders of an archive that hold a pickle as PyTorch's do.
  static func folders(in archive: ZipArchive) -> [String] {
    archive.entries.compactMap { entry in
      guard entry.name.hasSuffix("/data.pkl") else { return nil }
      let folder = String(entry.name.dropLast("data.pkl".count))
      return folder.utf8.count(where: { $0 == UInt8(ascii: "/") }) == 1 ? folder : nil
    }
  }

  /// Reads the pickle of an archive.
  init(_ archive: ZipArchive) throws(ReadError) {
    let path = archive.path
    func failure(_ error: TorchError) -> ReadError { .format(path: path, error) }
    let folders = Self.folders(in: archive)
    guard let folder = folders.first, folders.count == 1 else {
      throw failure(.severalPickles(folders))
    }
    var entries: [String: ZipDirectory.Entry] = [:]
    for entry in archive.entries where entry.name.hasPrefix(folder) {
      entries[String(entry.name.dropFirst(folder.count))] = entry
    }
    guard entries["constants.pkl"] == nil,
      !entries.keys.contains(where: { $0.hasPrefix("code/") })
    else { throw failure(.torchScript) }
    guard let pickle = entries["data.pkl"] else { throw failure(.severalPickles([])) }
    let source = PickleSource(try archive.reader(of: pickle), path: path)
    contents = try Self.contents(source)
    try source.drain()
    var order = "little"
    if let entry = entries["byteorder"] {
      let bytes = try archive.reader(of: entry).read(upTo: min(16, entry.count))
      order = String(decoding: bytes, as: UTF8.self)
    }
    guard ["little", "big"].contains(order) else { throw failure(.byteOrder(order)) }
    isBigEndian = order == "big"
    self.archive = archive
    self.folder = folder
    self.entries = entries
  }

  var path: String { archive.path }

  func place(ofKey key: String) throws(ReadError) -> Range<Int>? {
    guard let entry = entries["data/" + key] else { return nil }
    guard let place = archive.storedRange(of: entry) else {
      throw .format(path: path, TorchError.compressed(key: key))
    }
    return place
  }

  func reader(of storage: TorchStorage) throws(ReadError) -> any ByteReader {
    guard let entry = entries["data/" + storage.key] else { return archive.rangeReader(0..<0) }
    return try archive.reader(of: entry)
  }

  func reader(_ range: Range<Int>) -> any ByteReader { archive.rangeReader(range) }
}
