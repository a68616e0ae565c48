import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// What is checked of a recording's file, and which files form a timeline.
@Suite struct RecordingFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory(inMemory: true) }

  private static let block = #""name":"a","units":2"#
  private static let gate = #"{"name":"T","role":"transform"}"#

  private static func recording(_ block: String, signals: String = gate) -> String {
    #"{"blocks":[{\#(block),"signals":[\#(signals)]}]}"#
  }

  private static func tensor(
    _ name: String, _ shape: [Int], type: ElementType = .f32
  ) -> SafetensorsContents.Tensor {
    SafetensorsContents.Tensor(
      name, type, shape, [UInt8](repeating: 0, count: shape.reduce(type.bits / 8, *)))
  }

  private func line(
    _ recording: String, _ tensors: [SafetensorsContents.Tensor] = [tensor("block.0.T", [3, 2])],
    metadata: [(key: String, value: String)] = []
  ) throws -> String {
    let path = try directory.write(
      "r.safetensors",
      SafetensorsContents(tensors: tensors, metadata: [("recording", recording)] + metadata).encoded
    )
    do {
      _ = try Recording([path])
      return ""
    } catch {
      let line = "\(error)"
      #expect(line.isErrorLine && line.hasPrefix(path))
      return String(line.dropFirst(path.count + 2))
    }
  }

  /// A description and the member that is wrong in it.
  struct Case: CustomTestStringConvertible, Sendable {
    let recording: String
    let expected: String
    var testDescription: String { expected }
  }

  static let descriptions: [Case] = [
    Case(recording: "[", expected: "not JSON"),
    Case(recording: "{}", expected: "blocks is missing"),
    Case(recording: #"{"blocks":[]}"#, expected: "blocks: expected 1 to 10000 blocks"),
    Case(recording: #"{"version":2,"blocks":[]}"#, expected: "version: expected a whole number"),
    Case(recording: #"{"code":"x","blocks":[]}"#, expected: "code is not known"),
    Case(recording: recording(#""name":"a","units":0"#), expected: "units: expected a whole"),
    Case(
      recording: recording(#""name":"a","units":16000000"#),
      expected: "units: expected at most 1048576 units of all gates"),
    Case(
      recording: recording(#"\#(block),"positions":[16000000,16000000]"#),
      expected: "positions: expected at most 4 extents and 16777216 positions"),
    Case(
      recording: recording(#""name":"a","units":1000000,"positions":[16000000]"#),
      expected: "units: expected at most 68719476736 values of a sample"),
    Case(recording: recording(#"\#(block),"gating":"soft""#), expected: "gating: expected one of"),
    Case(recording: recording(block, signals: ""), expected: "signals: expected at least one gate"),
    Case(
      recording: recording(
        #"\#(block),"gating":"coupled""#, signals: #"{"name":"y","role":"state"}"#),
      expected: "signals: expected at least one gate, or a gating that learns none"),
    Case(
      recording: recording(block, signals: gate + "," + gate),
      expected: "signals: expected at most 16 signals, each name once"),
    Case(
      recording: recording(block, signals: #"{"name":"T","role":"door"}"#),
      expected: "role: expected transform, carry, output, depth or state, found \"door\""),
    Case(
      recording: recording(block, signals: #"{"name":"T.bias","role":"transform"}"#),
      expected: "name: expected 1 to 24 characters without blanks and points"),
    Case(
      recording: recording(block, signals: #"{"name":"\u001b[2J","role":"transform"}"#),
      expected: "name: expected 1 to 24 characters"),
    Case(
      recording: recording(block, signals: #"{"name":"T","role":"transform","range":[1,0]}"#),
      expected: "range: expected two numbers, the lower one first"),
    Case(
      recording: recording(
        block, signals: #"{"name":"T","role":"transform","range":[-3e38,3e38]}"#),
      expected: "range: expected two numbers, the lower one first"),
  ]

  @Test(arguments: descriptions)
  func aWrongDescriptionIsNamed(_ wrong: Case) throws {
    let line = try line(wrong.recording)
    #expect(line.hasPrefix("metadata \"recording\": ") && line.contains(wrong.expected), "\(line)")
  }

  @Test func tensorsAreWhatTheDescriptionSays() throws {
    let right = Self.recording(Self.block)
    #expect(try line(right) == "")
    #expect(
      try line(right, []) == #"tensor "block.0.T" is missing, which metadata "recording" describes"#
    )
    #expect(
      try line(right, [Self.tensor("block.0.T", [3, 3])])
        == #"tensor "block.0.T": expected shape [samples, 2], found [3, 3]"#)
    #expect(
      try line(right, [Self.tensor("block.0.T", [0, 2])])
        == #"tensor "block.0.T": expected shape [samples, 2], found [0, 2]"#)
    #expect(
      try line(right, [Self.tensor("block.0.T", [3, 2], type: .i64)])
        == #"tensor "block.0.T": expected floating-point numbers, found I64"#)
    let two = Self.recording(Self.block, signals: Self.gate + #",{"name":"y","role":"state"}"#)
    #expect(
      try line(two, [Self.tensor("block.0.T", [3, 2]), Self.tensor("block.0.y", [4, 2])])
        == #"tensor "block.0.y": expected shape [3, 2], found [4, 2]"#)
    let gates = Self.tensor("block.0.T", [3, 2])
    #expect(
      try line(right, [gates, Self.tensor("labels", [2], type: .i64)])
        == #"tensor "labels": expected shape [3], found [2]"#)
    #expect(
      try line(right, [gates, Self.tensor("labels", [3])])
        == #"tensor "labels": expected whole numbers, found F32"#)
    #expect(
      try line(right, [gates, Self.tensor("inputs", [2, 9], type: .u8)])
        == #"tensor "inputs": expected shape [3, ...] of numbers, found [2, 9]"#)
    #expect(
      try line(right, [gates, Self.tensor("block.0.T.bias", [3])])
        == #"tensor "block.0.T.bias": expected shape [2] of floating-point numbers, found [3]"#)
  }

  @Test func labelsAndLengthsLieInTheirRanges() throws {
    let gates = Self.tensor("block.0.T", [2, 3, 2])
    let right = Self.recording(#"\#(Self.block),"positions":[3]"#)
    func numbers(_ name: String, _ values: [Int64]) -> SafetensorsContents.Tensor {
      SafetensorsContents.Tensor(
        name, .i64, [values.count], LittleEndian.bytes(values.map { UInt64(bitPattern: $0) }))
    }
    #expect(
      try line(right, [gates, numbers("labels", [-1, 9_999]), numbers("lengths", [0, 3])]) == "")
    #expect(
      try line(right, [gates, numbers("labels", [0, 10_000])])
        == #"tensor "labels", sample 1: expected a whole number from -1 to 9999, found 10000"#)
    #expect(
      try line(right, [gates, numbers("labels", [.min, 0])]).contains("sample 0: expected a whole"))
    #expect(
      try line(right, [gates, numbers("lengths", [3, 4])])
        == #"tensor "lengths", sample 1: expected a whole number from 0 to 3, found 4"#)
    #expect(
      try line(right, [gates], metadata: [("classes", "7")])
        == "metadata \"classes\": the value: expected a list, found 7")
    #expect(try line(right, [gates], metadata: [("epoch", "-1")]).hasPrefix("metadata \"epoch\""))
    #expect(
      try line(right, [gates], metadata: [("metrics", #"{"testLoss":"low"}"#)])
        == "metadata \"metrics\": testLoss: expected a finite number, found \"low\"")
  }

  // MARK: - Timelines

  private func write(_ name: String, units: Int = 2) throws {
    let recording = Self.recording(#""name":"a","units":\#(units)"#)
    try directory.write(
      name,
      SafetensorsContents(
        tensors: [Self.tensor("block.0.T", [3, units])],
        metadata: [("recording", recording), ("metrics", #"{"testLoss":0.5}"#)]
      ).encoded)
  }

  @Test func aDirectoryIsATimelineOfWholeEpochs() throws {
    try write("recording-0000.safetensors")
    try write("recording-12.safetensors")
    try write("recording-0003.rank-0-of-2.safetensors")
    for name in [
      "recording-.safetensors", "recording-x.safetensors", "recording-0004.safetensors.tmp",
      ".tollgate-1-a.tmp", "recording-0005.rank-2-of-2.safetensors",
    ] { try directory.write(name, "half of it") }
    let timeline = try RecordingTimeline(directory.path)
    #expect(timeline.epochs == [0, 12] && timeline.incomplete == [3])
    #expect(
      timeline.metrics(epoch: 12)?.testLoss == 0.5 && timeline.metrics(epoch: 12)?.epoch == 12)
    #expect(RecordingTimeline.isOne(directory.path))
    #expect(RecordingTimeline.isOne(directory.at("recording-0000.safetensors")))
    #expect(!RecordingTimeline.isOne(directory.at("recording-x.safetensors")))
    #expect(
      throws: RecordingError.noSuchEpoch(path: directory.path, epoch: 3, recorded: 2)
    ) { try timeline.recording(epoch: 3) }
    try directory.write("run.json", "{}")
    #expect(!RecordingTimeline.isOne(directory.path))
  }

  @Test func filesOfOneEpochDescribeTheSame() throws {
    try write("recording-0000.rank-0-of-2.safetensors")
    try write("recording-0000.rank-1-of-2.safetensors", units: 3)
    let timeline = try RecordingTimeline(directory.path)
    #expect(
      throws: RecordingError.differs(
        path: directory.at("recording-0000.rank-1-of-2.safetensors"),
        from: directory.at("recording-0000.rank-0-of-2.safetensors"))
    ) { try timeline.recording(epoch: 0) }
  }

  @Test func newEpochsAreFollowed() throws {
    try write("recording-0000.safetensors")
    var followed = FollowedRecordings(try RecordingTimeline(directory.path))
    #expect(try followed.refresh().isEmpty)
    try directory.write("recording-0001.safetensors.part", "half of it")
    try write("recording-0002.rank-0-of-2.safetensors")
    #expect(try followed.refresh().isEmpty)
    try write("recording-0001.safetensors")
    try write("recording-0002.rank-1-of-2.safetensors")
    let changes = try followed.refresh()
    #expect(
      changes.recorded.map(\.epoch) == [1, 2] && changes.recorded[0].metrics?.testLoss == 0.5)
    try directory.delete("recording-0001.safetensors")
    #expect(try followed.refresh().gone == [1])
    try write("recording-0000.safetensors", units: 3)
    #expect(try followed.refresh().isAnother)
  }
}
