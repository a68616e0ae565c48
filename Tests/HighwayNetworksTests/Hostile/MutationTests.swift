import Foundation
import Libc
import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Files of every kind, flipped, cut and spliced: each ends in a value or in one printable line, and nothing
/// in them is believed about memory.
struct MutationTests {
  /// Files that are right together, of which one at a time is damaged.
  struct Subject: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let files: [(name: String, bytes: [UInt8])]
    let read: @Sendable (_ directory: String) throws -> Void
    /// How often the files are damaged; the larger they are, the less.
    var rounds = 1_000
  }

  static let subjects: [Subject] = {
    do { return try makeSubjects() } catch { return [] }
  }()

  private static func makeSubjects() throws -> [Subject] {
    let layout = try ValidFiles.layout()
    let names = (0..<10).map { "\($0)\n" }.joined()
    let deflated = [UInt8](try Data(contentsOf: URL(filePath: fixture("arrays/deflated.npz"))))
    func dataSet(_ name: String, _ files: [(String, [UInt8])], rounds: Int = 1_000) -> Subject {
      Subject(
        testDescription: name, files: files, read: { _ = try DataSet.open($0) }, rounds: rounds)
    }
    return [
      Subject(
        testDescription: "checkpoint", files: [("x.safetensors", try ValidFiles.checkpoint())],
        read: { _ = try Checkpoint.read($0 + "/x.safetensors") }),
      Subject(
        testDescription: "PyTorch archive",
        files: [("x.pt", ForeignLayout.torch(ForeignLayout.packed("highway._layers.{k}")))],
        read: { _ = try Checkpoint.read($0 + "/x.pt") }),
      Subject(
        testDescription: "older PyTorch file",
        files: [("x.pt", TorchBuilder.matrix([1, 2, 3, 4], [2, 2]).legacy())],
        read: { directory in
          let file = try TorchFile(directory + "/x.pt")
          for tensor in file.tensors where tensor.type.isNumber { _ = try file.values(of: tensor) }
        }),
      Subject(
        testDescription: "training state", files: [("x.safetensors", try ValidFiles.state())],
        read: { _ = try TrainingState.read($0 + "/x.safetensors", layout: layout) }),
      Subject(
        testDescription: "run",
        files: [
          ("run.json", Array(ValidFiles.description.utf8)),
          ("metrics.jsonl", Array(ValidFiles.metrics.utf8)),
        ], read: { _ = try RunDirectory.open($0) }, rounds: 1_500),
      dataSet(
        "IDX",
        [
          ("train-images-idx3-ubyte", ValidFiles.idxImages),
          ("train-labels-idx1-ubyte", ValidFiles.idxLabels),
        ]),
      dataSet(
        "IDX in gzip",
        [
          ("train-images-idx3-ubyte.gz", ValidFiles.gzip(ValidFiles.idxImages)),
          ("train-labels-idx1-ubyte.gz", ValidFiles.gzip(ValidFiles.idxLabels)),
        ]),
      dataSet(
        "CIFAR-10",
        [
          ("data_batch_1.bin", ValidFiles.cifar(labels: [3])),
          ("batches.meta.txt", Array(names.utf8)),
        ], rounds: 1_000),
      dataSet(
        "arrays", [("x_train.npy", ValidFiles.npyImages), ("y_train.npy", ValidFiles.npyLabels)]),
      dataSet(
        "floating-point arrays",
        [
          ("x_test.npy", ValidFiles.npyFloats),
          ("y_test.npy", npy(npyHeader("|u1", "(1,)"), [1])),
        ]),
      dataSet("stored archive", [("x.npz", ValidFiles.npz())]),
      dataSet("stored archive of 64-bit sizes", [("x.npz", ValidFiles.npz(isWide: true))]),
      dataSet("deflated archive", [("x.npz", deflated)]),
      Subject(
        testDescription: "recording",
        files: [
          (
            "recording-0002.safetensors",
            ValidFiles.recording(
              ValidFiles.recordingDescription,
              try RecordingDescription(json: ValidFiles.recordingDescription).blocks) ?? []
          )
        ],
        read: { directory in
          let recording = try RecordingTimeline(directory).recording(epoch: 2)
          _ = try recording.statistics(threads: 1)
          _ = (try recording.trace(0), try recording.input(of: 0))
        }),
      dataSet("safetensors data", [("x.safetensors", ValidFiles.safetensorsData)]),
    ]
  }

  @Test(arguments: subjects)
  func endsInAValueOrAnErrorLine(subject: Subject) throws {
    let directory = try TemporaryDirectory(inMemory: true)
    for file in subject.files { try directory.write(file.name, file.bytes) }
    try subject.read(directory.path)
    var mutator = Mutator(seed: 21)
    var rejected = 0
    for round in 0..<subject.rounds {
      let file = subject.files[round % subject.files.count]
      try directory.write(file.name, mutator.mutated(file.bytes))
      do {
        try subject.read(directory.path)
      } catch {
        rejected += 1
        let line = "\(error)"
        #expect(line.isErrorLine, "\(line.debugDescription)")
      }
      if round % 8 == 0 { expectPlain(Inspection.of(directory.path)) }
      try directory.write(file.name, file.bytes)
    }
    #expect(rejected > subject.rounds / 8)
    #expect(rejected < subject.rounds)
    #expect(peakMemory() < 2 << 30)
  }

  @Test func everyKindIsDamaged() { #expect(Self.subjects.count == 15) }

  private func expectPlain(_ inspection: Inspection) {
    let findings = inspection.confirmed + inspection.inferred + inspection.unknown
    #expect(findings.flatMap(\.lines).allSatisfy { $0.isPrintable })
    #expect(inspection.wrong.allSatisfy { $0.isErrorLine }, "\(inspection.wrong)")
  }
}

/// Damages bytes, the same way for the same seed.
private struct Mutator {
  private var generator: FixedGenerator

  init(seed: UInt64) { generator = FixedGenerator(state: seed) }

  mutating func mutated(_ source: [UInt8]) -> [UInt8] {
    var bytes = source
    for _ in 0..<below(3) + 1 { mutate(&bytes, source) }
    return bytes
  }

  private mutating func mutate(_ bytes: inout [UInt8], _ source: [UInt8]) {
    guard !bytes.isEmpty else { return }
    let place = below(bytes.count)
    switch below(8) {
    case 0: bytes[place] ^= 1 << UInt8(below(8))
    case 1: bytes[place] = UInt8(below(256))
    case 2: bytes[place] = "0123456789-.,:[]{}()'\"eLT\n".utf8.randomElement(using: &generator) ?? 0
    case 3:
      // The edges of what sizes and offsets of 8 to 64 bits can say.
      let count = min(1 << below(4), bytes.count - place)
      let edge: UInt8 = [0, 0x7F, 0x80, 0xFF][below(4)]
      for index in place..<place + count { bytes[index] = edge }
    case 4: bytes.removeLast(below(min(bytes.count, 64)))
    case 5: bytes.removeSubrange(place..<min(bytes.count, place + below(16) + 1))
    case 6: bytes.insert(contentsOf: piece(of: source), at: place)
    default:
      let piece = piece(of: source).prefix(bytes.count - place)
      bytes.replaceSubrange(place..<place + piece.count, with: piece)
    }
  }

  private mutating func piece(of source: [UInt8]) -> ArraySlice<UInt8> {
    source[below(source.count)...].prefix(below(24) + 1)
  }

  private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
}
