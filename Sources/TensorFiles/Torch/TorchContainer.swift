/// A PyTorch file of one of the two layouts: its pickle, and where the data of storages stands.
protocol TorchContainer: Sendable {
  /// Where the file was opened.
  var path: String { get }

  /// What the pickle holds.
  var contents: TorchContents { get }

  /// Whether the highest byte of an element comes first.
  var isBigEndian: Bool { get }

  /// Where the data of a key stands in the file, or nil where there is none.
  ///
  /// - Throws: ``ReadError`` where it does not stand there as it is.
  func place(ofKey key: String) throws(ReadError) -> Range<Int>?

  /// Starts reading the whole data of a storage, checked as the layout allows.
  func reader(of storage: TorchStorage) throws(ReadError) -> any ByteReader

  /// Starts reading a range of the file.
  func reader(_ range: Range<Int>) -> any ByteReader
}

extension TorchContainer {
  /// Where the data of a storage stands in the file.
  ///
  /// - Throws: ``ReadError`` where it is not there or has another size than the pickle says.
  func place(of storage: TorchStorage) throws(ReadError) -> Range<Int> {
    guard let place = try place(ofKey: storage.key) else {
      guard storage.count > 0 else { return 0..<0 }
      throw .format(path: path, TorchError.missingStorage(key: storage.key))
    }
    let expected = storage.count * storage.type.bits / 8
    guard place.count == expected else {
      throw .format(
        path: path,
        TorchError.storageSize(key: storage.key, expected: expected, found: place.count))
    }
    return place
  }

  /// Reads a pickle to its end and finds the tensors in it.
  static func contents(_ source: PickleSource) throws(ReadError) -> TorchContents {
    var machine = PickleMachine(source)
    let root = try machine.run()
    do { return try TorchContents(root, in: machine.nodes) } catch { throw source.failure(error) }
  }
}
