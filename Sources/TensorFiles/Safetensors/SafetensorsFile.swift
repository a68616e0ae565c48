/// A safetensors file that is open for reading and whose header has been checked.
package struct SafetensorsFile: ~Copyable {
  /// Where each tensor lies, and the metadata.
  package let header: SafetensorsHeader

  private let file: InputFile

  /// Opens a file and reads its header.
  ///
  /// - Throws: ``ReadError`` where the file cannot be read or is not safetensors.
  package init(_ path: String) throws(ReadError<SafetensorsError>) {
    let file: InputFile
    do { file = try InputFile(path) } catch { throw .file(error) }
    let prefix: [UInt8]
    do { prefix = try file.read(0..<min(8, file.size)) } catch { throw .file(error) }
    let length: Int
    do {
      length = try SafetensorsHeader.length(prefix: prefix, fileSize: file.size)
    } catch {
      throw .format(error)
    }
    let bytes: [UInt8]
    do { bytes = try file.read(8..<8 + length) } catch { throw .file(error) }
    do {
      header = try SafetensorsHeader(parsing: bytes, fileSize: file.size)
    } catch {
      throw .format(error)
    }
    self.file = file
  }

  /// The bytes of a tensor of this file's header.
  package func bytes(_ tensor: SafetensorsHeader.Tensor) throws(FileError) -> [UInt8] {
    try file.read(tensor.bytes)
  }

  /// Hands over the values of a tensor of this file's header a piece at a time, however large it is.
  ///
  /// - Precondition: The tensor's type is real.
  package func forEachPiece(
    _ tensor: SafetensorsHeader.Tensor, _ body: (_ values: [Float]) -> Void
  ) throws(FileError) {
    // A multiple of every element's size.
    let pieceCount = 1 << 20
    var position = tensor.bytes.lowerBound
    while position < tensor.bytes.upperBound {
      let end = min(position + pieceCount, tensor.bytes.upperBound)
      body(tensor.type.floats(try file.read(position..<end)))
      position = end
    }
  }
}
