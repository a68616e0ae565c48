import Foundation
import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

struct RunDirectoryTests {
  private static let description = RunDescription(
    architecture: CheckpointTests.architecture,
    data: DataDescription(
      name: "MNIST", files: [FileFingerprint(name: "train.gz", sha256: "00ff")],
      normalization: Normalization(mean: [0.1307], std: [0.3081]), classNames: ["a", "b"],
      trainingExamples: 60000, testExamples: 10000),
    hyperparameters: Hyperparameters(
      batchSize: 64, learningRate: 0.03, schedule: .steps(after: [10, 20], factor: 0.1),
      momentum: 0.9, nesterov: true, weightDecay: 1e-4, seed: .max),
    version: "1.0", command: "tollgate train --out \"x y\"")

  private static func metrics(_ epoch: Int) -> EpochMetrics {
    EpochMetrics(
      epoch: epoch, step: epoch * 600, learningRate: 0.1, trainLoss: 1 / Double(epoch + 3),
      trainAccuracy: 0.5, testLoss: 2, testAccuracy: 0.25, seconds: 1.5)
  }

  private func checkpoint(_ value: Float) -> Checkpoint {
    var checkpoint = CheckpointTests.sample()
    checkpoint.network.parameters[0] = value
    return checkpoint
  }

  @Test func readsBackWhatItWrites() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/models/run"
    var run = try RunDirectory.create(path, Self.description)
    try run.record(checkpoint(0), epoch: 0)
    try run.record(checkpoint(5), epoch: 5)
    try run.record(checkpoint(12345), epoch: 12345)
    try run.record(checkpoint(6), epoch: 5)
    try run.writeMetrics([Self.metrics(0), Self.metrics(1)])
    try run.writeMetrics([Self.metrics(0), Self.metrics(1), Self.metrics(2)])

