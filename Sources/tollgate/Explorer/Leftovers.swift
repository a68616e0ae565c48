import ExplorerUI
import HighwayNetworks
import TensorFiles

/// Spools of sessions that are no more.
enum Leftovers {
  /// Those that there are; a spool in which no epoch is whole is removed.
  static func found(in directory: String? = Spool.directory) -> [Leftover] {
    guard let directory, let names = try? Directory.names(in: directory) else { return [] }
    return names.compactMap { leftover("\(directory)/\($0)", name: $0) }
  }

  private static func leftover(_ path: String, name: String) -> Leftover? {
    // A session that is still there holds the lock.
    guard Directory.exists(path), let run = try? RunDirectory.openForWriting(path) else {
      return nil
    }
    let trained = trainedEpochs(of: run)
    guard !trained.isEmpty else {
      run.removeFile(Spool.originFile)
      run.discard()
      return nil
    }
    let model = name.lastIndex(of: "-").map { String(name[..<$0]) } ?? name
    return Leftover(
      path: path, name: model, epochs: trained.count, proposal: RunKeeper.proposal(for: model))
  }

  private static func trainedEpochs(of run: RunDirectory) -> [Int] {
    origin(of: run) == nil ? run.epochs.filter { $0 > 0 } : run.epochs
  }

  /// The run or checkpoint that the epochs go on from.
  private static func origin(of run: RunDirectory) -> String? {
    let path = "\(run.path)/\(Spool.originFile)"
    guard let bytes = try? InputFile.read(path, limit: 1 << 16) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Keeps the epochs as a run, together with those before them where they can still be read, and removes the
  /// spool.
  ///
  /// - Returns: How many epochs there are in the run.
  /// - Throws: ``RunError`` where they cannot be read or written; the spool then stays.
  static func keep(_ leftover: Leftover) throws -> Int {
    let spool = try RunDirectory.openForWriting(leftover.path)
    guard let first = spool.epochs.first else { return 0 }
    var run = try RunDirectory.stage(for: leftover.proposal, spool.description)
    do {
      var metrics = spool.metrics
      if let place = origin(of: spool), let model = try? ModelSource(place),
        model.architecture == spool.description.architecture
      {
        for epoch in model.epochs where epoch < first {
          try run.record(model.checkpoint(epoch: epoch), epoch: epoch)
        }
        metrics = model.metrics.filter { $0.epoch < first } + metrics
      }
      for epoch in spool.epochs { try run.record(spool.checkpoint(epoch: epoch), epoch: epoch) }
      // What was measured after the last epoch that was written is of no use without it.
      try run.writeMetrics(metrics.filter { $0.epoch <= spool.epochs.last ?? 0 })
      if let state = try spool.state() { try run.write(state) }
      run = try run.publish(as: leftover.proposal)
    } catch {
      run.discard()
      throw error
    }
    spool.removeFile(Spool.originFile)
    spool.discard()
    return run.epochs.count
  }

  /// Deletes the epochs.
  static func discard(_ leftover: Leftover) throws {
    let spool = try RunDirectory.openForWriting(leftover.path)
    spool.removeFile(Spool.originFile)
    spool.discard()
  }
}
