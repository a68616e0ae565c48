import TensorFiles

// What a run directory holds.
extension Inspection {
  static func run(_ path: String, _ names: [String]) -> Inspection {
    var inspection = Inspection(path, .run)
    do {
      let run = try RunDirectory.open(path)
      inspection.describe(run.description)
      inspection.reportUnknownMembers(path + "/run.json")
      inspection.describe(run.metrics)
      if let problem = run.metricsProblem {
        inspection.wrong.append(problem.leavingOut(lines: run.unreadableMetrics))
      }
      inspection.checkEpochs(run)
      inspection.checkState(run)
      inspection.reportUnknownFiles(run, names)
    } catch {
      inspection.wrong.append(error.description)
    }
    return inspection
  }

  private mutating func describe(_ description: RunDescription) {
    confirm("format", "format", "run directory", .string("run"))
    confirm(description.architecture)
    if let data = description.data {
      let classes = data.classNames.count
      confirmed.append(
        Finding(
          "dataSet", "data set",
          [
            "\(data.name.excerpt): \(NumberFormat.count(data.trainingExamples)) training and "
              + "\(NumberFormat.count(data.testExamples)) test examples, \(classes) classes"
          ]
            + Self.shortened(data.files.map { "\($0.sha256.excerpt(64))  \($0.name.excerpt)" }),
          data.document))
      if let expected = description.architecture.classes, classes > 0, classes != expected,
        !description.architecture.task.readsText
      {
        wrong.append("run.json names \(classes) classes, but the network has \(expected)")
      }
    } else {
      inferData(description.architecture)
    }
    if let settings = description.hyperparameters {
      confirm(
        "hyperparameters", "training",
        "batches of \(settings.batchSize), learning rate \(settings.learningRate), momentum "
          + "\(settings.momentum), seed \(settings.seed)", settings.document)
      confirm("seed", "seed", "\(settings.seed)", .integer(settings.seed))
    }
    if let version = description.version {
      confirm("version", "written by", "version \(version.excerpt)", .string(version))
    }
    if let command = description.command {
      confirm("command", "command", command.excerpt(1_000), .string(command))
    }
  }

  /// Lists members of run.json that nothing is known about.
  private mutating func reportUnknownMembers(_ path: String) {
    let known = ["architecture", "data", "hyperparameters", "seed", "version", "command"]
    guard let bytes = try? InputFile.read(path, limit: 1 << 24),
      case .object(let members)? = try? JSON(parsing: bytes)
    else { return }
    let others = members.filter { !known.contains($0.key) }
    guard !others.isEmpty else { return }
    unknown.append(
      Finding(
        "members", "run.json",
        Self.shortened(others.map { "\($0.key.excerpt): \($0.value.excerpt)" }), .object(others)))
  }

  private mutating func describe(_ metrics: [EpochMetrics]) {
    guard let first = metrics.first, let last = metrics.last else {
      unknown.append(Finding("metrics", "metrics", ["no epochs in metrics.jsonl"], .null))
      return
    }
    // The list is sorted and without repetitions.
    let gaps = zip(metrics, metrics.dropFirst()).filter { $1.epoch != $0.epoch + 1 }
      .map { ($0.epoch + 1, $1.epoch - 1) }
    confirm(
      "metrics", "metrics",
      "\(NumberFormat.count(metrics.count)) epochs, \(first.epoch) to \(last.epoch); last test accuracy "
        + "\(NumberFormat.rounded(last.testAccuracy)), loss \(NumberFormat.rounded(last.testLoss))",
      Self.object([
        ("epochs", .integer(metrics.count)), ("first", .integer(first.epoch)),
        ("last", .integer(last.epoch)), ("testAccuracy", .real(last.testAccuracy)),
        ("testLoss", .real(last.testLoss)),
        (
          "gaps", .array(gaps.map { .array([.integer($0.0), .integer($0.1)]) })
        ),
      ]))
    if !gaps.isEmpty {
      wrong.append(
        "metrics.jsonl lacks epochs "
          + Self.shortened(gaps.map { $0.0 == $0.1 ? "\($0.0)" : "\($0.0)-\($0.1)" })
          .joined(separator: ", "))
    }
    let unmeasured = metrics.filter { !$0.trainLoss.isFinite || !$0.testLoss.isFinite }
    if let example = unmeasured.first {
      unknown.append(
        Finding(
          "losses", "metrics",
          [
            "a loss is null in \(unmeasured.count) epochs, \(example.epoch) the first: "
              + "not finite, or not taken"
          ], .array(unmeasured.map { .integer($0.epoch) })))
    }
  }

