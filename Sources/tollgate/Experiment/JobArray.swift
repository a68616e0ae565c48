import HighwayNetworks
import TensorFiles

/// A script for `sbatch` that trains trials, each as a task of a job array.
struct JobArray {
  /// The commands of the trials, each a line for a shell.
  let commands: [String]
  /// What one trial needs at the most.
  let need: TrialNeed

  /// The most tasks of an array: one below the number that Slurm allows where nobody has changed it.
  static let mostTasks = 1_000

  private var tasks: Int { min(commands.count, Self.mostTasks) }
  private var trialsPerTask: Int { (commands.count + tasks - 1) / tasks }

  /// The script.
  ///
  /// The commands are branches of a `case`: whatever a path holds, a line of its own included, is quoted there.
  /// Nothing but numbers goes into the lines for Slurm.
  var script: String {
    let branches = commands.enumerated().map { "  \($0)) \($1) ;;\n" }.joined()
    return """
      #!/bin/bash
      # Trains \(commands.count) trials of an experiment as a job array. Submit it with sbatch, as often as need be: a
      # trial that is finished ends at once, one that was stopped goes on from its last whole epoch.
      # \(need.words)
      # Without Slurm, bash SCRIPT NUMBER does what that task would.
      #SBATCH --job-name=tollgate
      #SBATCH --array=0-\(tasks - 1)
      #SBATCH --ntasks=1
      #SBATCH --cpus-per-task=1
      #SBATCH --time=\(need.time(trials: trialsPerTask))
      #SBATCH --mem=\(need.mebibytes)M
      #SBATCH --requeue

      trial() {
        case $1 in
      \(branches)  esac
      }

      status=0
      for ((number = ${SLURM_ARRAY_TASK_ID:-${1:?a number of a trial}}; number < \(commands.count); number += \(tasks))); do
        trial "$number" || status=$?
      done
      exit "$status"

      """
  }
}

/// What a trial takes, from the first epoch of one.
struct TrialNeed {
  /// The trial that was measured.
  let trial: String
  /// How long its first epoch took, in seconds.
  let epochSeconds: Double
  /// How long it took to start, read the data and measure the initialization, in seconds.
  let startSeconds: Double
  /// The most memory that it had, in bytes.
  var memory: Int
  /// How many epochs a trial has.
  let epochs: Int

  /// Another machine may be slower, and busy.
  private static let timeMargin = 2.0
  private static let memoryMargin = 1.5
  /// A job below this many seconds gains nothing from asking for less.
  private static let leastSeconds = 300.0

  /// A trial's time as it is expected here, in seconds.
  var seconds: Double { startSeconds + Double(epochs) * epochSeconds }

  /// What is asked for so many trials, one after the other, as `HOURS:MINUTES:00`.
  func time(trials: Int) -> String {
    let asked = max(Self.leastSeconds, seconds * Self.timeMargin * Double(trials))
    // Days of a year are enough for any queue.
    let minutes = Int(min(asked / 60, 525_600).rounded(.up))
    let rest = minutes % 60
    return "\(minutes / 60):\(rest < 10 ? "0" : "")\(rest):00"
  }

  /// The memory that is asked for, in MiB, in steps of 64.
  var mebibytes: Int {
    let asked = Double(memory) * Self.memoryMargin / Double(1 << 20)
    return max(1, Int((asked / 64).rounded(.up))) * 64
  }

  /// What was measured and what is asked for.
  var words: String {
    "Measured: \(NumberFormat.fixed(startSeconds, 1)) s to start, \(NumberFormat.fixed(epochSeconds, 2)) s an epoch and "
      + "\(memory >> 20) MiB for \(trial.printablePath), so \(NumberFormat.fixed(seconds, 0)) s for \(epochs) epochs; "
      + "asked for are \(NumberFormat.fixed(Self.timeMargin, 0)) times the time, at least "
      + "\(NumberFormat.fixed(Self.leastSeconds / 60, 0)) minutes, and \(NumberFormat.fixed(Self.memoryMargin, 1)) times "
      + "the memory."
  }
}
