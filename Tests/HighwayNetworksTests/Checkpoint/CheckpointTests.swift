import Foundation
import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

struct CheckpointTests {
  /// Three inputs, four units, two classes.
  static let architecture = Architecture(
    input: Shape(features: 3), classes: 2,
    layers: [
      .dense(units: 4, activation: .tanh),
      .highway(units: 4, activation: .relu, gating: .full, gateBias: -1.5),
      .highway(units: 4, activation: .relu, gating: .frozen(p: 0.5), gateBias: nil),
      .highway(units: 4, activation: .relu, gating: .frozen(p: 0.5), gateBias: nil),
    ])

  /// Multiples of 1/8, which every stored type holds exactly.
  static func values(_ count: Int) -> [Float] {
    (0..<count).map { Float($0 * 7 % 33 - 16) / 8 }
  }

  static func sample() -> Checkpoint {
    var network = Network(architecture)
    network.parameters = values(network.layout.count)
    return Checkpoint(
      network, epoch: 12, classNames: ["caf\u{e9}", "a\tb"],
      normalization: Normalization(mean: [0.25], std: [0.5]), run: "{}",
      metadata: [("author", "me"), ("note", "\u{1b}[2J")])
  }

  @Test func readsWhatAnotherProgramWrote() throws {
    let checkpoint = try Checkpoint.read(fixture("python.safetensors"))
    #expect(checkpoint.network.architecture == Self.architecture)
    #expect(checkpoint.network.parameters == Self.values(checkpoint.network.layout.count))
    #expect(checkpoint.epoch == 7)
    #expect(checkpoint.classNames == ["caf\u{e9}", "a\tb"])
    #expect(checkpoint.normalization == Normalization(mean: [0.25], std: [0.5]))
    #expect(checkpoint.run == "{}")
    #expect(checkpoint.metadata.map(\.key) == ["author"])
    #expect(checkpoint.metadata.map(\.value) == ["someone else"])
    #expect(checkpoint.extraTensors == ["notes"])
  }

