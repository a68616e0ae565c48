/// Formats that people take for what is read, each with what it is and what to do with it.
package struct UnreadFormat {
  /// What a person calls such a file.
  package let name: String
  /// What to do with it.
  package let advice: String
  private let recognizes: @Sendable (Sample) -> Bool

  private init(
    _ name: String, _ advice: String, _ recognizes: @escaping @Sendable (Sample) -> Bool
  ) {
    self.name = name
    self.advice = advice
    self.recognizes = recognizes
  }

  /// What is looked at of a file.
  private struct Sample {
    /// The first bytes, at most 1,024.
    let head: [UInt8]
    /// The last eight bytes.
    let tail: [UInt8]
    /// The file's name, in small letters.
    let name: String

    func starts(_ text: String) -> Bool { head.starts(with: Array(text.utf8)) }
  }

  /// The format of a file, or nil where it is none of these.
  ///
  /// - Throws: ``ReadError`` where the file cannot be read.
  package static func of(_ path: String) throws(ReadError) -> UnreadFormat? {
    let sample: Sample
    do throws(FileError) {
      let file = try InputFile(path)
      let head = try file.read(0..<min(1_024, file.size))
      let tail = try file.read(max(0, file.size - 8)..<file.size)
      sample = Sample(
        head: head, tail: tail, name: Directory.name(of: path).lowercased())
    } catch {
      throw .file(error)
    }
    return all.first { $0.recognizes(sample) }
  }

  private static let all: [UnreadFormat] = [
    UnreadFormat("a Git LFS pointer", "fetch the file itself with git lfs pull") {
      $0.starts("version https://git-lfs.github.com/spec/")
    },
    UnreadFormat(
      "a web page", "it was saved in place of the file; download the file itself"
    ) { sample in
      let text = String(decoding: sample.head.drop { $0.isSpace }.prefix(16), as: UTF8.self)
      return ["<!doctype html", "<html"].contains { text.lowercased().hasPrefix($0) }
    },
    UnreadFormat("a gzip file", "unpack it: tar xzf for a .tar.gz, else gunzip") {
      GzipReader.recognizes($0.head)
    },
    UnreadFormat(
      "a tar archive",
      "unpack it; a .tar of PyTorch before 0.2 is to be loaded and saved again with torch.save"
    ) { $0.head.count > 262 && $0.head[257..<262].elementsEqual("ustar".utf8) },
    UnreadFormat(
      "GGUF", "it holds language models without highway layers; give the checkpoint it was made of"
    ) { $0.starts("GGUF") },
    UnreadFormat(
      "torch7",
      "load it in Lua or with the Python package torchfile, and save its arrays by numpy.savez"
    ) { sample in
      sample.name.hasSuffix(".t7")
        || sample.head.starts(with: [4, 0, 0, 0])
          && sample.head.dropFirst(8).starts(with: [3, 0, 0, 0])
    },
    UnreadFormat(
      "a TensorFlow checkpoint",
      "in Python: r = tf.train.load_checkpoint(PREFIX); numpy.savez(OUT, **{n: r.get_tensor(n) for n in "
        + "r.get_variable_to_shape_map()})"
    ) { sample in
      // The number at the end of the tables in which TensorFlow keeps its index.
      sample.tail == [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]
        || sample.name.contains(".data-0000") || sample.name.contains(".ckpt-")
    },
    UnreadFormat(
      "ONNX",
      "in Python: numpy.savez(OUT, **{t.name: onnx.numpy_helper.to_array(t) for t in "
        + "onnx.load(FILE).graph.initializer})"
    ) { sample in
      // A version, then the name of the program that wrote it.
      sample.name.hasSuffix(".onnx")
        || sample.head.count > 8 && sample.head[0] == 8 && sample.head[2] == 0x12
          && sample.head[4..<8].allSatisfy { (0x20..<0x7F).contains($0) }
    },
    UnreadFormat(
      "a Python pickle that torch.save did not write",
      "where you trust it, load it in Python and save its arrays by numpy.savez"
    ) { $0.head.count > 2 && $0.head[0] == 0x80 && (2...5).contains($0.head[1]) },
  ]
}
