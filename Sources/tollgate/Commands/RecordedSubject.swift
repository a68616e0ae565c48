import HighwayNetworks
import TensorFiles

/// A recording that is analyzed.
struct RecordedSubject: AnalysisSubject {
  let recording: Recording
  /// How many samples are taken.
  let samples: Int

  var path: String { recording.paths[0] }
  var epoch: Int?
  var heldDocument: JSON { .array([]) }

  var heading: String {
    let count =
      samples == 1 ? "1 recorded sample" : "\(NumberFormat.count(samples)) recorded samples"
    return count + (recording.dataName.map { " of \($0.excerpt)" } ?? "") + ": "
      + path.printablePath + (epoch.map { ", epoch \($0)" } ?? "") + "\n"
  }

  func dataDocument(samplesByClass: [Int]) -> JSON {
    .members([
      ("name", recording.dataName.map { .string($0) } ?? .null), ("split", .null),
      ("samples", .integer(samples)),
      ("samplesByClass", .array(samplesByClass.map { .integer($0) })),
      ("classes", .strings(recording.classNames)),
    ])
  }
}

extension SubjectOptions {
  /// Analyzes a recording, of which nothing can be held and which has samples of its own.
  func recorded(_ thresholds: Thresholds) throws -> AnalysisReport {
    guard data == nil, split == nil, clamp.isEmpty, !clampToMeans else {
      throw Failure.usage(
        "\(path.printablePath): a recording holds what gates did over its own samples; leave out --data, "
          + "--split and --clamp")
    }
    let timeline = try RecordingTimeline(path)
    guard let last = timeline.epochs.last else { throw RecordingError.noEpoch(path: path) }
    guard epoch == nil || timeline.epochs.contains(epoch ?? last) else {
      throw Failure.usage(
        "--epoch: expected one of the recorded epochs \(timeline.epochs.ranges), found \(epoch ?? -1)"
      )
    }
    let recording = try timeline.recording(epoch: epoch ?? last)
    let progress = ProgressLine(isShown: true)
    defer { progress.clear() }
    let found = try recording.statistics(
      first: samples, thresholds: thresholds, threads: threads,
      continues: { fraction in
        progress.show("statistics", fraction: fraction)
        return true
      })
    guard let found else { throw Failure("nothing was read") }
    return AnalysisReport(
      subject: RecordedSubject(
        recording: recording, samples: found.samples, epoch: epoch ?? last),
      statistics: found)
  }
}
