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
    arguments(trial, at: path(trial), epochs: epochs)
  }

  /// The arguments that train a trial elsewhere, and up to another epoch.
  func arguments(_ trial: Trial, at path: String, epochs: Int) -> [String] {
    let settings = trial.hyperparameters
    var arguments = [
      "train", "--resume-if-begun", "--out", path, "--data", data.path,
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
  func line(_ trial: Trial) -> String { shellLine([programPath()] + arguments(trial)) }
}
