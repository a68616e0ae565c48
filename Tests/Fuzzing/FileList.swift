import TestSupport

/// A directory as bytes: for each file the number of its name, the length of its content in two bytes, its
/// content.
enum FileList {
  private static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte.gz",
    "t10k-labels.idx1-ubyte", "emnist-test-images-idx3-ubyte", "classes.txt", "x_train.npy",
    "y_train.npy", "x_test.npy", "train_labels.npy", "data.npz", "data.safetensors", "train.bin",
    "test_batch.bin", "data_batch_1.bin", "data_batch_3.bin", "fine_label_names.txt", "run.json",
    "metrics.jsonl", "epoch-0000.safetensors", "epoch-3.safetensors", "state.safetensors",
  ]

  static func encode(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
    files.flatMap { file in
      [UInt8(names.firstIndex(of: file.name) ?? 0)] + le(UInt16(file.content.count)) + file.content
    }
  }

  static func decode(_ bytes: [UInt8]) -> [(name: String, content: [UInt8])] {
    var files: [(name: String, content: [UInt8])] = []
    var rest = bytes[...]
    while rest.count >= 3, files.count < 8 {
      let name = names[Int(rest.removeFirst()) % names.count]
      let count = Int(rest.removeFirst()) | Int(rest.removeFirst()) << 8
      files.append((name, Array(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    return files
  }
}
