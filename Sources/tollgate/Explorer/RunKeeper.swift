import ExplorerUI
import HighwayNetworks
import TensorFiles

/// Writes epochs that were trained in the explorer to a run directory.
struct RunKeeper {
  let session: Session
  /// Where training stands.
  let state: TrainingState?

  /// A path for a run that does not exist yet: the first one of a new network's name has the number 1.
  static func proposal(for name: String) -> String {
    if let folder = name.lastIndex(of: "/") {
      let base = name[...folder] + cleaned(String(name[name.index(after: folder)...]))
      return free(String(base), from: 1)
    }
    return free(cleaned(name), from: 2)
  }

  private static func free(_ base: String, from first: Int) -> String {
    var number = first
    while ModelLocation.exists("\(base)-\(number)") { number += 1 }
    return "\(base)-\(number)"
  }

  static func cleaned(_ name: String) -> String {
    let clean = String(
      name.unicodeScalars.map {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
          || "-_.".unicodeScalars.contains($0) ? Character($0) : "-"
      })
    return clean.isEmpty || clean.hasPrefix(".") ? "run" : clean
  }

  /// Writes the live epochs: to a new run together with all earlier ones, or, once confirmed, to the run
  /// that is open.
  ///
  /// A new run has its name when nothing is missing.
  func keep(_ path: String, confirmed: Bool) -> Action {
    let live = session.liveEpochs
    guard let state, let first = live.first?.number else {
      return .noticed(Message(.failure, "no epoch has been trained here"))
    }
    let epochs = live.map(\.number)
    do {
      guard !RemoteCopy.holds(path) else {
        throw Failure(
          "\(path.excerpt): is the copy of a run on another machine, which takes back what is changed here; "
            + "choose another path")
      }
      if isOpenRun(path) {
        var run = try confirmed ? RunDirectory.openForWriting(path) : RunDirectory.open(path)
        // Another program, or training that was given up, may have gone on from the same epoch.
        let kept = session.keptEpochs
        if let epoch = run.epochs.first(where: { $0 >= first && !kept.contains($0) }) {
          throw Failure(
            "\(path.excerpt): has an epoch \(epoch) of its own; choose a path that does not exist")
        }
        guard confirmed else {
          return .keepNeedsConfirmation(
            path: path,
            question: "\(path) is the run that is open: add epochs \(Self.words(epochs)) to it?")
        }
        session.noteKept(epochs)
        try add(live, state, to: &run)
      } else {
        var run = try RunDirectory.stage(for: path, session.keptDescription)
        do {
          try copyEpochs(before: first, to: &run)
          try add(live, state, to: &run)
          _ = try run.publish(as: path)
        } catch {
          // Half a run would be in the way of trying again.
          run.discard()
          throw error
        }
      }
      session.noteWritten(epochs, to: path)
      if session.model.isNew {
        session.noteKept(epochs)
        session.adopt(try ModelSource(path))
      }
      return .runKept(path: path, epochs: epochs, nextProposal: Self.proposal(for: path))
    } catch {
      return .noticed(Message(.failure, Failure(error).line))
    }
  }

  /// Writes the live epochs and where training stands.
  private func add(
    _ live: [EpochID], _ state: TrainingState, to run: inout RunDirectory
  ) throws {
    for id in live { try record(session.network(id), epoch: id.number, in: &run) }
    let first = live.first?.number ?? 0
    try run.writeMetrics(run.metrics.filter { $0.epoch < first } + session.liveMetrics)
    try run.write(state)
  }

  /// Writes the open model's recorded epochs before one.
  private func copyEpochs(before end: Int, to run: inout RunDirectory) throws {
    let model = session.model
    for epoch in model.epochs where epoch < end {
      try record(model.network(epoch: epoch), epoch: epoch, in: &run)
    }
    try run.writeMetrics(model.metrics.filter { $0.epoch < end })
  }

  private func record(_ network: Network, epoch: Int, in run: inout RunDirectory) throws {
    let vocabulary = session.data?.set.text?.encoding.vocabulary
    try run.record(
      Self.checkpoint(of: network, epoch: epoch, run.description, vocabulary), epoch: epoch)
  }

  /// The checkpoint of an epoch of a run.
  static func checkpoint(
    of network: Network, epoch: Int, _ description: RunDescription, _ vocabulary: Vocabulary?
  ) -> Checkpoint {
    let names = description.data?.classNames
    return Checkpoint(
      network, epoch: epoch,
      classNames: names?.count == description.architecture.classes ? names : nil,
      vocabulary: vocabulary,
      normalization: description.data?.normalization, run: description.json)
  }

  private func isOpenRun(_ path: String) -> Bool {
    guard let run = session.model.run else { return false }
    return ModelLocation.isSame(path, run.path)
  }

  private static func words(_ epochs: [Int]) -> String {
    guard let first = epochs.first, let last = epochs.last else { return "" }
    return first == last ? "\(first)" : "\(first)–\(last)"
  }
}

extension Session {
  /// What the run.json of a run says that live epochs are kept in: what the open model's does.
  var keptDescription: RunDescription {
    let model = model
    var description =
      model.description ?? RunDescription(architecture: model.architecture, version: toolVersion)
    if description.data == nil, let data {
      description.data = DataDescription(
        name: data.set.name, files: [], normalization: data.normalization,
        classNames: data.set.classNames, trainingExamples: data.set.train.count,
        testExamples: data.set.test.count)
    }
    description.hyperparameters = description.hyperparameters ?? Hyperparameters()
    return description
  }
}
