import ExplorerUI
import HighwayNetworks
import Synchronization
import TensorFiles

/// Recorded gates that are open: one file, or a directory of them by epoch.
final class RecordedSession: ModelSession {
  /// Where they are.
  let path: String
  /// How many samples statistics take at the most.
  let sampleLimit: Int
  private let timeline: Mutex<RecordingTimeline>
  /// The last epoch that there was when the recordings were opened; the others describe the same.
  private let first: Recording
  private let epochs: [Int]

  /// The recording that was read last: much is asked of the same one.
  private struct ReadRecording {
    let epoch: Int
    let stamps: [FileStamp?]
    let recording: Recording
  }

  private let lastRead = Mutex<ReadRecording?>(nil)

  /// Opens what is at a path, with the last epoch that is whole.
  ///
  /// - Throws: `RecordingError` where there is none or it is wrong.
  init(_ path: String, sampleLimit: Int) throws {
    let timeline = try RecordingTimeline(path)
    guard let last = timeline.epochs.last else { throw RecordingError.noEpoch(path: path) }
    first = try timeline.recording(epoch: last)
    epochs = timeline.epochs
    self.path = path
    self.sampleLimit = sampleLimit
    self.timeline = Mutex(timeline)
  }

  var isNew: Bool { false }
  var followedPath: String? { Directory.exists(path) ? path : nil }
  func source() -> any GateSource { RecordedGates(session: self) }

  func followed() -> Followed? {
    followedPath.map { _ in .recordings(timeline.withLock { FollowedRecordings($0) }) }
  }

  /// The recording of an epoch.
  ///
  /// - Throws: `RecordingError` where it is not there, is wrong, or describes other blocks than the others.
  func recording(_ epoch: EpochID) throws -> Recording {
    let number = epoch.number
    let timeline = try known(number)
    let stamps = timeline.paths(epoch: number).map { FileStamp($0) }
    let read = lastRead.withLock { read in
      read.flatMap { $0.epoch == number && $0.stamps == stamps ? $0.recording : nil }
    }
    if let read { return read }
    let recording = try timeline.recording(epoch: number)
    guard recording.described == first.described, recording.classes == first.classes else {
      throw RecordingError.differs(path: recording.paths[0], from: first.paths[0])
    }
    lastRead.withLock {
      $0 = ReadRecording(epoch: number, stamps: stamps, recording: recording)
    }
    return recording
  }

  /// The timeline, looked at again where an epoch is new.
  private func known(_ epoch: Int) throws -> RecordingTimeline {
    let timeline = timeline.withLock(\.self)
    guard timeline.paths(epoch: epoch).isEmpty else { return timeline }
    let now = try RecordingTimeline(path)
    self.timeline.withLock { $0 = now }
    return now
  }

  func summary() -> ModelSummary {
    let timeline = timeline.withLock(\.self)
    return ModelSummary(
      recording: path, name: name, blocks: first.blocks, classCount: first.classes,
      classNames: first.classNames, dataName: first.dataName ?? "recording",
      sampleShape: first.inputShape, samples: first.samples, recordedEpochs: epochs,
      metrics: epochs.compactMap { timeline.metrics(epoch: $0) }, facts: facts,
      hasGateBiases: first.hasGateBiases)
  }

  private var name: String {
    if let name = first.modelName { return name.excerpt }
    let file = Directory.name(of: path)
    let suffix = ".safetensors"
    return file.hasSuffix(suffix) ? String(file.dropLast(suffix.count)) : file
  }

  private var facts: [ModelSummary.Fact] {
    [
      .init("blocks", "\(first.blocks.count)"),
      .init("gates", first.blocks.measuredGates.map(\.symbol).joined(separator: ", ")),
      .init("samples", NumberFormat.count(first.samples)),
      .init("files", "\(first.paths.count)"),
    ]
  }
}

/// Answers from gates that were recorded.
struct RecordedGates: GateSource {
  let session: RecordedSession

  func answer(_ question: Question, _ goesOn: (_ done: Double?) -> Bool) throws -> Answer? {
    switch question {
    case .statistics(let request):
      return try session.recording(request.epoch).statistics(
        first: session.sampleLimit, thresholds: request.thresholds, continues: { _ in goesOn(nil) }
      ).map(Answer.statistics)
    case .sample(let request): return .sample(try record(request))
    case .unit(let request):
      return try session.recording(request.epoch).histogram(
        block: request.layer, unit: request.unit, of: request.gate, first: session.sampleLimit,
        continues: { _ in goesOn(nil) }
      ).map(Answer.unit)
    case .gateBiases(let epoch): return .gateBiases(try session.recording(epoch).gateBiases)
    case .verdicts, .lesions, .walk, .runGates:
      throw Failure("a recording holds what gates did, not the network")
    }
  }

  private func record(_ request: SampleRequest) throws -> SampleRecord {
    let recording = try session.recording(request.epoch)
    guard (0..<recording.samples).contains(request.sample) else {
      throw Failure(
        "sample \(request.sample): epoch \(request.epoch.number) has \(recording.samples) samples")
    }
    let input = try recording.input(of: request.sample)
    let shape = recording.inputShape
    let isImage = shape?.positions.count == 2
    return SampleRecord(
      trace: try recording.trace(request.sample),
      label: recording.labels.flatMap { labels in
        labels[request.sample] < 0 ? nil : Int(labels[request.sample])
      },
      pixels: input.pixels, channels: isImage ? shape?.features ?? 1 : 1,
      height: isImage ? shape?.positions[0] ?? 1 : 1,
      width: isImage ? shape?.positions[1] ?? 1 : shape?.count ?? 0, text: input.text)
  }
}