  /// Reads every checkpoint of a run.
  private mutating func checkEpochs(_ run: RunDirectory) {
    let epochs = run.epochs
    let list = epochs.prefix(Self.mostLines).map(String.init).joined(separator: " ")
    confirm(
      "epochs", "recorded",
      epochs.isEmpty
        ? "no epochs" : "\(epochs.count): " + list + (epochs.count > Self.mostLines ? " …" : ""),
      .array(epochs.map { .integer($0) }))
    if epochs.isEmpty { wrong.append("no epoch is recorded; expected epoch-0000.safetensors") }
    let known = Set(run.metrics.map(\.epoch))
    let alone = epochs.filter { !known.contains($0) }
    if !alone.isEmpty, !known.isEmpty {
      unknown.append(
        Finding(
          "epochsWithoutMetrics", "recorded",
          [
            "no line of metrics.jsonl for epochs "
              + Self.shortened(alone.map(String.init)).joined(separator: " ")
          ],
          .array(alone.map { .integer($0) })))
    }
    var problems: [String] = []
    var sound = 0
    for epoch in epochs {
      guard let file = run.checkpointPath(epoch: epoch) else { continue }
      let found = Self.problems(inFile: file, epoch: epoch, of: run)
      problems += found
      sound += found.isEmpty ? 1 : 0
    }
    confirm(
      "soundEpochs", "load", "\(sound) of \(epochs.count) recorded epochs", .integer(sound))
    wrong += Self.shortened(problems)
    if let last = epochs.last, let checkpoint = try? run.checkpoint(epoch: last) {
      let runs = GateBiasRuns(checkpoint.network)
      if !runs.runs.isEmpty {
        confirmed.append(
          Finding("gateBiases", "gate biases", ["epoch \(last):"] + runs.lines, runs.document))
      }
    }
  }

  private static func problems(
    inFile file: String, epoch: Int, of run: RunDirectory
  ) -> [String] {
    let checkpoint: Checkpoint
    do { checkpoint = try Checkpoint.read(file) } catch { return [error.description] }
    var problems: [String] = []
    let name = Directory.name(of: file).excerpt
    if checkpoint.network.architecture != run.description.architecture {
      problems.append("\(name): holds another network than run.json describes")
    }
    if let own = checkpoint.epoch, own != epoch {
      problems.append("\(name): its metadata says epoch \(own)")
    }
    let notFinite = checkpoint.network.parameters.reduce(0) { $0 + ($1.isFinite ? 0 : 1) }
    if notFinite > 0 {
      problems.append("\(name): \(NumberFormat.count(notFinite)) values are not finite")
    }
    return problems
  }

  private mutating func reportUnknownFiles(_ run: RunDirectory, _ names: [String]) {
    var known = Set(["run.json", "metrics.jsonl", "state.safetensors", RunLock.fileName])
    for epoch in run.epochs {
      if let file = run.checkpointPath(epoch: epoch) { known.insert(Directory.name(of: file)) }
    }
    let others = names.filter { !known.contains($0) }
    guard !others.isEmpty else { return }
    unknown.append(
      Finding("files", "files", Self.shortened(others.map(\.excerpt)), .strings(others)))
  }
}

// MARK: - The training state

extension Inspection {
  private mutating func checkState(_ run: RunDirectory) {
    do {
      guard let state = try run.state() else {
        unknown.append(
          Finding(
            "state", "state",
            [
              "no state.safetensors: the run is not whole, or meant to be read only; it cannot be resumed"
            ], .null))
        return
      }
      if let last = run.metrics.last, last.epoch < state.epoch {
        wrong.append(
          "state.safetensors is of epoch \(state.epoch), but metrics.jsonl ends with epoch \(last.epoch)"
        )
      }
      confirm(
        "state", "state", "epoch \(state.epoch), step \(NumberFormat.count(state.step))",
        Self.object([("epoch", .integer(state.epoch)), ("step", .integer(state.step))]))
      for (name, values) in [("parameters", state.parameters), ("moments", state.moments)] {
        let notFinite = values.reduce(0) { $0 + ($1.isFinite ? 0 : 1) }
        guard notFinite > 0 else { continue }
        wrong.append("state.safetensors: \(NumberFormat.count(notFinite)) \(name) are not finite")
      }
      if let last = run.metrics.last, last.epoch > state.epoch {
        infer(
          "resume", "resume",
          "goes on after epoch \(state.epoch); epochs up to \(last.epoch) are written again",
          .integer(state.epoch))
      }
    } catch {
      wrong.append(error.description)
    }
  }

  /// A training state by itself, with the run.json beside it where there is one.
  static func trainingState(_ path: String, _ file: some TensorFile) -> Inspection {
    var inspection = Inspection(path, .trainingState)
    inspection.describe(file)
    var architecture: Architecture?
    if let run = try? RunDirectory.open(Directory.parent(of: path)) {
      architecture = run.description.architecture
      inspection.confirm(run.description.architecture)
    } else if let guess = ArchitectureGuess(file, prefix: "parameters.") {
      architecture = guess.architecture
      inspection.inferred.append(
        Finding(
          "architecture", "architecture", guess.assumptions + [guess.architecture.json],
          guess.architecture.document))
    }
    guard let architecture else {
      inspection.wrong.append("the parameters' names are not those of a highway network")
      return inspection
    }
    do {
      let layout = ParameterLayout(architecture)
      let state = try TrainingState.read(path, layout: layout)
      inspection.confirm("loads", "loads", "yes", .bool(true))
      inspection.confirm("epoch", "epoch", "\(state.epoch)", .integer(state.epoch))
      inspection.confirm("step", "step", NumberFormat.count(state.step), .integer(state.step))
    } catch {
      inspection.confirm("loads", "loads", "no", .bool(false))
      inspection.wrong.append(error.description)
    }
    return inspection
  }
}
