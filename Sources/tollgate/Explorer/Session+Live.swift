import ExplorerUI
import HighwayNetworks
import Synchronization
import TensorFiles

/// The epochs that were trained here: in memory as long as there is room, then in the spool.
extension Session {
  // MARK: - Branches

  /// Sets the live epochs aside that come after one from which training begins anew.
  func beginBranch(_ branch: Int, after epoch: Int) {
    live.withLock { live in
      if live.past.isEmpty { live.past = [live] }
      live.branch = branch
      live.parameters = live.parameters.filter { $0.key <= epoch }
      live.spooled = live.spooled.filter { $0 <= epoch }
      live.branches = live.branches.filter { $0.key <= epoch }
      live.metrics.removeAll { $0.epoch > epoch }
      live.kept = live.kept.filter { $0 <= epoch }
    }
  }

  /// Puts back what was set aside, where no epoch came of the new branch.
  func putBranchBack() {
    live.withLock { live in
      guard let past = live.past.first else { return }
      let (written, runs) = (live.written, live.runs)
      live = past
      live.written.formUnion(written)
      live.runs.merge(runs) { $1 }
    }
  }

  // MARK: - Trained epochs

  /// Remembers the parameters of a live epoch, in place of earlier ones of the same epoch; the step is that of
  /// an epoch that has not come to its end.
  func remember(_ parameters: [Float], epoch: Int, step: Int? = nil) {
    live.withLock { live in live.parameters[epoch] = (live.branch, step, parameters) }
  }

  /// Remembers a live epoch that has come to its end; what was set aside is forgotten.
  func finish(_ parameters: [Float], _ metrics: EpochMetrics) {
    remember(parameters, epoch: metrics.epoch)
    let replaced = live.withLock { live in
      live.metrics.append(metrics)
      live.branches[metrics.epoch] = live.branch
      let before = live.past.first?.spooled ?? []
      live.past = []
      return before.subtracting(live.spooled)
    }
    if !replaced.isEmpty, let spool = spool.withLock({ $0 }) { spool.remove(replaced) }
  }

  /// Moves the oldest epochs to the spool until the rest has room; those that lie in a run already are there.
  ///
  /// - Returns: The spool's path where it was made just now.
  /// - Throws: ``Failure`` where they cannot be written: they stay in memory then.
  func makeRoom() throws -> String? {
    var made: String?
    while let (epoch, id) = oldestWithoutRoom {
      let isInRun = live.withLock { $0.runs[id] != nil }
      if !isInRun {
        do {
          let (spool, isNew) = try openSpool()
          if isNew { made = spool.path }
          try spool.write(checkpoint(of: network(id), epoch: epoch), epoch: epoch)
          try spool.write(liveMetrics, nil)
        } catch {
          throw Failure(
            "\(Failure(error).line); training has stopped, since memory has no room for more epochs: w saves them"
          )
        }
      }
      live.withLock { live in
        if !isInRun { live.spooled.insert(epoch) }
        live.parameters[epoch] = nil
      }
    }
    return made
  }

  private var oldestWithoutRoom: (epoch: Int, id: EpochID)? {
    live.withLock { live in
      guard let size = live.parameters.first?.value.values.count else { return nil }
      // The epoch that is trained, and the one before it that is looked at.
      let most = max(2, liveLimit / max(1, size * 4))
      guard live.parameters.count > most,
        let oldest = live.parameters.filter({ $0.value.step == nil }).keys.min()
      else { return nil }
      return (oldest, .live(oldest, branch: live.parameters[oldest]?.branch ?? 0))
    }
  }

  private func openSpool() throws -> (Spool, isNew: Bool) {
    if let spool = spool.withLock({ $0 }) { return (spool, false) }
    let model = model
    let new = try Spool(
      for: keptDescription, name: model.isNew ? newName : RunKeeper.cleaned(name),
      origin: model.isNew ? nil : Directory.resolved(model.path), in: spoolDirectory)
    spool.withLock { $0 = new }
    return (new, true)
  }

  private func checkpoint(of network: Network, epoch: Int) -> Checkpoint {
    RunKeeper.checkpoint(
      of: network, epoch: epoch, keptDescription, data?.set.text?.encoding.vocabulary)
  }

  // MARK: - Keeping

  /// Notes that live epochs are about to be written to the run that is open.
  func noteKept(_ epochs: [Int]) {
    live.withLock { live in
      live.kept.formUnion(epochs)
      live.written.formUnion(epochs)
    }
  }

  /// Notes that live epochs lie in a run now.
  func noteWritten(_ epochs: [Int], to run: String) {
    live.withLock { live in
      for epoch in epochs {
        guard let branch = live.branches[epoch] else { continue }
        live.runs[.live(epoch, branch: branch)] = run
      }
    }
  }

  /// The live epochs that are in the run that is open.
  var keptEpochs: Set<Int> { live.withLock { $0.kept } }

  /// The epochs in the run that is open which were ever written from here.
  var writtenEpochs: Set<Int> { live.withLock { $0.written } }

  /// What was recorded about the live epochs.
  var liveMetrics: [EpochMetrics] { live.withLock { $0.metrics } }

  /// The live epochs that have come to their end, in order.
  var liveEpochs: [EpochID] {
    live.withLock { live in live.branches.sorted { $0.key < $1.key }.map { .live($0, branch: $1) } }
  }

  // MARK: - Leaving

  /// Removes the spool: what is in it was kept, or is not wanted.
  func discardSpool() {
    spool.withLock { spool in
      spool?.discard()
      spool = nil
    }
  }

  /// Leaves the epochs that nobody has kept in the spool, for the next start.
  ///
  /// - Returns: How many there are, and where; nil where there are none.
  /// - Throws: ``Failure`` where they cannot be written.
  func leaveUnsaved(_ state: TrainingState?) throws -> (epochs: Int, path: String)? {
    let (runs, spooled) = live.withLock { ($0.runs, $0.spooled) }
    let unsaved = liveEpochs.filter { runs[$0] == nil }
    guard !unsaved.isEmpty else {
      discardSpool()
      return nil
    }
    let (spool, _) = try openSpool()
    var metrics = liveMetrics
    if model.isNew {
      try spool.write(checkpoint(of: model.network(epoch: 0), epoch: 0), epoch: 0)
      metrics = model.metrics + metrics
    }
    for id in liveEpochs where !spooled.contains(id.number) {
      try spool.write(checkpoint(of: network(id), epoch: id.number), epoch: id.number)
    }
    try spool.write(metrics, state?.epoch == liveEpochs.last?.number ? state : nil)
    return (unsaved.count, spool.path)
  }
}
