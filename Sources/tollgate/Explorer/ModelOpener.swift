import ExplorerUI
import HighwayNetworks
import Libc
import Synchronization
import TensorFiles

/// Opens models and looks for them behind the screen; the data set of one can take a while to unpack.
final class ModelOpener: Sendable {
  private let models = SerialWorker()
  private let directories = SerialWorker()
  private let mailbox: Mailbox
  private let named: DataPlace?
  private let sampleLimit: Int
  /// Whether a run is waited for that has no epoch yet.
  private let waits: Bool
  /// The run on another machine of which a copy is made here; what is not in the copy yet is waited for.
  private let remote: RemoteCopy?
  /// Looks at data sets for new networks.
  private let data: NewRunData
  /// How many models were asked for; only the last one is shown.
  private let requests = Atomic(0)
  /// How many times models were asked for.
  private let listings = Atomic(0)

  /// Takes the data set that was named for the first model; others find their own where it does not fit.
  init(
    _ mailbox: Mailbox, data: DataPlace?, sampleLimit: Int, waits: Bool, remote: RemoteCopy? = nil
  ) {
    self.waits = waits
    self.remote = remote
    self.mailbox = mailbox
    named = data
    self.sampleLimit = sampleLimit
    self.data = NewRunData(mailbox, named: data)
  }

  /// Opens the data of a model; answers `modelOpened`.
  func open(_ model: ModelSource) { request { [self] in session(model) } }

  /// Shows recorded gates that are open already; answers `modelOpened`.
  func open(_ recording: RecordedSession) { request { recording } }

  /// Opens a model and its data; answers `modelOpened`, or `modelFailed` where it cannot be opened.
  func open(_ path: String) {
    request { [self] in
      guard RecordingTimeline.isOne(path) else { return session(try ModelSource(path)) }
      return try RecordedSession(path, sampleLimit: sampleLimit)
    }
  }

  /// Opens a model with the data set at a path; answers `modelOpened`, or `modelFailed` where that cannot be had.
  func open(_ model: ModelSource, data path: String) {
    request { [self] in
      let session = Session(model, data: DataPlace(path), sampleLimit: sampleLimit)
      if let problem = session.dataProblem { throw Failure(problem) }
      say(session)
      return session
    }
  }

  /// Opens a checkpoint of another program once more with its gate taken for the other; answers `modelOpened`, or
  /// `modelFailed` where it cannot be opened.
  func flipGate(of model: ModelSource) {
    request { [self] in session(try model.flippingGate()) }
  }

  /// Makes a new network; answers `runBegun`, or `runRefused` where it cannot be made.
  func begin(_ settings: RunSettings) {
    request(upTo: settings.epochs) { [self] in try newSession(settings) }
  }

  /// Opens something, and trains it up to an epoch where it is new.
  private func request(
    upTo epochs: Int? = nil, _ open: @escaping @Sendable () throws -> any ModelSession
  ) {
    attempt(requests.add(1, ordering: .relaxed).newValue, upTo: epochs, open, saysIfWaiting: true)
  }

  /// Opens something, unless something else was asked for meanwhile.
  private func attempt(
    _ number: Int, upTo epochs: Int?, _ open: @escaping @Sendable () throws -> any ModelSession,
    saysIfWaiting: Bool
  ) {
    models.perform { [self] in
      guard number == requests.load(ordering: .relaxed) else { return }
      do {
        let session = try open()
        guard number == requests.load(ordering: .relaxed) else { return }
        let summary = session.summary()
        let opened = epochs.map { Action.runBegun(summary, upTo: $0) } ?? .modelOpened(summary)
        mailbox.post(.opened(session), .action(opened, from: nil))
      } catch {
        if waits, let words = waiting(error) {
          if saysIfWaiting { mailbox.post(.noticed(Message(.notice, words))) }
          usleep(100_000)
          attempt(number, upTo: epochs, open, saysIfWaiting: false)
          return
        }
        let line = Failure(error).line
        mailbox.post(epochs == nil ? .modelFailed(message: line) : .runRefused(message: line))
      }
    }
  }

  /// What is waited for where something cannot be opened yet; nil where waiting is of no use.
  private func waiting(_ error: any Error) -> String? {
    if let remote, remote.isIncomplete(error) { return "waiting for \(remote.place.words)" }
    return switch error {
    case RunError.noEpoch(let path) where RunHolder.writing(into: path) != nil:
      "waiting for epoch 0 of \(path.excerpt), which another process writes"
    case RunError.notARun(let path, _) where RecordingTimeline.isAwaited(path),
      RecordingError.noEpoch(let path) where RecordingTimeline.isAwaited(path):
      "waiting for the first recording, or run, in \(path.excerpt)"
    default: nil
    }
  }

