import ArgumentParser
import HighwayNetworks
import TensorFiles

/// `tollgate train`: trains a network and records it as a run.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network and record it as a run directory.",
    discussion: """
      The run directory holds run.json, metrics.jsonl, one checkpoint per recorded epoch and what \
      --resume needs. Without --data, the data set is the one that a resumed run names, else the \
      MNIST subset that comes with the program.
      """)

  @Option(
    help: ArgumentHelp(
      "The data set: a directory of IDX files, .npz, CSV, a directory of PNG files for each class …",
      valueName: "path"), transform: typedPath)
  var data: String?

  @OptionGroup var dataChoice: DataChoiceOptions

  @Option(
    help: ArgumentHelp(
      "What a text is cut into: words or characters. (default: words)", valueName: "unit"),
    transform: reading(.textUnit))
  var text = TextUnit.words

  @Option(
    help: ArgumentHelp("The run directory to create, or to continue.", valueName: "run"),
    transform: typedPath)
  var out: String

  @Flag(help: "Continue the run from its last full epoch, with its own settings.")
  var resume = false

  @Flag(
    help: """
      Continue the run if it is there already, with these same settings; otherwise begin it.
      """)
  var resumeIfBegun = false

  @Option(
    parsing: .unconditional,
    help: """
      The epoch to train up to; a preset has its own. (default: \(Hyperparameters.standardEpochs))
      """)
  var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "The epochs to keep a checkpoint of, such as 0-5,10,20; 0 and the last are always kept.",
      valueName: "list"))
  var record: EpochList = .all

  @Option(parsing: .unconditional, help: "The number of threads; the result does not depend on it.")
  var threads: Int = processorCount()

  @Flag(help: "Print one JSON object per epoch instead of a line for people.")
  var json = false

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Training") var training: TrainingOptions
  @OptionGroup(title: "Recipe") var recipe: RecipeOptions

  @Option(
    parsing: .unconditional,
    help: """
      The learning rate of the first epoch. (default: \(Hyperparameters.standard.learningRate))
      """)
  var learningRate: Float?

  @Option(
    parsing: .unconditional,
    help: "The seed that fixes initialization, shuffling, dropout and augmentation.",
    transform: reading(.seed))
  var seed = Hyperparameters.standard.seed

  func validate() throws {
    do {
      if let epochs { _ = try Setting.epochs.checked(epochs) }
      if let preset = network.preset { _ = try Setting.preset.read(preset) }
    } catch {
      throw ValidationError("--\(error.name): \(error)")
    }
    guard (1...1_024).contains(threads) else {
      throw ValidationError("--threads: expected 1 to 1024, found \(threads)")
    }
  }

  func run() throws {
    try reportingFailure {
      let epochs =
        try epochs ?? network.chosenPreset()?.epochs ?? Hyperparameters.standardEpochs
      let resumes = Processes.ofFirst(
        resume || resumeIfBegun && ModelLocation.exists("\(out)/run.json"))
      var run = try resumes ? continued() : begun()
      let ofText = run.directory.description.architecture.task.readsText
      let progress = ProgressLine(isShown: !json && Processes.isFirst)
      let interruption = Interruption.catching()
      try Processes.onFirst {
        if !resumes, let first = run.directory.metrics.first { try report(first, ofText: ofText) }
      }
      while run.trainer.epoch < epochs {
        Processes.leaves(Self.remainder(run))
        let metrics = try run.trainEpoch(
          records: { record.contains($0) || $0 == epochs },
          progress: { report, _ in
            progress.show(report, of: epochs)
            return !interruption.happened
          }, evaluation: { _ in !interruption.happened })
        progress.clear()
        try Processes.onFirst { if let metrics { try report(metrics, ofText: ofText) } }
        let signal = Processes.signal(interruption)
        guard metrics != nil, signal == 0 || run.trainer.epoch == epochs else {
          throw Failure(
            "interrupted in epoch \(run.trainer.epoch + 1); \(Self.remainder(run))",
            status: 128 + signal)
        }
      }
      if !json { try writeOutput("recorded in \(run.directory.path.excerpt)\n") }
    }
  }

  /// What is there of a run whose epoch is not trained to its end.
  private static func remainder(_ run: TrainingRun) -> String {
    "the run is whole up to epoch \(run.trainer.epoch) and goes on with --resume"
  }

  private func report(_ metrics: EpochMetrics, ofText: Bool) throws {
    try writeOutput((json ? metrics.json : EpochLine.text(metrics, ofText: ofText)) + "\n")
  }

  private func begun() throws -> TrainingRun {
    let (set, description) = try Processes.together(asked)
    try Processes.expectSame(description.json, "the data set")
    do {
      return try TrainingRun.begin(
        out, description, data: set, threads: threads, ranks: Processes.ranks)
    } catch {
      guard case .notEmpty = error, ModelLocation.exists("\(out)/run.json") else { throw error }
      throw Failure("\(error), or continue the run that is there with --resume")
    }
  }

  /// The data set and the run that the options ask for.
  private func asked() throws -> (DataSet, RunDescription) {
    let preset = try network.chosenPreset()
    let place = DataPlace(
      try data ?? Self.shippedData(preset?.dataName ?? "MNIST", near: out),
      choice: dataChoice.choice)
    let set = try network.encoded(try DataSet.openForTraining(place, unit: text))
    let architecture = try network.architecture(for: set)
    if !json, let note = preset?.adaptation(to: set.shape) { try writeOutput(note + "\n") }
    let base = preset?.hyperparameters(seed: seed) ?? .standard
    let settings = try recipe.changed(
      training.hyperparameters(
        base, learningRate: learningRate ?? base.learningRate, seed: seed))
    if settings.augmentation != nil && (set.shape.positions.count != 2 || set.isTakenAsItIs) {
      throw Failure.usage(
        "--pad and --mirror change images of bytes; the data set has \(set.shape)"
          + (set.isTakenAsItIs ? " of other numbers" : ""))
    }
    let normalization = try training.normalization(
      for: set, recipe: preset?.normalization ?? .standard)
    try Samples.check(set, for: architecture, normalization: normalization)
    let description = try RunDescription(
      architecture, on: set, at: place, normalization: normalization,
      settings, version: toolVersion,
      command: CommandLine.arguments.dropFirst().reduce("tollgate") { $0 + " " + $1 })
    return (set, description)
  }

  private func continued() throws -> TrainingRun {
    let (directory, set) = try Processes.together(found)
    try Processes.expectSame(directory.description.json, "\(out.excerpt)/run.json")
    return try TrainingRun.resume(
      directory, data: set, threads: threads, ranks: Processes.ranks)
  }

  /// The run that is continued, and its data set.
  private func found() throws -> (RunDirectory, DataSet) {
    let directory = try opened()
    if resumeIfBegun {
      let (set, settings) = try asked()
      // Neither the version nor the words of the command change what is trained.
      var expected = settings
      expected.version = directory.description.version
      expected.command = directory.description.command
      guard directory.description == expected else {
        throw Failure(
          "\(out.excerpt): the run there was begun with other settings; choose another --out")
      }
      if let last = directory.metrics.last, !last.trainLoss.isFinite {
        throw Failure("\(out.excerpt): the loss was no longer finite in epoch \(last.epoch)")
      }
      return (directory, set)
    }
    guard let recorded = directory.description.data,
      directory.description.hyperparameters != nil
    else {
      throw Failure(
        "\(out.excerpt)/run.json: cannot be resumed without \"data\" and \"hyperparameters\"")
    }
    guard [DataChoice(), recorded.choice].contains(dataChoice.choice) else {
      throw Failure.usage(
        "--transpose and --label-column: a run goes on with the data as it was begun")
    }
    let places =
      data.map { [$0] }
      ?? ModelLocation.dataDirectories(name: recorded.name, near: out)
    guard let found = places.first(where: { fingerprint($0) == recorded.files }) else {
      throw Failure(
        "the data set \(recorded.name.excerpt) that the run was trained on is not "
          + (data.map { "\($0.excerpt): the files' SHA-256 differ from run.json's" }
            ?? "here; name its directory with --data"))
    }
    let vocabulary = directory.vocabulary
    let set = try DataSet.openForTraining(
      DataPlace(found, choice: recorded.choice), name: recorded.name,
      unit: vocabulary?.unit ?? text
    ).encoded(for: directory.description.architecture, vocabulary)
    try Samples.check(
      set, for: directory.description.architecture, normalization: recorded.normalization)
    return (directory, set)
  }

  /// The run to continue, which nobody else writes to any more.
  private func opened() throws -> RunDirectory {
    do {
      return Processes.isFirst
        ? try RunDirectory.openForWriting(out) : try RunDirectory.open(out)
    } catch {
      guard case .notARun(_, let missing) = error else { throw error }
      throw Failure(
        "\(out.excerpt): there is no run to resume, \(missing) is missing; begin it without --resume"
      )
    }
  }

  /// The files' SHA-256, or nil where they cannot be read: then the data set is not the one.
  private func fingerprint(_ path: String) -> [FileFingerprint]? {
    try? DataSet.fingerprints(path)
  }

  /// The data set that is trained on where none is named.
  static func shippedData(_ name: String = "MNIST", near out: String) throws -> String {
    let places = ModelLocation.dataDirectories(name: name, near: out)
    let bible = DataSet.kingJamesBible
    // The verses that ship are too few to learn from.
    guard let place = places.first(where: { name != bible.name || $0 == bible.path }) else {
      guard name == "MNIST" else { throw Failure(.missing(name: name)) }
      throw Failure.usage("no data set named and none found as models/data/mnist; give --data")
    }
    return place
  }
}
