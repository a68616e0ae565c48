import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

struct SafetensorsDataTests {
  private typealias Tensor = SafetensorsContents.Tensor

  private func open(
    images: SafetensorsContents.Tensor = .init("images", .u8, [2, 1, 2], [1, 2, 3, 4]),
    labels: SafetensorsContents.Tensor = .init("labels", .u8, [2], [0, 1]),
    metadata: [(key: String, value: String)] = []
  ) throws -> DataSet {
    let directory = try TemporaryDirectory()
    let bytes = SafetensorsContents(tensors: [images, labels], metadata: metadata).encoded
    return try DataSet.open(try directory.write("x.safetensors", bytes))
  }

  @Test(arguments: ["train.images", "x_train", "X_train", "images", "train_images"])
  func knowsTheNamesOfArrays(images: String) throws {
    let labels = [
      "train.images": "train.labels", "x_train": "y_train", "X_train": "y_train",
      "images": "labels", "train_images": "train_labels",
    ]
    let data = try open(
      images: .init(images, .u8, [2, 1, 2], [1, 2, 3, 4]),
      labels: .init(try #require(labels[images]), .u8, [2], [0, 1]))
    #expect(data.train.pixels == [1, 2, 3, 4])
  }

  @Test func readsBrainFloats() throws {
    let images = Tensor("images", .bf16, [2, 1, 2], [0, 0, 0x80, 0x3F, 0, 0x3F, 0, 0])
    #expect(try open(images: images).train.pixels == [0, 255, 128, 0])
  }

  @Test func saysWhatIsWrong() throws {
    func failure(
      images: SafetensorsContents.Tensor = .init("images", .u8, [2, 1, 2], [1, 2, 3, 4]),
      labels: SafetensorsContents.Tensor = .init("labels", .u8, [2], [0, 1]),
      metadata: [(key: String, value: String)] = []
    ) throws -> String {
      try #require(
        #expect(throws: DataError.self) {
          try open(images: images, labels: labels, metadata: metadata)
        }
      ).description
    }
    let eightBits = try #require(ElementType(safetensors: "F8_E4M3"))
    #expect(
      try failure(images: .init("images", eightBits, [2, 1, 2], [1, 2, 3, 4]))
        .contains("expected numbers, found F8_E4M3"))
    #expect(
      try failure(images: .init("images", .u8, [4], [1, 2, 3, 4])).contains("found [4]"))
    #expect(
      try failure(labels: .init("labels", .u8, [3], [1, 0, 1])).contains("2 images but 3 labels"))
    #expect(
      try failure(labels: .init("labels", .f32, [2], [UInt8](repeating: 1, count: 8)))
        .contains("expected whole labels from 0 to 1023, found"))
    #expect(try failure(labels: .init("other", .u8, [2], [0, 1])).contains("but not labels"))
    #expect(try failure(metadata: [("classes", "[1]")]).contains("JSON list of names"))
    #expect(try failure(metadata: [("classes", "[\"a\"]")]).contains("has label 1"))
  }

  @Test func leavesACheckpointToOthers() throws {
    let path = try fixture("python.safetensors")
    let error = #expect(throws: DataError.self) { try DataSet.open(path) }
    guard case .notRecognized? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