  private func session(_ model: ModelSource) -> Session {
    let session = Session(model, data: named, sampleLimit: sampleLimit)
    say(session)
    guard named != nil, session.data == nil, model.dataName != nil else { return session }
    let own = Session(model, data: nil, sampleLimit: sampleLimit)
    guard own.data != nil else { return session }
    if let problem = session.dataProblem {
      let words = "\(problem); what is shown is the run's own data set"
      mailbox.post(.noticed(Message(.warning, words)))
    }
    return own
  }

  /// Says what is odd about the data of a session.
  private func say(_ session: Session) {
    if let note = session.data?.note(for: session.model) {
      mailbox.post(.noticed(Message(.warning, note)))
    }
  }

  // MARK: - What earlier sessions left

  /// Keeps epochs that an earlier session left unsaved and opens their run; answers `modelOpened` or
  /// `modelFailed`.
  func recover(_ leftover: Leftover) {
    request { [self] in
      let epochs = try Leftovers.keep(leftover)
      let session = session(try ModelSource(leftover.proposal))
      mailbox.post(
        .noticed(Message(.warning, "saved in \(leftover.proposal): \(epochs) epochs in all")))
      return session
    }
  }

  /// Deletes epochs that an earlier session left unsaved; answers `noticed`.
  func discard(_ leftover: Leftover) {
    models.perform { [self] in
      do {
        try Leftovers.discard(leftover)
        mailbox.post(
          .noticed(Message(.notice, "the unsaved epochs of \(leftover.name) are deleted")))
      } catch {
        mailbox.post(.noticed(Message(.failure, Failure(error).line)))
      }
    }
  }

  // MARK: - New networks

  /// Looks at a data set to train on; answers `dataChecked`.
  ///
  /// `place` is where the path that was typed leads.
  func checkData(_ path: String, at place: String) { data.check(path, at: place) }

  private func newSession(_ settings: RunSettings) throws -> Session {
    let set = try data.open(settings.dataPath)
    let (architecture, normalization) = (
      try settings.network.architecture(input: set.shape, classes: set.classNames.count),
      settings.network.normalization.normalization(of: set)
    )
    let description = try RunDescription(
      architecture, on: set, at: data.place(settings.dataPath), normalization: normalization,
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
        set, at: data.place(settings.dataPath), for: architecture, normalization: normalization),
      sampleLimit: sampleLimit)
  }

  // MARK: - Models

  /// Looks for models; answers `modelsListed` and then `thumbnailArrived` for each.
  func listModels() {
    let number = listings.add(1, ordering: .relaxed).newValue
    directories.perform { [self] in
      // However often it is asked for, the last time is enough.
      guard number == listings.load(ordering: .relaxed) else { return }
      let (found, left) = ModelLocation.runs()
      let entries = found.map { ModelEntry(reading: $0) }
      mailbox.post(.modelsListed(entries, left: left, preferred: ModelLocation.defaultPath()))
      readThumbnails(entries)
    }
  }

  /// Reads the gate biases of models that are listed already; answers `thumbnailArrived` for each.
  func readThumbnails(of entries: [ModelEntry]) {
    directories.perform { [self] in readThumbnails(entries) }
  }

  private func readThumbnails(_ entries: [ModelEntry]) {
    let number = listings.load(ordering: .relaxed)
    for entry in entries where number == listings.load(ordering: .relaxed) {
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
  /// What the names of checkpoints and data sets end in.
  private static let nameEnds =
    TensorFileReader.nameEnds + [".csv", ".csv.gz", ".tsv", ".tsv.gz", ".ts", ".txt"]

  /// Answers `pathsListed` with the directories, checkpoints and data sets in a directory.
  ///
  /// `place` is where the directory that was typed leads.
  func listPaths(in directory: String, at place: String) {
    directories.perform { [self] in
      let place = place.isEmpty ? "." : place
      // Where nothing can be read there is nothing to propose; opening says why.
      let found = (try? Directory.names(in: place)) ?? []
      let names = found.prefix(Self.mostNames).compactMap { name in
        if Directory.exists("\(place)/\(name)") { return name + "/" }
        let lower = name.lowercased()
        return Self.nameEnds.contains(where: lower.hasSuffix) ? name : nil
      }
      mailbox.post(.pathsListed(Palette.Listing(directory: directory, names: names)))
    }
  }
}
