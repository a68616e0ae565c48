internal import CPNG
import TensorFiles

/// A PNG file, of which the header alone is read at first.
struct PNGFile {
  /// The most bytes of a file that are read.
  private static let maximumSize = 1 << 27

  /// Where the file is.
  let path: String
  /// What it says of its picture.
  let header: PNGHeader

  /// Reads the header, and checks that a file of this size can hold such a picture.
  ///
  /// - Throws: ``DataError`` where the file cannot be read, is no PNG file or holds a picture that is not read.
  init(_ path: String) throws(DataError) {
    self.path = path
    let prefix: [UInt8]
    let size: Int
    do throws(FileError) {
      let file = try InputFile(path)
      size = file.size
      prefix = try file.read(0..<min(PNGHeader.count, size))
    } catch {
      throw .file(error)
    }
    header = try PNGHeader(prefix, path: path)
    guard header.unpackedCount <= size * Inflater.greatestRatio else {
      throw .picture(
        path: path, expected: "a file that can hold \(header.width)×\(header.height) pixels",
        found: "\(size) bytes")
    }
  }

  /// Reads the pixels, `[channels, height, width]`; gray becomes colours where there are three channels.
  ///
  /// - Precondition: There are three channels where the picture is coloured, otherwise one or three.
  /// - Throws: ``DataError`` where the file is damaged, or has changed since its header was read.
  func pixels(channels: Int) throws(DataError) -> [UInt8] {
    precondition(channels == 3 || (channels == 1 && !header.isColored), "channels of the picture")
    let bytes: [UInt8]
    do { bytes = try InputFile.read(path, limit: Self.maximumSize) } catch { throw .file(error) }
    // Its size was checked by the header that was read first.
    guard try PNGHeader(Array(bytes.prefix(PNGHeader.count)), path: path) == header else {
      throw .picture(path: path, expected: "the picture that it was", found: "another")
    }
    guard tg_load_png() else {
      throw .picture(path: path, expected: "libpng on this system", found: "none")
    }
    let plane = header.width * header.height
    var pixels = [UInt8](repeating: 0, count: plane * channels)
    var message = [CChar](repeating: 0, count: 128)
    let isWhole = unsafe pixels.withUnsafeMutableBufferPointer { target in
      var picture = unsafe tg_png(
        width: UInt32(header.width), height: UInt32(header.height), depth: Int32(header.depth),
        channels: Int32(channels), pixels: target.baseAddress)
      return unsafe tg_read_png(bytes, bytes.count, &picture, &message, message.count)
    }
    guard isWhole else {
      let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .picture(
        path: path, expected: "a whole PNG file",
        found: "damage: " + String(decoding: text, as: UTF8.self).excerpt)
    }
    guard channels > 1 else { return pixels }
    return (0..<channels).flatMap { channel in
      stride(from: channel, to: pixels.count, by: channels).map { pixels[$0] }
    }
  }
}
