import TensorFiles

// What recorded gates are.
extension Inspection {
  static func recording(_ path: String) -> Inspection {
    var inspection = Inspection(path, .recording)
    do throws(RecordingError) {
      let timeline = try RecordingTimeline(path)
      inspection.describe(timeline)
      guard let last = timeline.epochs.last else { throw .noEpoch(path: path) }
      let recording = try timeline.recording(epoch: last)
      inspection.describe(recording)
      try inspection.checkValues(recording)
      if timeline.epochs.count > 1 {
        inspection.check(timeline, against: recording)
      }
    } catch {
      inspection.wrong.append("\(error)")
    }
    return inspection
  }

  private mutating func describe(_ timeline: RecordingTimeline) {
    let epochs = timeline.epochs
    confirm(
      "epochs", "epochs",
      epochs.isEmpty
        ? "none" : "\(epochs.count): " + Self.list(epochs.map { "\($0)" }),
      .array(epochs.map { .integer($0) }))
    guard !timeline.incomplete.isEmpty else { return }
    unknown.append(
      Finding(
        "incomplete", "incomplete",
        ["files are missing of epochs " + Self.list(timeline.incomplete.map { "\($0)" })],
        .array(timeline.incomplete.map { .integer($0) })))
  }

  private mutating func describe(_ recording: Recording) {
    confirm(
      "samples", "samples", NumberFormat.count(recording.samples), .integer(recording.samples))
    confirm(
      "files", "files", "\(recording.paths.count) an epoch", .integer(recording.paths.count))
    let lines = recording.described.map { block in
      let shape = block.positions.map { "\($0)×" }.joined() + "\(block.units)"
      let signals = block.signals.map { signal in
        let range =
          signal.signal.isGate && signal.gateRange != 0...1
          ? " in \(signal.gateRange.lowerBound)…\(signal.gateRange.upperBound)" : ""
        return "\(signal.signal.symbol) (\(signal.signal.role.rawValue))\(range)"
      }
      return "\(block.name.excerpt): \(shape), " + (block.gating.map { "\($0.name), " } ?? "")
        + signals.joined(separator: ", ")
    }
    confirmed.append(
      Finding(
        "blocks", "blocks", ["\(lines.count):"] + Self.shortened(lines),
        .array(
          recording.described.map { block in
            Self.object([
              ("name", .string(block.name)), ("units", .integer(block.units)),
              ("positions", .array(block.positions.map { .integer($0) })),
              ("gating", block.gating.map { .string($0.name) } ?? .null),
              ("signals", .strings(block.signals.map(\.signal.symbol))),
            ])
          })))
    if recording.labels != nil {
      let names = recording.classNames.map(\.excerpt)
      confirm(
        "classes", "classes",
        "\(recording.classes)" + (names.isEmpty ? "" : ": " + Self.list(names)),
        .strings(recording.classNames))
    } else {
      unknown.append(Finding("classes", "classes", ["no labels"], .null))
    }
    if let lengths = recording.lengths, let least = lengths.min(), let most = lengths.max() {
      confirm(
        "lengths", "lengths", "\(least) to \(most) steps",
        .array([.integer(least), .integer(most)]))
    }
  }

  /// Looks at all values: those that are no numbers, and gates outside the range that they are said to have.
  private mutating func checkValues(_ recording: Recording) throws(RecordingError) {
    guard let statistics = try recording.statistics() else { return }
    var count = 0
    for (block, layer) in zip(recording.described, statistics.layers) {
      for gate in layer.signals {
        let name = "block \(block.name.excerpt): \(gate.signal.symbol)"
        let missing = gate.mean.count { !$0.isFinite }
        if missing > 0 { count += missing }
        if missing > 0 {
          report("\(name) of \(missing) of \(block.units) units is not a number somewhere")
        }
        let (least, most) = (gate.minimum.min() ?? 0, gate.maximum.max() ?? 0)
        let slack = (gate.range.upperBound - gate.range.lowerBound) * 1e-3
        if least < gate.range.lowerBound - slack || most > gate.range.upperBound + slack {
          report(
            "\(name) goes from \(least) to \(most), but its range is \(gate.range.lowerBound) to "
              + "\(gate.range.upperBound)")
        }
      }
    }
    confirm("notFinite", "not finite", count == 0 ? "none" : "\(count) units", .integer(count))
  }

  private mutating func report(_ line: String) {
    if wrong.count < Self.mostLines { wrong.append(line) }
  }

  /// Whether all epochs describe the same.
  private mutating func check(_ timeline: RecordingTimeline, against last: Recording) {
    for epoch in timeline.epochs.dropLast() {
      do throws(RecordingError) {
        let recording = try timeline.recording(epoch: epoch)
        if recording.described != last.described {
          throw .differs(path: recording.paths[0], from: last.paths[0])
        }
      } catch {
        report("\(error)")
      }
    }
  }
}
