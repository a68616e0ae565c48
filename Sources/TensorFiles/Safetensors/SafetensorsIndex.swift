/// A network in several safetensors files, which an index names: `model.safetensors.index.json`.
public final class SafetensorsIndex: TensorFile {
  /// What the format is called.
  public static let format = "index of safetensors"

  /// The greatest size of an index that is read.
  private static let maximumCount = 1 << 26
  /// The most files that are opened.
  private static let maximumFiles = 1_024

  /// Where the index was opened.
  public let path: String
  /// The tensors that the index names, in the order of the files' names and of their data.
  public let tensors: [StoredTensor]
  /// The members of the first file's metadata.
  public let metadata: [(key: String, value: String)]

  private let places: [String: (file: SafetensorsFile, tensor: StoredTensor)]

  /// Whether a file is JSON of a name that ends as indices do.
  public static func recognizes(_ prefix: [UInt8], at path: String) -> Bool {
    path.hasSuffix(".index.json") && prefix.first { !$0.isSpace } == UInt8(ascii: "{")
  }

  /// Opens an index and the files beside it that it names.
  ///
  /// - Throws: ``ReadError`` where one is missing or wrong, or lacks a tensor that it should hold.
  public init(_ path: String) throws(ReadError) {
    let bytes: [UInt8]
    do { bytes = try InputFile.read(path, limit: Self.maximumCount) } catch { throw .file(error) }
    let names: [String: Set<String>]
    do throws(SafetensorsError) {
      names = try Self.names(try Self.document(bytes))
    } catch {
      throw .format(path: path, error)
    }
    var tensors: [StoredTensor] = []
    var places: [String: (file: SafetensorsFile, tensor: StoredTensor)] = [:]
    var metadata: [(key: String, value: String)] = []
    for (name, expected) in names.sorted(by: { $0.key < $1.key }) {
      let file = try SafetensorsFile(Directory.parent(of: path) + "/" + name)
      if metadata.isEmpty { metadata = file.metadata }
      for tensor in file.tensors where expected.contains(tensor.name) {
        tensors.append(tensor)
        places[tensor.name] = (file, tensor)
      }
      if let missing = expected.filter({ file[$0] == nil }).min() {
        throw .format(path: path, SafetensorsError.index(detail: "\(name) lacks \(missing)"))
      }
    }
    self.path = path
    self.tensors = tensors
    self.places = places
    self.metadata = metadata
  }

  private static func document(_ bytes: [UInt8]) throws(SafetensorsError) -> JSON {
    do { return try JSON(parsing: bytes) } catch { throw .index(detail: "\(error)") }
  }

  /// The names of the tensors by the names of their files, which lie beside the index.
  private static func names(_ document: JSON) throws(SafetensorsError) -> [String: Set<String>] {
    guard case .object(let members) = document,
      case .object(let entries)? = members.first(where: { $0.key == "weight_map" })?.value
    else { throw .index(detail: "no weight_map") }
    var names: [String: Set<String>] = [:]
    for entry in entries {
      guard case .string(let name) = entry.value else {
        throw .index(detail: "\(entry.key) names no file")
      }
      guard !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }),
        !["", ".", ".."].contains(name)
      else { throw .index(detail: "\(name) is no file beside the index") }
      names[name, default: []].insert(entry.key)
      guard names.count <= maximumFiles else {
        throw .index(detail: "more than \(maximumFiles) files")
      }
    }
    return names
  }

  /// The tensor of a name.
  public subscript(name: String) -> StoredTensor? { places[name]?.tensor }

  /// Where a tensor is, for messages: the path of its file.
  public func place(of tensor: StoredTensor) -> String { places[tensor.name]?.file.path ?? path }

  /// Starts reading the elements of a tensor of this index.
  public func reader(of tensor: StoredTensor) throws(ReadError) -> any ByteReader {
    guard let file = places[tensor.name]?.file else {
      preconditionFailure("a tensor of this index")
    }
    return file.reader(of: tensor)
  }
}

extension UInt8 {
  /// Whether this is one of the blanks that may stand before JSON or HTML.
  var isSpace: Bool { [0x09, 0x0A, 0x0D, 0x20].contains(self) }
}
