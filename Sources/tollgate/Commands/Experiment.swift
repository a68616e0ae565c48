import ArgumentParser
import HighwayNetworks

/// `tollgate experiment`: trains many networks, each a run of its own, and compares them.
struct Experiment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a grid or a random search of networks and sum up what came of them.",
    discussion: """
      Every combination of the settings is a trial: an ordinary run directory below --out, trained by a \
      process of its own. An experiment that was stopped goes on where it was; a trial that is finished \
      is never trained again. --list prints the commands of the trials that are left, one a line, for \
      GNU parallel or a job array; --summary gathers what came of all runs below --out, wherever they \
      were trained.
      """)

  @Option(
    help: ArgumentHelp("The directory of the trials' runs.", valueName: "directory"),
    transform: typedPath)
  var out: String

  @Option(
    help: ArgumentHelp("The data set; the MNIST subset if left out.", valueName: "path"),
    transform: typedPath)
  var data: String?

  @OptionGroup var dataChoice: DataChoiceOptions
  @OptionGroup(title: "Trials") var trials: TrialOptions
  @OptionGroup(title: "Training") var training: TrainingOptions

  @Option(parsing: .unconditional, help: "The epoch to train up to.")
  var epochs = 20

  @Option(
    help: "Then train the best setting of each network with so many seeds in all.")
  var repeatBest = 1

  @Option(
    parsing: .unconditional,
    help: "The number of trials that are trained at once, each on one thread.")
  var jobs: Int = processorCount()

  @Flag(help: "Print the commands of the trials that are left instead of running them.")
  var list = false

  @Flag(help: "Print the summary of the runs that are there instead of training.")
  var summary = false

  @Option(
    parsing: .unconditional, help: "The number of best settings that the summary takes the mean of."
  )
  var meanOf = 3

  @OptionGroup(title: "Output") var format: FormatOptions

  func validate() throws {
    if list && summary { throw ValidationError("--list and --summary: choose one") }
    let counts = [
      ("--epochs", epochs), ("--jobs", jobs), ("--repeat-best", repeatBest), ("--mean-of", meanOf),
    ]
    for (name, count) in counts where !(1...1_000_000).contains(count) {
      throw ValidationError("\(name): expected 1 to 1000000, found \(count)")
    }
    try trials.validate()
  }

  func run() throws {
    try reportingFailure {
      if !summary { try work() }
      if !list {
        let gathered = try GatheredRuns(below: out)
        let report = ExperimentReport(gathered: gathered, meanOf: meanOf)
        try writeOutput(format.choose(text: report.table, json: report.json, csv: report.csv))
      }
    }
  }

  /// Trains the trials, or lists them, and after them the best ones with further seeds.
  private func work() throws {
    let data = try data ?? Train.shippedData(near: out)
    let base = try training.hyperparameters(learningRate: 1, seed: 0)
    let place = DataPlace(absolute(data), choice: dataChoice.choice)
    let plan = try trials.plan(base: base, data: place)
    let commands = TrialCommands(
      out: absolute(out), data: place, epochs: epochs, training: training,
      descriptions: trials.descriptions)
    let runner = ExperimentRunner(
      commands: commands, jobs: jobs, showsProgress: !format.json && !format.csv)
    try pass(plan.trials, runner)
    guard repeatBest > 1 else { return }
    let results = try GatheredRuns(below: out).results
    let planned = Set(plan.trials)
    let done = results.filter { planned.contains($0.trial) }
    // Which setting is best is known only when all of them are done.
    guard done.count == planned.count else { return }
    try pass(
      ExperimentPlan.repetitions(of: ExperimentSummary(done), seeds: repeatBest), runner)
  }

  private func pass(_ trials: [Trial], _ runner: ExperimentRunner) throws {
    if list {
      try writeOutput(
        runner.unfinished(trials).map { runner.commands.shellLine($0) + "\n" }.joined())
    } else {
      try runner.run(trials)
    }
  }
}