    let read = try RunDirectory.open(path)
    #expect(read.description == Self.description)
    #expect(read.description.seed == .max)
    #expect(read.metrics == (0...2).map(Self.metrics))
    #expect(read.metrics == run.metrics)
    #expect(read.epochs == [0, 5, 12345])
    #expect(run.epochs == [0, 5, 12345])
    #expect(try read.checkpoint(epoch: 5).network.parameters[0] == 6)
    #expect(try read.checkpoint(epoch: 5).epoch == 5)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [
        "epoch-0000.safetensors", "epoch-0005.safetensors", "epoch-12345.safetensors",
        "metrics.jsonl", "run.json", "run.lock",
      ])
    let error = #expect(throws: RunError.self) { try RunDirectory.openForWriting(path) }
    guard case .locked(path, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    withExtendedLifetime(run) {}
  }

  @Test func createsARunOverWhatAKilledCreationLeft() throws {
    let directory = try TemporaryDirectory()
    try directory.write("run.lock", "")
    try directory.write(".tollgate-1-x.tmp", "{")
    do { _ = try RunDirectory.create(directory.path, Self.description) }
    #expect(try directory.names() == ["run.json"])
  }

  @Test func aRunThatIsDiscardedLeavesNothing() throws {
    let directory = try TemporaryDirectory()
    var run = try RunDirectory.create(directory.path + "/run", Self.description)
    try run.record(checkpoint(0), epoch: 0)
    try run.writeMetrics([Self.metrics(0)])
    run.discard()
    #expect(try directory.names() == [])
    var other = try RunDirectory.create(directory.path + "/run", Self.description)
    try other.record(checkpoint(0), epoch: 0)
    try directory.write("run/notes", "mine")
    other.discard()
    #expect(try FileManager.default.contentsOfDirectory(atPath: other.path) == ["notes"])
  }

  @Test func refusesAnEpochBeyondTheLast() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/run"
    var run = try RunDirectory.create(path, Self.description)
    let last = EpochMetrics.maximumEpoch
    try run.record(checkpoint(0), epoch: last)
    #expect(throws: RunError.epochTooLarge(path: path, limit: last, found: last + 1)) {
      try run.record(checkpoint(0), epoch: last + 1)
    }
    #expect(try RunDirectory.open(path).epochs == [last])
  }

  @Test func keepsTheStateOfTraining() throws {
    let directory = try TemporaryDirectory()
    let run = try RunDirectory.create(directory.path + "/run", Self.description)
    #expect(try run.state() == nil)
    let count = ParameterLayout(Self.description.architecture).count
    let state = TrainingState(
      epoch: 3, step: 1800, parameters: CheckpointTests.values(count),
      moments: CheckpointTests.values(count).reversed(), random: [1, .max, 1 << 63, 42])
    try run.write(state)
    #expect(try run.state() == state)
    #expect(try RunDirectory.open(run.path).state() == state)
    #expect(try RunDirectory.open(run.path).epochs == [])
  }

  @Test func refusesAStateThatIsNotWhole() throws {
    let directory = try TemporaryDirectory()
    let run = try RunDirectory.create(directory.path + "/run", Self.description)
    let layout = ParameterLayout(Self.description.architecture)
    let values = [Float](repeating: 1, count: layout.count)
    let whole =
      layout.contents(values, prefix: "parameters.") + layout.contents(values, prefix: "moments.")
    let random = SafetensorsContents.Tensor("random", .u64, [4], [UInt8](repeating: 1, count: 32))
    let short = SafetensorsContents.Tensor("random", .u64, [3], [UInt8](repeating: 1, count: 24))
    let signed = SafetensorsContents.Tensor("random", .i64, [4], [UInt8](repeating: 1, count: 32))
    let zero = SafetensorsContents.Tensor("random", .u64, [4], [UInt8](repeating: 0, count: 32))
    let position = [(key: "epoch", value: "1"), (key: "step", value: "2")]
    let path = run.path + "/state.safetensors"
    let negative = DescriptionError.invalid(
      path: "", expected: "a whole number from 0 to \(1 << 53)", found: "-2")
    typealias Case = (
      tensors: [SafetensorsContents.Tensor], metadata: [(key: String, value: String)],
      error: CheckpointError
    )
    let cases: [Case] = [
      (whole, position, .missingTensors(path: path, names: ["random"])),
      (whole + [zero], position, .randomStateIsZero(path: path)),
      (
        whole + [short], position,
        .wrongShape(path: path, tensor: "random", expected: [4], found: [3])
      ),
      (
        whole + [signed], position,
        .wrongType(path: path, tensor: "random", expected: "U64", found: "I64")
      ),
      (
        Array(whole.dropLast()) + [random], position,
        .missingTensors(path: path, names: [whole[whole.count - 1].name])
      ),
      (
        Array(whole.dropFirst()) + [random], position,
        .missingTensors(path: path, names: [whole[0].name])
      ),
      (
        whole + [random], [position[0]],
        .metadata(path: path, key: "step", .missing(path: "step"))
      ),
      (
        whole + [random], [position[0], ("step", "-2")],
        .metadata(path: path, key: "step", negative)
      ),
    ]
    for (tensors, metadata, error) in cases {
      let bytes = SafetensorsContents(tensors: tensors, metadata: metadata).encoded
      try directory.write("run/state.safetensors", bytes)
      #expect(throws: RunError.checkpoint(error)) { try run.state() }
    }
    let good = SafetensorsContents(tensors: whole + [random], metadata: position).encoded
    try directory.write("run/state.safetensors", good)
    #expect(try run.state()?.step == 2)
  }

  @Test func doesNotCreateARunOverFiles() throws {
    let directory = try TemporaryDirectory()
    try directory.write("something", "x")
    #expect(throws: RunError.notEmpty(path: directory.path)) {
      try RunDirectory.create(directory.path, Self.description)
    }
    let file = directory.path + "/something"
    #expect(throws: RunError.file(.notADirectory(path: file))) {
      try RunDirectory.create(file, Self.description)
    }
    #expect(try directory.names() == ["something"])
  }

  @Test func saysWhichFileIsMissing() throws {
    let directory = try TemporaryDirectory()
    let error = RunError.notARun(path: directory.path, missing: "run.json")
    #expect(throws: error) { try RunDirectory.open(directory.path) }
    #expect(throws: error) { try ModelSource(directory.path) }
    #expect(error.description.contains("run.json is missing"))
    #expect(throws: RunError.file(.notFound(path: "/nowhere/at/all"))) {
      try RunDirectory.open("/nowhere/at/all")
    }
  }

  @Test func listsEpochsByNumberAndPassesOverOtherNames() throws {
    let directory = try TemporaryDirectory()
    try directory.write("run.json", Self.description.indentedJSON)
    for name in [
      "epoch-0010.safetensors", "epoch-0002.safetensors", "epoch-123456.safetensors",
      "epoch-99999999999999999999.safetensors", "epoch-9223372036854775807.safetensors",
      "epoch-.safetensors", "epoch--001.safetensors",
      "epoch-0x10.safetensors", "epoch-0003.safetensors.tmp", "epoch-\u{0661}.safetensors",
      "epoch-2.safetensors", "epoch-00002.safetensors", "notes.txt", ".tollgate-1-x.tmp",
    ] { try directory.write(name, "") }
    let run = try RunDirectory.open(directory.path)
    #expect(run.epochs == [2, 10, 123_456])
    #expect(run.checkpointPath(epoch: 2) == directory.path + "/epoch-0002.safetensors")
    #expect(throws: RunError.noSuchEpoch(path: directory.path, epoch: 3, recorded: 3)) {
      try run.checkpoint(epoch: 3)
    }
  }

  @Test func refusesACheckpointOfAnotherNetwork() throws {
    let directory = try TemporaryDirectory()
    let run = try RunDirectory.create(directory.path + "/run", Self.description)
    let other = Architecture(input: Shape(features: 3), classes: 2, layers: [])
    let file = directory.path + "/run/epoch-0001.safetensors"
    try Checkpoint(Network(other)).write(to: file)
    #expect(run.epochs == [])
    #expect(
      throws: RunError.architectureDiffers(
        path: file, expected: Self.description.architecture.json, found: other.json)
    ) { try RunDirectory.open(run.path).checkpoint(epoch: 1) }
  }

  // MARK: - run.json and metrics.jsonl of other programs

  @Test func needsOnlyTheArchitecture() throws {
    let architecture = Self.description.architecture.json
    let description = try RunDescription(
      json: #"{"architecture":\#(architecture),"framework":{"name":"other"},"data":{"name":"x"}}"#)
    #expect(description.architecture == Self.description.architecture)
    #expect(description.hyperparameters == nil)
    #expect(description.seed == nil)
    #expect(description.data?.files == [])
    #expect(description.data?.normalization == Normalization())
  }

  @Test(arguments: [
    ("{}", "architecture"), ("[]", "the value"), ("", "not JSON"),
    (#"{"architecture":{}}"#, "architecture.input"),
    (#"{"architecture":A,"data":{}}"#, "data.name"),
    (#"{"architecture":A,"data":{"name":"x","files":[{}]}}"#, "data.files[0].name"),
    (#"{"architecture":A,"data":{"name":"x","testExamples":-1}}"#, "data.testExamples"),
    (
      #"{"architecture":A,"data":{"name":"x","normalization":{"mean":0,"std":0}}}"#,
      "normalization.std"
    ),
    (#"{"architecture":A,"hyperparameters":{}}"#, "seed"),
    (#"{"architecture":A,"seed":-1,"hyperparameters":{}}"#, "seed"),
    (
      #"{"architecture":A,"seed":1,"hyperparameters":{"learningRate":0.1,"momentum":1,"weightDecay":0,"batchSize":1,"schedule":{"kind":"constant"},"nesterov":false}}"#,
      "hyperparameters.momentum"
    ),
    (
      #"{"architecture":A,"seed":1,"hyperparameters":{"learningRate":0.1,"momentum":0,"weightDecay":0,"batchSize":0,"schedule":{"kind":"constant"},"nesterov":false}}"#,
      "hyperparameters.batchSize"
    ),
    (
      #"{"architecture":A,"seed":1,"hyperparameters":{"learningRate":0.1,"momentum":0,"weightDecay":0,"batchSize":1,"schedule":{"kind":"cosine"},"nesterov":false}}"#,
      "hyperparameters.schedule.kind"
    ),
    (#"{"architecture":A,"version":2}"#, "version"),
  ])
  func namesWhatIsWrongInRunJSON(template: String, place: String) throws {
    let directory = try TemporaryDirectory()
    let json = template.replacing("A,", with: Self.description.architecture.json + ",")
    try directory.write("run.json", json)
    let error = #expect(throws: RunError.self) { try RunDirectory.open(directory.path) }
    guard case .description? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains(place) == true, "\(String(describing: error?.description))")
  }

  @Test(arguments: [
    LearningRateSchedule.constant, .exponential(factor: 0.95), .steps(after: [], factor: 0.5),
  ])
  func readsBackEverySchedule(schedule: LearningRateSchedule) throws {
    var description = Self.description
    description.hyperparameters?.schedule = schedule
    #expect(try RunDescription(json: description.json) == description)
    #expect(try RunDescription(json: description.indentedJSON) == description)
  }

  private func openWithMetrics(_ text: String) throws -> RunDirectory {
    let directory = try TemporaryDirectory()
    try directory.write("run.json", Self.description.json)
    try directory.write("metrics.jsonl", text)
    return try RunDirectory.open(directory.path)
  }

  @Test func toleratesALastLineThatIsCutOff() throws {
    let lines = (0...1).map { Self.metrics($0).json + "\n" }.joined()
    let third = Self.metrics(2).json
    for count in 0..<third.utf8.count {
      #expect(try openWithMetrics(lines + third.prefix(count)).metrics.count == 2)
    }
    #expect(try openWithMetrics(lines + third).metrics.count == 3)
    #expect(try openWithMetrics("").metrics == [])
    #expect(try openWithMetrics(lines + "\n \r\n").metrics.count == 2)
  }

  @Test(arguments: ["x", "{}", "[]", "{\"epoch\":1}", "NaN", "{\"epoch\":1", "\u{0}"])
  func namesTheLineThatIsWrong(garbage: String) throws {
    let text = Self.metrics(0).json + "\n" + garbage + "\n" + Self.metrics(1).json + "\n"
    let error = #expect(throws: RunError.self) { try openWithMetrics(text) }
    guard case .metrics(_, line: 2, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func ordersEpochsAndTakesTheLaterOfTwoLines() throws {
    var again = Self.metrics(1)
    again.testLoss = 99
    let lines = [Self.metrics(1), Self.metrics(0), again].map { $0.json + "\n" }.joined()
    #expect(try openWithMetrics(lines).metrics == [Self.metrics(0), again])
  }

  @Test func keepsWhatIsNotFiniteAsNull() throws {
    var metrics = Self.metrics(4)
    metrics.trainLoss = .infinity
    metrics.testLoss = .nan
    #expect(metrics.json.contains(#""trainLoss":null"#))
    let read = try EpochMetrics(json: metrics.json)
    #expect(read.trainLoss.isNaN)
    #expect(read.testLoss.isNaN)
    #expect(read.seconds == 1.5)
  }

  @Test func writesTheDocumentedKeys() throws {
    #expect(
      Self.metrics(1).json
        == #"{"epoch":1,"step":600,"learningRate":0.1,"trainLoss":0.25,"trainAccuracy":0.5,"#
        + #""testLoss":2,"testAccuracy":0.25,"seconds":1.5}"#)
  }

  @Test func refusesNumbersThatArithmeticCouldNotHold() {
    for (key, limit) in [("epoch", EpochMetrics.maximumEpoch), ("step", 1 << 53)] {
      let line = Self.metrics(1).json.replacing(
        "\"\(key)\":\(key == "epoch" ? 1 : 600)", with: "\"\(key)\":\(Int.max)")
      #expect(
        throws: DescriptionError.invalid(
          path: key, expected: "a whole number from 0 to \(limit)", found: "\(Int.max)")
      ) { try EpochMetrics(json: line) }
    }
  }

  @Test func survivesMutationOfItsTexts() throws {
    let directory = try TemporaryDirectory()
    let description = Array(Self.description.json.utf8)
    let metrics = (0...2).map { Self.metrics($0).json + "\n" }.joined()
    var generator = FixedGenerator(state: 4)
    func mutated(_ source: [UInt8]) -> [UInt8] {
      var bytes = source
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = "0123456789-.,:[]{}\"e".utf8.randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8(ascii: "9"), at: place)
        }
      }
      return bytes
    }
    var opened = 0
    for index in 0..<400 {
      let isEven = index.isMultiple(of: 2)
      try directory.write("run.json", isEven ? mutated(description) : description)
      try directory.write(
        "metrics.jsonl", isEven ? Array(metrics.utf8) : mutated(Array(metrics.utf8)))
      do {
        let run = try RunDirectory.open(directory.path)
        #expect(try RunDescription(json: run.description.json) == run.description)
        opened += 1
      } catch let error as RunError {
        #expect(!error.description.isEmpty)
      }
    }
    #expect(0 < opened && opened < 400)
  }

  // MARK: - A path that a person gives

  @Test func opensARunOrOneCheckpoint() throws {
    let directory = try TemporaryDirectory()
    var run = try RunDirectory.create(directory.path + "/run", Self.description)
    try run.record(checkpoint(1), epoch: 0)
    let opened = try ModelSource(run.path + "/")
    #expect(opened.run != nil && opened.epochs == [0] && opened.description == Self.description)
    let file = try #require(run.checkpointPath(epoch: 0))
    let single = try ModelSource(file)
    #expect(single.run == nil && single.epochs == [0] && single.checkpointPath(epoch: 0) == file)
    #expect(throws: RunError.checkpoint(.file(.notFound(path: "/nowhere")))) {
      try ModelSource("/nowhere")
    }
  }
}
