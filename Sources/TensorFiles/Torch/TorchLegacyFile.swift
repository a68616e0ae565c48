/// The layout before PyTorch 1.6: five pickles, then the data of each storage behind the number of its elements.
struct TorchLegacyFile: TorchContainer {
  /// What such files start with: a pickle of the number 0x1950a86a20f9469cfc6c.
  static let magic: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]

  private static let protocolVersion = 1_001

  let contents: TorchContents
  let isBigEndian = false

  private let file: InputFile
  private let places: [String: Range<Int>]

  init(_ file: InputFile) throws(ReadError) {
    self.file = file
    let source = PickleSource(FileBytes(file, 0..<file.size), path: file.path)
    _ = try Self.value(source)
    guard case .integer(let version) = try Self.value(source).root else {
      throw source.failure(.version(0))
    }
    guard version == Self.protocolVersion else { throw source.failure(.version(version)) }
    let (system, nodes) = try Self.value(source)
    if Self.entry("little_endian", of: system, nodes) == .bool(false) {
      throw source.failure(.bigEndian)
    }
    contents = try Self.contents(source)
    let (keys, keyNodes) = try Self.value(source)
    guard case .node(let index) = keys else {
      throw source.failure(.storage(detail: "no list of keys"))
    }
    places = try Self.places(
      keyNodes[index].items, sizes: contents.storageSizes, from: source.position, in: file)
  }

  private static func value(
    _ source: PickleSource
  ) throws(ReadError) -> (root: PickleValue, nodes: [PickleNode]) {
    var machine = PickleMachine(source)
    let root = try machine.run()
    return (root, machine.nodes)
  }

  private static func entry(
    _ key: String, of value: PickleValue, _ nodes: [PickleNode]
  ) -> PickleValue? {
    guard case .node(let index) = value, case .dictionary = nodes[index].kind else { return nil }
    let items = nodes[index].items
    let place = stride(from: 0, to: items.count - 1, by: 2).first { items[$0] == .text(key) }
    return place.map { items[$0 + 1] }
  }

  /// Where the data of each storage stands, in the order of the keys.
  private static func places(
    _ keys: [PickleValue], sizes: [String: Int], from start: Int, in file: InputFile
  ) throws(ReadError) -> [String: Range<Int>] {
    func failure(_ error: TorchError) -> ReadError { .format(path: file.path, error) }
    var places: [String: Range<Int>] = [:]
    var position = start
    for item in keys {
      guard case .text(let key) = item else {
        throw failure(.storage(detail: "a key is no text"))
      }
      guard let size = sizes[key] else {
        guard places.count == sizes.count else {
          throw failure(.storage(detail: "the type of \(key) is not known"))
        }
        break
      }
      guard position <= file.size - 8 else { throw failure(.cutOff) }
      let bytes: [UInt8]
      do { bytes = try file.read(position..<position + 8) } catch { throw .file(error) }
      let count = LittleEndian.words(bytes, Int64.self).first.map { Int($0) } ?? -1
      position += 8
      guard count >= 0, count <= (file.size - position) / size else { throw failure(.cutOff) }
      guard places.updateValue(position..<position + count * size, forKey: key) == nil else {
        throw failure(.storage(detail: "\(key) stands in the file twice"))
      }
      position += count * size
    }
    return places
  }

  var path: String { file.path }

  func place(ofKey key: String) -> Range<Int>? { places[key] }

  func reader(of storage: TorchStorage) throws(ReadError) -> any ByteReader {
    reader(try place(of: storage))
  }

  func reader(_ range: Range<Int>) -> any ByteReader { FileBytes(file, range) }
}
