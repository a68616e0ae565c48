import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

struct InspectionTests {
  private func inspect(_ name: String, _ bytes: [UInt8]) throws -> Inspection {
    let directory = try TemporaryDirectory()
    return Inspection.of(try directory.write(name, bytes))
  }

  private func value(_ key: String, _ findings: [Inspection.Finding]) -> JSON? {
    findings.first { $0.key == key }?.value
  }

  @Test func aCheckpointIsConfirmed() throws {
    let inspection = try inspect("x.safetensors", ValidFiles.checkpoint())
    #expect(inspection.kind == .checkpoint)
    #expect(inspection.wrong == [])
    #expect(value("loads", inspection.confirmed) == .bool(true))
    #expect(value("epoch", inspection.confirmed) == .integer(3))
    #expect(value("notFinite", inspection.confirmed) == .integer(0))
    #expect(value("classes", inspection.confirmed) == .strings(["a", "b", "c"]))
    #expect(inspection.inferred.isEmpty && inspection.unknown.isEmpty)
  }

  @Test func aNetworkWithoutDescriptionIsInferred() throws {
    let layout = try ValidFiles.layout()
    let contents = SafetensorsContents(
      tensors: layout.contents([Float](repeating: 0, count: layout.count)), metadata: [])
    let inspection = try inspect("x.safetensors", contents.encoded)
    #expect(inspection.wrong.count == 1)
    #expect(inspection.wrong.first?.contains("\"architecture\" is missing") == true)
    let guess = try #require(value("architecture", inspection.inferred))
    let architecture = try Architecture(json: guess.text)
    #expect(architecture.input == Shape(features: 2))
    #expect(architecture.layers.count == 4)
    #expect(ParameterLayout(architecture).tensors.map(\.name) == layout.tensors.map(\.name))
  }

  @Test func everyTensorThatIsMissingIsNamed() throws {
    let contents = SafetensorsContents(
      tensors: [], metadata: [("architecture", ValidFiles.architecture)])
    let inspection = try inspect("x.safetensors", contents.encoded)
    let layout = try ValidFiles.layout()
    #expect(inspection.wrong.count == layout.tensors.count)
    #expect(value("loads", inspection.confirmed) == .bool(false))
  }

  @Test func aRunSaysWhatItsFilesHold() throws {
    let directory = try TemporaryDirectory()
    try directory.write("run.json", ValidFiles.description)
    try directory.write("metrics.jsonl", ValidFiles.metrics)
    try directory.write("state.safetensors", ValidFiles.state())
    try directory.write("epoch-0000.safetensors", ValidFiles.checkpoint())
    try directory.write("notes\u{1b}.txt", "")
    let inspection = Inspection.of(directory.path)
    #expect(inspection.kind == .run)
    #expect(
      inspection.wrong == [
        "epoch-0000.safetensors: its metadata says epoch 3",
        "state.safetensors is of epoch 3, but metrics.jsonl ends with epoch 1",
      ])
    #expect(
      value("state", inspection.confirmed)?.text == #"{"epoch":3,"step":21}"#)
    #expect(value("files", inspection.unknown) == .strings(["notes\u{1b}.txt"]))
    #expect(inspection.unknown.flatMap(\.lines).contains("notes\\u{1b}.txt"))
  }

  @Test func aHashIsShownWhole() throws {
    let hash = String(repeating: "0123456789abcdef", count: 4)
    let directory = try TemporaryDirectory()
    try directory.write(
      "run.json", ValidFiles.description.replacing(#""sha256":"00""#, with: #""sha256":"\#(hash)""#)
    )
    let finding = Inspection.of(directory.path).confirmed.first { $0.key == "dataSet" }
    #expect(finding?.lines.last == "\(hash)  a")
  }

  @Test func anArrayTellsItsUses() throws {
    let images = try inspect("x.npy", ValidFiles.npyImages)
    #expect(images.kind == .array)
    #expect(value("use", images.inferred) == .strings(["images"]))
    let labels = try inspect("x.npy", ValidFiles.npyLabels)
    #expect(value("use", labels.inferred) == .strings(["labels"]))
    let structure = try inspect("x.npy", ValidFiles.npyStructure)
    #expect(value("use", structure.inferred) == .strings([]))
    #expect(structure.wrong == [])
  }

  @Test func whatIsNoDataSetSaysWhatWasFound() throws {
    let file = try inspect("x", [0x7F, 0x45, 0x4C, 0x46])
    #expect(file.kind == .unknown)
    #expect(
      file.wrong.first?.contains("found in a file that starts with bytes 7f 45 4c 46") == true)
    for (bytes, found) in [
      (ValidFiles.gzip(ValidFiles.idxImages), "a gzip file of another name"),
      (ZipBuilder(members: [.init("a", [])]).bytes, "a zip archive without these arrays"),
      ([], "an empty file"),
    ] {
      let line = try #require(try inspect("x", bytes).wrong.first)
      #expect(line.contains("no data set found in \(found); expected"), "\(line)")
    }
    let directory = try TemporaryDirectory()
    #expect(
      Inspection.of(directory.path).wrong.first?.contains("found in an empty directory") == true)
  }

  @Test func aLongPathIsShownToItsEnd() throws {
    let name = String(repeating: "x", count: 200) + ".safetensors"
    let inspection = try inspect(name, [1])
    #expect(inspection.wrong.first?.contains("x.safetensors: ") == true)
  }

  @Test func layersOfTheSameMakeShareALine() {
    func tensor(_ name: String, _ shape: [Int]) -> StoredTensor {
      StoredTensor(name: name, type: .f32, shape: shape, bytes: 0..<0)
    }
    let tensors = [
      tensor("layers.10.bias", [2]), tensor("layers.2.bias", [2]), tensor("layers.1.bias", [2]),
      tensor("layers.3.bias", [3]), tensor("layers.4.bias", [3]), tensor("output.bias", [2]),
      tensor("layers.12.bias", [2]),
    ]
    #expect(
      TensorTable(tensors).lines == [
        "layers.1-2.bias  F32 [2]", "layers.3-4.bias  F32 [3]", "layers.10.bias   F32 [2]",
        "layers.12.bias   F32 [2]", "output.bias      F32 [2]",
      ])
  }

  @Test func tensorsThatAllDifferAreFoldedInTime() {
    // Each is compared with one other, not with all before it, which would take half a minute.
    let tensors = (0..<20_000).map {
      StoredTensor(name: "a\($0).0", type: .f32, shape: [$0], bytes: 0..<0)
    }
    let time = ContinuousClock().measure {
      #expect(TensorTable(tensors).lines.count == 20_000)
    }
    #expect(time < .seconds(15))
  }
}
