import ArgumentParser
import HighwayNetworks
import TensorFiles

/// `tollgate experiment`: trains many networks, each a run of its own, and compares them.
struct Experiment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a grid or a random search of networks and sum up what came of them.",
    discussion: """
      Every combination of the settings is a trial: an ordinary run directory below --out, trained by a \
      process of its own. An experiment that was stopped goes on where it was; a trial that is finished \
      is never trained again. --list prints the commands of the trials that are left, one a line; \
      --slurm prints a job array of them and --gnu-parallel a line that trains them on several \
      machines; --summary gathers what came of all runs below --out, wherever they were trained. The \
      article From one core to a cluster has examples.
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
    help: """
      The number of trials that are trained at once, each on one thread. (default: one a processor)
      """)
  var jobs: Int?

  @Flag(help: "Print the commands of the trials that are left instead of running them.")
  var list = false

  @Flag(
    help: """
      Print a script for sbatch that trains the trials that are left as a job array. The first epoch of the \
      largest one is trained here, in a temporary directory, for the time and the memory to ask for.
      """)
  var slurm = false

  @Flag(help: "Print the line for GNU parallel that trains the trials that are left.")
  var gnuParallel = false

  @Option(
    help: ArgumentHelp(
      "With --gnu-parallel: the machines, with commas between them, as ssh knows them; : is this one.",
      valueName: "hosts"))
  var hosts: String?

  @Flag(help: "Print the summary of the runs that are there instead of training.")
  var summary = false

  @Option(
    parsing: .unconditional, help: "The number of best settings that the summary takes the mean of."
  )
  var meanOf = 3

  @OptionGroup(title: "Output") var format: FormatOptions

  func validate() throws {
    let asked = [
      (list, "--list"), (slurm, "--slurm"), (gnuParallel, "--gnu-parallel"), (summary, "--summary"),
    ].filter(\.0).map(\.1)
    if asked.count > 1 {
      throw ValidationError("\(asked.joined(separator: " and ")): choose one")
    }
    if let hosts {
      guard gnuParallel else { throw ValidationError("--hosts needs --gnu-parallel") }
      guard ParallelLine.hosts(hosts) != nil else {
        throw ValidationError(
          "--hosts: expected names of machines with commas between them, found \(hosts.excerpt)")
      }
    }
    let counts = [
      ("--epochs", epochs), ("--jobs", jobs ?? 1), ("--repeat-best", repeatBest),
      ("--mean-of", meanOf),
    ]
    for (name, count) in counts where !(1...1_000_000).contains(count) {
      throw ValidationError("\(name): expected 1 to 1000000, found \(count)")
    }
    try trials.validate()
  }

  func run() throws {
    try reportingFailure {
      if gnuParallel { return try printParallelLine() }
      if !summary { try work() }
      if !list && !slurm {
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
      commands: commands, jobs: jobs ?? processorCount(), showsProgress: !format.json && !format.csv
    )
    var left = try pass(plan.trials, runner)
    if repeatBest > 1, let repetitions = try repetitions(of: plan) {
      left += try pass(repetitions, runner)
    }
    if list { try printList(left, commands) }
    if slurm { try printJobArray(left, commands) }
  }

  /// The best settings with further seeds; nil until all trials are done, since which is best is not known before.
  private func repetitions(of plan: ExperimentPlan) throws -> [Trial]? {
    let planned = Set(plan.trials)
    let done = try GatheredRuns(below: out).results.filter { planned.contains($0.trial) }
    guard done.count == planned.count else { return nil }
    return ExperimentPlan.repetitions(of: ExperimentSummary(done), seeds: repeatBest)
  }

  /// Trains trials or, where they are listed only, returns those that are left.
  private func pass(_ trials: [Trial], _ runner: ExperimentRunner) throws -> [Trial] {
    if list || slurm { return try runner.unfinished(trials) }
    try runner.run(trials)
    return []
  }

  private func printList(_ left: [Trial], _ commands: TrialCommands) throws {
    let lines = left.map(commands.line)
    guard !lines.contains(where: { $0.utf8.contains(UInt8(ascii: "\n")) }) else {
      throw Failure.usage("--list: a path with a line break cannot stand in a line; choose another")
    }
    try writeShellText(lines.map { $0 + "\n" }.joined())
  }

  private func printJobArray(_ left: [Trial], _ commands: TrialCommands) throws {
    guard !left.isEmpty else {
      writeError("tollgate: note: every trial is finished; there is no job array to submit\n")
      return
    }
    let need = try TrialNeed.measured(left, commands)
    writeError("tollgate: note: \(need.words)\n")
    try writeShellText(JobArray(commands: left.map(commands.line), need: need).script)
  }

  private func printParallelLine() throws {
    guard let directory = workingDirectory() else {
      throw Failure("the working directory is no more")
    }
    let line = ParallelLine(
      arguments: ParallelLine.rest(of: Tollgate.words), directory: directory,
      hosts: hosts.flatMap(ParallelLine.hosts) ?? [], jobs: jobs)
    guard line.text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) == 1 else {
      throw Failure.usage("--gnu-parallel: a path with a line break cannot stand in a line")
    }
    try writeShellText(line.text)
  }
}
