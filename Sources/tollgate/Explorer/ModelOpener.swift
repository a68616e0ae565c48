import ExplorerUI
import HighwayNetworks
import Synchronization
import TensorFiles
import Terminal

/// Opens models and looks for them behind the screen; the data set of one can take a while to unpack.
final class ModelOpener: Sendable {
  private let models = SerialWorker()
  private let directories = SerialWorker()
  private let mailbox: Mailbox
  private let dataPath: String?
  private let sampleLimit: Int
  /// Looks at data sets for new networks.
  private let data: NewRunData
  /// How many models were asked for; only the last one is shown.
  private let requests = Atomic(0)

  /// Takes the data set that was named for the first model; others find their own where it does not fit.
  init(_ mailbox: Mailbox, dataPath: String?, sampleLimit: Int) {
    self.mailbox = mailbox
    self.dataPath = dataPath
    self.sampleLimit = sampleLimit
    data = NewRunData(mailbox)
  }

  /// Opens the data of a model; answers `modelOpened`.
  func open(_ model: ModelSource) { request { [self] in session(model) } }

  /// Opens a model and its data; answers `modelOpened`, or `modelFailed` where it cannot be opened.
  func open(_ path: String) { request { [self] in session(try ModelSource(Self.expanded(path))) } }

  /// Makes a new network; answers `runBegun`, or `runRefused` where it cannot be made.
  func begin(_ settings: RunSettings) {
    request(upTo: settings.epochs) { [self] in try newSession(settings) }
  }

  /// Opens something, and trains it up to an epoch where it is new.
  private func request(
    upTo epochs: Int? = nil, _ open: @escaping @Sendable () throws -> Session
  ) {
    let number = requests.add(1, ordering: .relaxed).newValue
    models.perform { [self] in
      guard number == requests.load(ordering: .relaxed) else { return }
      do {
        let session = try open()
        guard number == requests.load(ordering: .relaxed) else { return }
        let summary = session.summary()
        let opened = epochs.map { Action.runBegun(summary, upTo: $0) } ?? .modelOpened(summary)
        mailbox.post(.opened(session), .action(opened, from: nil))
      } catch {
        let line = Failure(error).line
        mailbox.post(epochs == nil ? .modelFailed(message: line) : .runRefused(message: line))
      }
    }
  }

  private func session(_ model: ModelSource) -> Session {
    let session = Session(model, dataPath: dataPath, sampleLimit: sampleLimit)
    guard dataPath != nil, session.data == nil, model.dataName != nil else { return session }
    let own = Session(model, dataPath: nil, sampleLimit: sampleLimit)
    guard own.data != nil else { return session }
    if let problem = session.dataProblem {
      let words = "\(problem); what is shown is the run's own data set"
      mailbox.post(.noticed(Message(.warning, words)))
    }
    return own
  }

  // MARK: - New networks

  /// Looks at a data set to train on; answers `dataChecked`.
  func checkData(_ path: String) { data.check(path) }

  private func newSession(_ settings: RunSettings) throws -> Session {
    let set = try data.open(settings.dataPath)
    let (architecture, normalization) = (
      try settings.network.architecture(inputs: set.shape.count, classes: set.classNames.count),
      Normalization.standard(of: set.train, shape: set.shape)
    )
    let description = try RunDescription(
      architecture, on: set, at: settings.dataPath, normalization: normalization,
      settings.hyperparameters, version: toolVersion)
    var random = RandomSource(seed: settings.hyperparameters.seed)
    let network = Network(architecture, random: &random)
    let metrics = try Trainer(
      network, data: set, normalization: normalization, hyperparameters: settings.hyperparameters,
      random: random
    ).evaluate()
    let checkpoint = Checkpoint(
      network, epoch: 0, classNames: set.classNames, normalization: normalization,
      run: description.json)
    return Session(
      new: ModelSource(new: checkpoint, metrics),
      data: try ModelData(
        set, at: settings.dataPath, for: architecture, normalization: normalization),
      sampleLimit: sampleLimit)
  }

  // MARK: - Models

  /// Looks for models; answers `modelsListed` and then `thumbnailArrived` for each.
  func listModels() {
    directories.perform { [self] in
      let entries = ModelLocation.runs().map { ModelEntry(reading: $0) }
      mailbox.post(.modelsListed(entries, preferred: ModelLocation.defaultPath()))
      readThumbnails(entries)
    }
  }

  /// Reads the gate biases of models that are listed already; answers `thumbnailArrived` for each.
  func readThumbnails(of entries: [ModelEntry]) {
    directories.perform { [self] in readThumbnails(entries) }
  }

  private func readThumbnails(_ entries: [ModelEntry]) {
    for entry in entries {
      guard entry.problem == nil, let epoch = entry.lastEpoch else { continue }
      do {
        let run = try RunDirectory.open(entry.path)
        let biases = try run.checkpoint(epoch: epoch).network.gateBiases
        mailbox.post(.thumbnailArrived(path: entry.path, biases, problem: nil))
      } catch {
        let problem = Failure(error).line
        mailbox.post(.thumbnailArrived(path: entry.path, nil, problem: problem))
      }
    }
  }

  // MARK: - Paths

  /// More names than this are of no help to anybody.
  private static let mostNames = 1_000

  /// Answers `pathsListed` with the directories, checkpoints and data sets in a directory.
  func listPaths(in directory: String) {
    directories.perform { [self] in
      let place = directory.isEmpty ? "." : Self.expanded(directory)
      // Where nothing can be read there is nothing to propose; opening says why.
      let found = (try? Directory.names(in: place)) ?? []
      let names = found.prefix(Self.mostNames).compactMap { name in
        if Directory.exists("\(place)/\(name)") { return name + "/" }
        return [".safetensors", ".npz"].contains(where: name.hasSuffix) ? name : nil
      }
      mailbox.post(.pathsListed(Palette.Listing(directory: directory, names: names)))
    }
  }

  /// A path with the home directory in place of a tilde, as a shell has it.
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = TerminalEnvironment.variable("HOME")
    else { return path }
    return home + path.dropFirst()
  }
}
