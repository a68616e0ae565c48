import TensorFiles
import TestSupport

/// Made-up gates as another program records them.
enum RecordedGates {
  /// An LSTM of two layers, of which i, f and o of four samples in two classes were recorded.
  static func write(_ name: String, to workspace: TemporaryDirectory, shift: Float = 0) throws {
    let signals = [("i", "transform"), ("f", "carry"), ("o", "output")].map {
      #"{"name":"\#($0)","role":"\#($1)"}"#
    }
    let blocks = (0..<2).map {
      #"{"name":"lstm.l\#($0)","units":3,"positions":[2],"signals":[\#(signals.joined(separator: ","))]}"#
    }
    var tensors: [SafetensorsContents.Tensor] = []
    for block in 0..<2 {
      for (number, signal) in ["i", "f", "o"].enumerated() {
        let values = (0..<24).map { shift + Float($0 % 5 + number) / 10 + Float(block) / 20 }
        tensors.append(
          SafetensorsContents.Tensor(
            "block.\(block).\(signal)", .f32, [4, 2, 3], LittleEndian.bytes(values[...])))
      }
    }
    tensors.append(
      SafetensorsContents.Tensor(
        "labels", .i64, [4], LittleEndian.bytes([0, 1, 0, 1] as [UInt64])))
    let contents = SafetensorsContents(
      tensors: tensors,
      metadata: [
        ("recording", #"{"version":1,"blocks":[\#(blocks.joined(separator: ","))]}"#),
        ("classes", #"["low","high"]"#), ("data", "sentences"),
        ("metrics", #"{"testLoss":0.75}"#),
      ])
    try AtomicFile.write(workspace.at(name), contents.encoded)
  }
}
