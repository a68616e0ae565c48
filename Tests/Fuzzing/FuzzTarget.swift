import TensorFiles
import TestSupport

@testable import HighwayNetworks

/// A parser and what is fed to it.
///
/// A run ends in a value or in a typed error whose text is one printable line; anything else is a finding.
enum FuzzTarget: String, CaseIterable {
  case json
  case architecture
  case safetensors
  case checkpoint
  case description
  case metrics
  case run
  case idx
  case gzip
  case cifar
  case npy
  case zip
  case arrays
  case directory
  case torch
  case hdf5
  case index
  case recording
  case csv
  case png

  func seeds() throws -> [[UInt8]] {
    switch self {
    case .json, .architecture:
      [Array(ValidFiles.architecture.utf8), Array(ValidFiles.description.utf8)]
    case .safetensors: [try ValidFiles.checkpoint(), ValidFiles.safetensorsData]
    case .checkpoint:
      [
        try ValidFiles.checkpoint(), try ValidFiles.state(),
        ForeignLayout.safetensors(
          ForeignLayout.packed("highway.layers.{k}") + ForeignLayout.ends()),
        ForeignLayout.safetensors(ForeignLayout.separate("highways.{k}.W1", "highways.{k}.W2")),
      ]
    case .torch:
      [
        TorchBuilder.matrix([1, 2, 3, 4], [2, 2]).archive.bytes,
        TorchBuilder.matrix([1, 2, 3, 4], [2, 2]).legacy(),
        ForeignLayout.torch(ForeignLayout.packed("_highway_layer._layers.{k}")),
      ]
    case .hdf5: [ZipBuilder(members: [.init("model.weights.h5", [0x89, 0x48])]).bytes]
    case .index: [Array(#"{"metadata":{},"weight_map":{"a":"a.safetensors"}}"#.utf8)]
    case .recording: [Array(ValidFiles.recordingDescription.utf8)]
    case .csv: ValidFiles.csv.map { Array($0.utf8) }
    case .png: ValidFiles.pictures.map(\.bytes)
    case .description: [Array(ValidFiles.description.utf8)]
    case .metrics: [Array(ValidFiles.metrics.utf8)]
    case .run:
      [
        Array(ValidFiles.description.utf8) + [0xFF] + Array(ValidFiles.metrics.utf8) + [0xFF]
          + (try ValidFiles.state())
      ]
    case .idx: [ValidFiles.idxImages, ValidFiles.idxLabels]
    case .gzip:
      [ValidFiles.gzip(ValidFiles.idxImages), ValidFiles.gzip(ValidFiles.idxLabels)]
    case .cifar:
      [
        [0, 20] + Array("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n".utf8) + ValidFiles.cifar(labels: [3]),
        [1, 4] + Array("a\nb\n".utf8) + ValidFiles.cifar(labels: [3, 7]),
      ]
    case .npy:
      [
        ValidFiles.npyImages, ValidFiles.npyLabels, ValidFiles.npyFloats, ValidFiles.npyStructure,
      ]
    case .zip: [ValidFiles.npz(), ValidFiles.npz(isWide: true)]
    case .arrays: [ValidFiles.safetensorsData]
    case .directory:
      [
        FileList.encode([
          ("train-images-idx3-ubyte", ValidFiles.idxImages),
          ("train-labels-idx1-ubyte", ValidFiles.idxLabels), ("classes.txt", Array("a\nb\n".utf8)),
        ]),
        FileList.encode([
          ("x_train.npy", ValidFiles.npyImages), ("y_train.npy", ValidFiles.npyLabels),
        ]),
        FileList.encode([("data.npz", ValidFiles.npz())]),
        FileList.encode([("test_batch.bin", ValidFiles.cifar(labels: [3]))]),
        FileList.encode([("data.safetensors", ValidFiles.safetensorsData)]),
      ]
    }
  }

  func run(_ bytes: [UInt8]) {
    do {
      try parse(bytes)
    } catch {
      Self.check("\(error)")
    }
  }

  private func parse(_ bytes: [UInt8]) throws {
    switch self {
    case .json:
      let json = try JSON(parsing: bytes)
      guard try JSON(parsing: json.text) == json, try JSON(parsing: json.indentedText) == json
      else { fatalError("what is written reads back as something else") }
    case .architecture:
      let architecture = try Architecture(json: String(decoding: bytes, as: UTF8.self))
      guard try Architecture(json: architecture.json) == architecture else {
        fatalError("what is written reads back as something else")
      }
      if architecture.layers.count < 100 { _ = ParameterLayout(architecture) }
    case .safetensors:
      let length = try SafetensorsHeader.length(
        prefix: Array(bytes.prefix(8)), fileSize: bytes.count)
      let header = try SafetensorsHeader(
        parsing: Array(bytes[8..<8 + length]), fileSize: bytes.count)
      guard header.tensors.allSatisfy({ $0.bytes.upperBound <= bytes.count }) else {
        fatalError("a tensor beyond the file")
      }
    case .checkpoint: try readCheckpoint(bytes)
    case .description:
      let description = try RunDescription(json: String(decoding: bytes, as: UTF8.self))
      guard try RunDescription(json: description.indentedJSON) == description else {
        fatalError("what is written reads back as something else")
      }
    case .metrics:
      for line in MetricsFile(bytes, path: "metrics.jsonl").metrics {
        guard try EpochMetrics(json: line.json).json == line.json else {
          fatalError("what is written reads back as something else")
        }
      }
    case .run: try readRun(bytes)
    case .idx, .gzip:
      let path = try Self.file.write("x", bytes)
      let kinds: [IDXFile.Kind] = [.images, .labels]
      for kind in kinds {
        do { _ = try IDXFile(path, kind) } catch { Self.check("\(error)") }
      }
    case .cifar: try readCIFAR(bytes)
    case .npy: try readNPY(bytes)
    case .zip:
      let path = try Self.file.write("x.npz", bytes)
      let archive = try ZipArchive(path)
      for entry in archive.entries { try readMember(entry, of: archive) }
      _ = try DataSet.open(path)
    case .arrays:
      let path = try Self.file.write("x.safetensors", bytes)
      Self.check(Inspection.of(path))
      _ = try DataSet.open(path)
    case .directory: try readDirectory(bytes)
    case .torch: try readTensors(try TorchFile(try Self.file.write("x.pt", bytes)))
    case .hdf5: try readTensors(try TensorFileReader.open(try Self.file.write("x.h5", bytes)))
    case .recording: try readRecording(bytes)
    case .csv: try readCSV(bytes)
    case .png: try readPNG(bytes)
    case .index:
      _ = try SafetensorsIndex(try Self.file.write("x.index.json", bytes))
    }
  }

  /// Reads a description and, where little enough follows from it, a file that it describes.
  private func readRecording(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let description = try RecordingDescription(json: text)
    guard let file = ValidFiles.recording(text, description.blocks, mostValues: 20_000) else {
      return
    }
    let path = try Self.file.write("recording.safetensors", file)
    Self.check(Inspection.of(path))
    let recording = try Recording([path])
    guard let statistics = try recording.statistics() else { fatalError("nothing ended the pass") }
    _ = (statistics.pathLengths, statistics.carryProducts)
    for sample in 0..<recording.samples {
      guard try recording.trace(sample).layers.count == recording.blocks.count else {
        fatalError("a layer for each block")
      }
      _ = try recording.input(of: sample)
    }
    for block in recording.blocks {
      for gate in block.measuredGates {
        _ = statistics.showing(gate)
        _ = try recording.histogram(block: block.number, unit: 0, of: gate)
      }
    }
  }

  private func readCSV(_ bytes: [UInt8]) throws {
    let path = try Self.file.write("x.csv", bytes)
    Self.check(Inspection.of(path))
    _ = try DataSet.open(path)
  }

  private func readPNG(_ bytes: [UInt8]) throws {
    let file = try PNGFile(try Self.file.write("x.png", bytes))
    guard try file.pixels(channels: 3).count == 3 * file.header.width * file.header.height else {
      fatalError("another number of pixels than the header says")
    }
  }

  private func readTensors(_ file: any TensorFile) throws {
    for (_, error) in file.unreadable { Self.check("\(error)") }
    for tensor in file.tensors where tensor.type.isNumber {
      do {
        guard try file.values(of: tensor).count == tensor.count else {
          fatalError("another number of values than the shape says")
        }
      } catch {
        Self.check("\(error)")
      }
    }
    Self.check(Inspection.of(file.path))
    _ = try Checkpoint.read(file.path)
  }

  private static let file = makeDirectory()

  private static func makeDirectory() -> TemporaryDirectory {
    do { return try TemporaryDirectory(inMemory: true) } catch { fatalError("\(error)") }
  }

  private static let layout = try? ValidFiles.layout()

  private func readCheckpoint(_ bytes: [UInt8]) throws {
    let path = try Self.file.write("x.safetensors", bytes)
    Self.check(Inspection.of(path))
    if let layout = Self.layout {
      do { _ = try TrainingState.read(path, layout: layout) } catch { Self.check("\(error)") }
    }
    _ = try Checkpoint.read(path)
  }

  private func readRun(_ bytes: [UInt8]) throws {
    let parts = bytes.split(separator: 0xFF, maxSplits: 2, omittingEmptySubsequences: false)
    for (name, part) in Swift.zip(["run.json", "metrics.jsonl", "state.safetensors"], parts) {
      try Self.file.write(name, part)
    }
    Self.check(Inspection.of(Self.file.path))
    let run = try RunDirectory.open(Self.file.path)
    _ = try run.state()
  }

  private func readCIFAR(_ bytes: [UInt8]) throws {
    guard bytes.count >= 2 else { return }
    let names = bytes.dropFirst(2).prefix(Int(bytes[1]))
    let records = bytes.dropFirst(2 + names.count)
    let isTen = bytes[0] & 1 == 0
    let directory = isTen ? Self.cifarTen : Self.cifarHundred
    try directory.write(isTen ? "batches.meta.txt" : "fine_label_names.txt", names)
    try directory.write(isTen ? "data_batch_1.bin" : "train.bin", records)
    // What a directory holds is recognised in a target of its own, which takes its time.
    _ = try CIFARDirectory(try DataSetLocation(DataPlace(directory.path)))?.read(name: nil)
  }

  private static let cifarTen = makeDirectory()
  private static let cifarHundred = makeDirectory()

  private func readNPY(_ bytes: [UInt8]) throws {
    let end = try NPYHeader.end(prefix: Array(bytes.prefix(NPYHeader.prefixCount)))
    _ = try NPYHeader(parsing: Array(bytes.prefix(end)))
    let path = try Self.file.write("x.npy", bytes)
    Self.check(Inspection.of(path))
    let file = try NPYFile(path)
    for tensor in file.tensors where tensor.type.isNumber { _ = try file.values(of: tensor) }
    let array = StoredArray(file: file, tensor: file.tensors[0])
    do { _ = try LabelArray(array).labels() } catch { Self.check("\(error)") }
    let images = try ImageArray(array)
    let range = images.isReal ? try images.range() : 0...255
    guard try images.values().count == images.count * images.shape.count else {
      fatalError("another number of pixels than the shape says")
    }
    _ = try images.pixels(factor: range.upperBound <= 1 ? 255 : 1)
  }

  private func readMember(_ entry: ZipDirectory.Entry, of archive: ZipArchive) throws {
    let reader = try archive.reader(of: entry)
    var count = 0
    while true {
      let piece = try reader.read(upTo: 1 << 12)
      if piece.isEmpty { break }
      count += piece.count
    }
    guard count == entry.count else { fatalError("a member of another size") }
  }

  private func readDirectory(_ bytes: [UInt8]) throws {
    for name in try Self.listed.names() { try Self.listed.delete(name) }
    for (name, content) in FileList.decode(bytes) { try Self.listed.write(name, content) }
    Self.check(Inspection.of(Self.listed.path))
    _ = try DataSet.open(Self.listed.path)
  }

  private static let listed = makeDirectory()

  private static func check(_ line: String) {
    guard line.isErrorLine else { fatalError("not one printable line: \(line.debugDescription)") }
  }

  private static func check(_ inspection: Inspection) {
    for line in inspection.wrong { check(line) }
    for finding in inspection.confirmed + inspection.inferred + inspection.unknown {
      guard finding.lines.allSatisfy(\.isPrintable) else {
        fatalError("not printable: \(finding.lines.debugDescription)")
      }
      guard (try? JSON(parsing: finding.value.text)) == finding.value else {
        fatalError("what is written reads back as something else: \(finding.value.text)")
      }
    }
  }
}
