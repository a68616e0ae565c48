import HighwayNetworks

/// The commands that train an experiment's trials.
struct TrialCommands {
  /// The directory of the runs, from the root.
  let out: String
  /// The data set, from the root.
  let data: DataPlace
  /// The epoch to train up to.
  let epochs: Int
  /// What all trials have in common.
  let training: TrainingOptions
  /// The files that described networks come from, from the root, by the networks' names.
  let descriptions: [String: String]

  /// Where a trial's run is.
  func path(_ trial: Trial) -> String { "\(out)/\(trial.name)" }

  /// The arguments after the program's name; the same command begins the trial, continues it, or finds it
  /// finished.
  func arguments(_ trial: Trial) -> [String] {
    let settings = trial.hyperparameters
    var arguments = [
      "train", "--resume-if-begun", "--out", path(trial), "--data", data.path,
      "--learning-rate", "\(settings.learningRate)", "--seed", "\(settings.seed)",
      "--momentum", "\(settings.momentum)", "--schedule", settings.schedule.argument,
      "--batch-size", "\(settings.batchSize)", "--weight-decay", "\(settings.weightDecay)",
      "--normalization", training.normalization ?? NormalizationChoice.standard.rawValue,
      "--epochs", "\(epochs)", "--record", "0",
      "--threads", "1",
    ]
    switch trial.network {
    case .stack(let stack):
      arguments += [
        "--gating", stack.gating.argument, "--depth", "\(stack.depth)",
        "--units", "\(stack.units)", "--activation", stack.activation.rawValue,
        "--gate-bias", "\(stack.gateBias)",
      ]
    case .described(let described):
      arguments += ["--architecture", descriptions[described.name] ?? described.name]
    }
    if data.choice.transposes { arguments.append("--transpose") }
    if let column = data.choice.labelColumn { arguments += ["--label-column", column.text] }
    if settings.nesterov { arguments.append("--nesterov") }
    return arguments
  }

  /// The command as a line for a shell.
  func shellLine(_ trial: Trial) -> String {
    ([programPath()] + arguments(trial)).map(shellQuoted).joined(separator: " ")
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