  @Test func readsBackWhatItWrites() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/x.safetensors"
    var checkpoint = Self.sample()
    checkpoint.network.parameters[0] = .nan
    checkpoint.network.parameters[1] = -.infinity
    checkpoint.network.parameters[2] = -0.0
    try checkpoint.write(to: path)
    let read = try Checkpoint.read(path)
    #expect(
      read.network.parameters.map(\.bitPattern) == checkpoint.network.parameters.map(\.bitPattern))
    #expect(read.network.architecture == checkpoint.network.architecture)
    #expect(read.epoch == 12)
    #expect(read.classNames == checkpoint.classNames)
    #expect(read.normalization == checkpoint.normalization)
    #expect(read.run == "{}")
    #expect(read.metadata.map(\.key) == ["author", "note"])
    #expect(read.metadata.map(\.value) == ["me", "\u{1b}[2J"])
    #expect(read.extraTensors == [])
    #expect(try directory.names() == ["x.safetensors"])
  }

  @Test func saysThatItIsPyTorchs() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/x.safetensors"
    try Self.sample().write(to: path)
    let file = try SafetensorsFile(path)
    #expect(file.metadata("format") == "pt")
    #expect(file["layers.0.weight"]?.shape == [4, 3])
    #expect(file["layers.1.carry.weight"]?.shape == [4, 4])
    #expect(file["layers.2.gate.weight"] == nil)
    #expect(file["output.weight"]?.shape == [2, 4])
  }

  @Test func keepsNoSecondCopyOfAKeyItWritesItself() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/x.safetensors"
    var checkpoint = Self.sample()
    checkpoint.metadata = [("epoch", "99"), ("a", "1"), ("a", "2"), ("architecture", "{}")]
    try checkpoint.write(to: path)
    let read = try Checkpoint.read(path)
    #expect(read.epoch == 12)
    #expect(read.metadata.map(\.value) == ["1"])
  }

  // MARK: - Files of strangers

  /// A file with some of the sample's tensors and metadata changed.
  private func write(
    in directory: TemporaryDirectory,
    tensors change: (inout [SafetensorsContents.Tensor]) -> Void = { _ in },
    metadata: [(key: String, value: String)]? = nil
  ) throws -> String {
    let network = Self.sample().network
    var tensors = network.layout.contents(network.parameters)
    change(&tensors)
    return try directory.write(
      "x.safetensors",
      SafetensorsContents(
        tensors: tensors,
        metadata: metadata ?? [("architecture", network.architecture.json)]
      ).encoded)
  }

  @Test func namesAllTensorsThatAreMissing() throws {
    let directory = try TemporaryDirectory()
    let path = try write(
      in: directory,
      tensors: { $0.removeAll { $0.name.hasPrefix("layers.1.gate") || $0.name == "output.bias" } })
    #expect(
      throws: CheckpointError.missingTensors(
        path: path, names: ["layers.1.gate.weight", "layers.1.gate.bias", "output.bias"])
    ) { try Checkpoint.read(path) }
    let bare = try write(in: directory, tensors: { $0.removeAll() })
    let error = #expect(throws: CheckpointError.self) { try Checkpoint.read(bare) }
    #expect(
      error
        == .missingTensors(path: bare, names: Self.sample().network.layout.tensors.map(\.name)))
  }

  @Test func namesMissingTensorsOfManyLayersOnOneLine() {
    let layers = [1, 2, 3, 7, 9, 10]
    let names =
      layers.flatMap { ["layers.\($0).gate.weight", "layers.\($0).gate.bias"] } + ["output.bias"]
    let error = CheckpointError.missingTensors(path: "x", names: names)
    #expect(
      error.description == "x: 13 tensors are missing that the architecture needs: "
        + "layers.1-3,7,9-10.gate.weight, layers.1-3,7,9-10.gate.bias, output.bias")
  }

  @Test func refusesATensorOfAnotherShapeOrType() throws {
    let directory = try TemporaryDirectory()
    func replace(_ tensor: SafetensorsContents.Tensor) throws -> String {
      try write(
        in: directory,
        tensors: { tensors in
          tensors.removeAll { $0.name == tensor.name }
          tensors.append(tensor)
        })
    }
    let zeros = [UInt8](repeating: 0, count: 48)
    // The transposed weight has as many values.
    let transposed = try replace(.init("layers.0.weight", .f32, [3, 4], zeros))
    #expect(
      throws: CheckpointError.wrongShape(
        path: transposed, tensor: "layers.0.weight", expected: [4, 3], found: [3, 4])
    ) { try Checkpoint.read(transposed) }
    let type = try #require(ElementType(safetensors: "I32"))
    let integers = try replace(.init("layers.0.weight", type, [4, 3], zeros))
    #expect(
      throws: CheckpointError.wrongType(
        path: integers, tensor: "layers.0.weight", expected: "F32, F16, BF16 or F64", found: "I32")
    ) { try Checkpoint.read(integers) }
  }

  @Test(arguments: [
    ("classes", "[\"a\"]"), ("classes", "[\"a\",\"b\",\"c\"]"), ("classes", "[1,2]"),
    ("classes", "a,b"), ("classes", "[\"a\",\"b\""), ("epoch", "-1"), ("epoch", "1.5"),
    ("epoch", "seven"), ("epoch", ""), ("epoch", "99999999999999999999"), ("epoch", "\"7\""),
    ("normalization", "{}"), ("normalization", "0.5"), ("normalization", "{\"mean\":0}"),
    ("normalization", "{\"mean\":0,\"std\":0}"), ("normalization", "{\"mean\":[],\"std\":[]}"),
    ("normalization", "{\"mean\":[0,0],\"std\":[1]}"),
    ("normalization", "{\"mean\":0,\"std\":1e-60}"),
    ("normalization", "{\"mean\":NaN,\"std\":1}"), ("normalization", "{\"mean\":1e99,\"std\":1}"),
    ("normalization", "{\"mean\":[0,0],\"std\":[1,1]}"), ("architecture", "{}"),
    ("architecture", ""),
    ("architecture", "[["),
  ])
  func namesTheMetadataThatIsWrong(key: String, value: String) throws {
    let directory = try TemporaryDirectory()
    var metadata = [(key: "architecture", value: Self.architecture.json)]
    metadata.removeAll { $0.key == key }
    metadata.append((key, value))
    let path = try write(in: directory, metadata: metadata)
    let error = #expect(throws: CheckpointError.self) { try Checkpoint.read(path) }
    guard case .metadata(path, key, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func asksForAnArchitecture() throws {
    let directory = try TemporaryDirectory()
    let path = try write(in: directory, metadata: [("format", "pt")])
    let count = Self.sample().network.layout.tensors.count
    #expect(throws: CheckpointError.convention(path: path, .noStack(tensors: count))) {
      try Checkpoint.read(path)
    }
  }

  @Test func takesNoMemoryForAnArchitectureThatTheFileDoesNotHold() throws {
    let directory = try TemporaryDirectory()
    let large =
      #"{"input":[2000000],"classes":2,"layers":[{"kind":"dense","units":1000,"activation":"tanh"}]}"#
    let path = try write(in: directory, metadata: [("architecture", large)])
    let error = #expect(throws: CheckpointError.self) { try Checkpoint.read(path) }
    guard case .wrongShape(_, "layers.0.weight", [1000, 2_000_000], [4, 3])? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func refusesEveryTruncation() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/x.safetensors"
    try Self.sample().write(to: path)
    let bytes = try directory.bytes("x.safetensors")
    let dataStart = 8 + Int(LittleEndian.words(Array(bytes[..<8]), UInt64.self)[0])
    for count in 0..<bytes.count where count < 16 || count.isMultiple(of: 3) {
      let cut = try directory.write("cut.safetensors", Array(bytes[..<count]))
      let error: SafetensorsError =
        count < 8
        ? .tooShort(found: count)
        : count < dataStart
          ? .headerBeyondFile(expected: dataStart, found: count)
          : .dataCount(expected: bytes.count - dataStart, found: count - dataStart)
      #expect(throws: CheckpointError.content(.format(path: cut, error)), "\(count) bytes") {
        try Checkpoint.read(cut)
      }
    }
  }

  @Test func survivesMutation() throws {
    let directory = try TemporaryDirectory()
    try Self.sample().write(to: directory.path + "/x.safetensors")
    let source = try directory.bytes("x.safetensors")
    let headerEnd = 8 + Int(LittleEndian.words(Array(source[..<8]), UInt64.self)[0])
    var generator = FixedGenerator(state: 2)
    var rejected = 0
    for _ in 0..<600 {
      var bytes = source
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<min(headerEnd, bytes.count), using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[place] = "0123456789-.,:[]{}\"e".utf8.randomElement(using: &generator) ?? 0
        case 2: bytes.remove(at: place)
        default: bytes.insert(UInt8(ascii: "9"), at: place)
        }
      }
      // Half of the time the length still fits, so that the mutation reaches the parser.
      if Bool.random(using: &generator) {
        let length = UInt64(max(0, headerEnd - 8 + bytes.count - source.count))
        bytes.replaceSubrange(0..<8, with: LittleEndian.bytes([length]))
      }
      let path = try directory.write("m.safetensors", bytes)
      do {
        let checkpoint = try Checkpoint.read(path)
        #expect(checkpoint.network.parameters.count == checkpoint.network.layout.count)
      } catch {
        rejected += 1
        #expect(!error.description.utf8.contains { $0 < 0x20 }, "no control characters")
      }
    }
    #expect(rejected > 300)
  }
}
