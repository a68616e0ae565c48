import HighwayNetworks

/// The commands that train an experiment's cells.
struct CellCommands {
  /// The directory of the runs, from the root.
  let out: String
  /// The data set, from the root.
  let data: String
  /// The epoch to train up to.
  let epochs: Int
  /// What all cells have in common.
  let training: TrainingOptions

  /// Where a cell's run is.
  func path(_ cell: ExperimentCell) -> String { "\(out)/\(cell.name)" }

  /// The arguments after the program's name; the same command begins the cell, continues it, or finds it
  /// finished.
  func arguments(_ cell: ExperimentCell) -> [String] {
    let settings = cell.hyperparameters
    var arguments = [
      "train", "--resume-if-begun", "--out", path(cell), "--data", data,
      "--gating", cell.gating.argument, "--depth", "\(cell.depth)", "--units", "\(cell.units)",
      "--activation", cell.activation.rawValue, "--gate-bias", "\(cell.gateBias)",
      "--learning-rate", "\(settings.learningRate)", "--seed", "\(settings.seed)",
      "--momentum", "\(settings.momentum)", "--schedule", settings.schedule.argument,
      "--batch-size", "\(settings.batchSize)", "--weight-decay", "\(settings.weightDecay)",
      "--normalization", training.normalization, "--epochs", "\(epochs)", "--record", "0",
      "--threads", "1",
    ]
    if settings.nesterov { arguments.append("--nesterov") }
    return arguments
  }

  /// The command as a line for a shell.
  func shellLine(_ cell: ExperimentCell) -> String {
    ([programPath()] + arguments(cell)).map(shellQuoted).joined(separator: " ")
  }
}

/// A word that a shell reads as it stands.
private func shellQuoted(_ word: String) -> String {
  let plain = word.unicodeScalars.allSatisfy { scalar in
    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      || "-_./=,@+:".unicodeScalars.contains(scalar)
  }
  if plain && !word.isEmpty { return word }
  return "'"
    + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    + "'"
}
