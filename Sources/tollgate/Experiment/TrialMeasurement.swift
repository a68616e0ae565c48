import HighwayNetworks
import Libc
import TensorFiles

extension TrialNeed {
  /// Trains the first epoch of the largest trials in a directory that is removed afterwards, and takes what the slowest
  /// of them needed.
  ///
  /// Stacks are compared by their parameters; of networks that are described each is measured, since a layer of maps
  /// has few parameters and takes long.
  ///
  /// - Throws: ``Failure`` where no trial can be trained.
  static func measured(_ trials: [Trial], _ commands: TrialCommands) throws -> TrialNeed {
    let directory = try temporaryDirectory()
    defer { remove(directory) }
    let interruption = Interruption.catching()
    let progress = ProgressLine(isShown: true)
    var found: [TrialNeed] = []
    var problem = "no trial is left"
    for trial in largest(of: trials) {
      progress.show("measuring the first epoch of \(trial.name.excerpt)", fraction: 0)
      do {
        found.append(try measured(trial, commands, in: directory, interruption))
      } catch let failure as Failure where !interruption.happened {
        problem = failure.line
      }
    }
    progress.clear()
    guard var need = found.max(by: { $0.seconds < $1.seconds }) else {
      throw Failure("the first epoch cannot be measured: \(problem)")
    }
    need.memory = found.map(\.memory).max() ?? need.memory
    return need
  }

  /// One trial of each kind that may be the slowest; the least learning rate, which is the least likely to diverge.
  private static func largest(of trials: [Trial]) -> [Trial] {
    let stacks = trials.filter { $0.stack != nil }
    let size = stacks.map(\.parameters).max()
    var candidates = stacks.filter { $0.parameters == size }
    candidates = Array(candidates.sorted { $0.rate < $1.rate }.prefix(1))
    var names: Set<String> = []
    for trial in trials.sorted(by: { $0.rate < $1.rate }) {
      guard case .described(let described) = trial.network, names.insert(described.name).inserted
      else { continue }
      candidates.append(trial)
    }
    return candidates
  }

  private static func measured(
    _ trial: Trial, _ commands: TrialCommands, in directory: String, _ interruption: Interruption
  ) throws -> TrialNeed {
    let path = "\(directory)/\(trial.name)"
    let clock = ContinuousClock()
    let start = clock.now
    let process = try TrialProcess(trial, arguments: commands.arguments(trial, at: path, epochs: 1))
    var isPassedOn = false
    var ending = process.ending()
    while ending == nil {
      if interruption.happened && !isPassedOn {
        isPassedOn = true
        process.signal(interruption.signal)
      }
      usleep(20_000)
      ending = process.ending()
    }
    let whole = (clock.now - start) / .seconds(1)
    if interruption.happened { throw Failure("interrupted", status: 128 + interruption.signal) }
    let metrics = (try? RunSummary.read(path))?.metrics.last { $0.epoch == 1 }
    guard let metrics else {
      if case .failed(let line) = ending { throw Failure("\(trial.name.excerpt): \(line)") }
      throw Failure("\(trial.name.excerpt): the first epoch was not recorded")
    }
    // Of an epoch that diverged nothing was measured but all of it.
    let epoch = metrics.seconds.isFinite ? min(metrics.seconds, whole) : whole
    return TrialNeed(
      trial: trial.name, epochSeconds: epoch, startSeconds: whole - epoch,
      memory: peakMemory(ofChildren: true), epochs: commands.epochs)
  }

  private static func temporaryDirectory() throws -> String {
    let base = unsafe getenv("TMPDIR").map { unsafe String(systemPath: $0) } ?? "/tmp"
    var template = (base + "/tollgate-XXXXXX").systemPath
    guard unsafe mkdtemp(&template) != nil else {
      throw Failure("\(base.printablePath): \(unsafe String(cString: strerror(errno))); set TMPDIR")
    }
    return String(systemPath: template.dropLast().map(UInt8.init(bitPattern:)))
  }

  /// Removes the runs that were measured: directories of files.
  private static func remove(_ directory: String) {
    for run in (try? Directory.names(in: directory)) ?? [] {
      for file in (try? Directory.names(in: "\(directory)/\(run)")) ?? [] {
        _ = unsafe unlink("\(directory)/\(run)/\(file)".systemPath)
      }
      _ = unsafe rmdir("\(directory)/\(run)".systemPath)
    }
    _ = unsafe rmdir(directory.systemPath)
  }
}

extension Trial {
  /// The number of parameters, as far as the time goes with it; of a stack, without its output.
  var parameters: Int {
    switch network {
    // The first layer's inputs, 784 for the usual images, weigh in shallow networks.
    case .stack(let stack):
      stack.depth * stack.gating.partCount * stack.units * stack.units + 784 * stack.units
    case .described(let described): ParameterLayout(described.architecture).count
    }
  }

  fileprivate var rate: Float { hyperparameters.learningRate }
}
