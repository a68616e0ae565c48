import ArgumentParser
import ExplorerUI
import HighwayNetworks
import TensorFiles

/// Which network is run over which samples.
struct SubjectOptions: ParsableArguments {
  @Argument(
    help: "A run directory, a checkpoint or, for analyze, recorded gates.", transform: typedPath)
  var path: String

  @OptionGroup var architecture: ArchitectureOption

  @OptionGroup var dataOptions: DataOptions
  var data: DataPlace? { dataOptions.place }

  @Option(help: "The samples to take: train or test; test if there are any.")
  var split: SampleSplit?

  @Option(parsing: .unconditional, help: "Take the first so many samples only.")
  var samples: Int?

  @Option(parsing: .unconditional, help: "The recorded epoch; the last if left out.")
  var epoch: Int?

  @Option(
    help: ArgumentHelp(
      """
      Hold T of a layer, of one unit or of a range of layers, as in 20-30=0, at a value in [0, 1]; may be \
      given several times, and later ones count more.
      """,
      valueName: "layer[:unit]=value"))
  var clamp: [ClampChoice] = []

  @Flag(
    help: """
      Hold every unit's T at its mean over the samples, so that no gate depends on its input; --clamp \
      counts more.
      """)
  var clampToMeans = false

  @Option(parsing: .unconditional, help: "The number of threads; the result does not depend on it.")
  var threads: Int = processorCount()

  func validate() throws {
    guard (1...1_024).contains(threads) else {
      throw ValidationError("--threads: expected 1 to 1024, found \(threads)")
    }
    if let samples, samples < 1 {
      throw ValidationError("--samples: expected at least 1, found \(samples)")
    }
  }

  /// Opens the network and its data, on each process that takes part.
  func open() throws -> Subject {
    let subject = try Processes.together(opened)
    if Processes.ranks.count > 1 {
      try Processes.expectSame(subject.fingerprint, "the network or the samples")
    }
    guard clampToMeans else { return subject }
    let free = Inference(subject.network, ranks: Processes.ranks).statistics(
      of: subject.samples, threads: threads)
    return subject.holding(GateClamps(meansOf: free))
  }

  private func opened() throws -> Subject {
    let model = try ModelSource(
      path, architecture: try architecture.read(), choice: architecture.convention.choice)
    guard let epoch = epoch ?? model.epochs.last, model.epochs.contains(epoch) else {
      let recorded = model.epochs.ranges
      throw Failure.usage(
        "--epoch: expected one of the recorded epochs \(recorded), found \(epoch ?? -1)")
    }
    let checkpoint = try model.checkpoint(epoch: epoch)
    let file = model.checkpointPath(epoch: epoch)
    let clamps = try clamps(for: model.architecture)
    let loaded = try ModelData(named: data, for: model)
    let network = checkpoint.network.fitted(to: loaded.set.shape)
    let split = split ?? (loaded.set.test.count > 0 ? .test : .train)
    let chosen = loaded.set[split]
    guard chosen.count > 0 else {
      throw Failure.usage(
        "--split: \(loaded.set.name.excerpt) as it is here has no \(split.rawValue) samples; "
          + "choose the other split, or another copy with --data")
    }
    Self.note(checkpoint, path: file)
    if let stated = Self.statedEpoch(file), stated != epoch {
      writeError(
        "tollgate: note: \(file.printablePath): its metadata says epoch \(stated); the name counts\n"
      )
    }
    if model.normalization == nil, chosen.vectors == nil, data?.choice.normalization == nil {
      writeError(
        "tollgate: note: \(file.printablePath): does not say how pixels were normalized; they are taken "
          + "as pixels / 255; --normalization says it otherwise\n")
    }
    if let note = loaded.note(for: model) { writeError("tollgate: note: \(note)\n") }
    let taken = loaded.samples(chosen, first: samples)
    return Subject(
      path: file, epoch: model.knownEpoch(epoch), network: network, clamps: clamps,
      data: loaded, split: split, samples: taken)
  }

  /// The epoch that a checkpoint's metadata names.
  private static func statedEpoch(_ path: String) -> Int? {
    (try? TensorFileReader.open(path))?.metadata("epoch").flatMap { Int($0) }
  }

  /// Says on standard error that results are not finite though the parameters are.
  static func note(_ subject: Subject, loss: Double?) {
    guard let loss, !loss.isFinite, subject.network.parameters.allSatisfy(\.isFinite) else {
      return
    }
    writeError(
      "tollgate: note: \(subject.path.printablePath): the loss is not finite over these samples, nor may other "
        + "results be: see the parameters and the normalization\n")
  }

  /// Says on standard error what is odd about a checkpoint that can be read.
  private static func note(_ checkpoint: Checkpoint, path: String) {
    let extra = checkpoint.extraTensors
    if !extra.isEmpty {
      let names = TensorName.folded(extra).map(\.excerpt)
      let more = names.count > 8 ? " and more" : ""
      writeError(
        "tollgate: note: \(path.printablePath): left out \(extra.count) "
          + (extra.count == 1 ? "tensor" : "tensors") + " that the architecture does not have: "
          + names.prefix(8).joined(separator: ", ") + more + "\n")
    }
    let count = checkpoint.network.parameters.count { !$0.isFinite }
    if count > 0 {
      writeError(
        "tollgate: note: \(path.printablePath): \(count) of \(checkpoint.network.parameters.count) "
          + "parameters \(count == 1 ? "is" : "are") not finite, nor is what depends on them; "
          + "tollgate inspect names the tensors\n")
    }
  }

  private func clamps(for architecture: Architecture) throws -> GateClamps {
    let gated = architecture.gatedLayers
    var clamps = GateClamps()
    for choice in clamp {
      for layer in try gated.members(of: choice.layers, option: "--clamp") {
        let units = architecture.output(ofLayer: layer).units
        if let unit = choice.unit, unit >= units {
          throw Failure.usage(
            "--clamp: no unit \(unit) in layer \(layer); they are 0–\(units - 1)")
        }
        clamps.hold(GateClamps.Target(layer: layer, unit: choice.unit), at: choice.value)
      }
    }
    return clamps
  }
}

/// A network, the samples it is run over, and the gates that are held.
struct Subject {
  /// The checkpoint's path.
  let path: String
  /// The epoch, where the files tell it.
  let epoch: Int?
  let network: Network
  private(set) var clamps: GateClamps
  let data: ModelData
  let split: SampleSplit
  private(set) var samples: Samples
  /// What steps are grouped by in the place of their classes; nil for those.
  private(set) var stepGroups: [String]?

  /// The same with gates held, unless its own clamps hold them.
  func holding(_ others: GateClamps) -> Subject {
    var held = self
    held.clamps = others
    for entry in clamps.entries { held.clamps.hold(entry.target, at: entry.value) }
    return held
  }

  /// The same with the steps of sequences grouped by the nearest change of their class; nil where they have none.
  var groupedByChange: Subject? {
    guard let grouped = samples.groupedByChange else { return nil }
    var subject = self
    subject.samples = grouped
    subject.stepGroups = Grouping.changeNames
    return subject
  }

  /// The SHA-256 of what is computed with.
  var fingerprint: String {
    let split = samples.split
    var hash = SHA256()
    hash.update(split.pixels)
    hash.update(network.parameters)
    hash.update(split.vectors ?? [])
    for numbers in [split.labels, split.lengths] { hash.update(numbers ?? []) }
    return hash.hexDigest
  }

  /// Why there is neither loss nor error; nil where there are.
  var outcomeProblem: String? { samples.outcomeProblem(of: network.architecture) }
}

extension Samples {
  /// Why a network has neither loss nor error over the samples; nil where it has.
  func outcomeProblem(of architecture: Architecture) -> String? {
    guard architecture.classes != nil else {
      return "the network has no output, so that there is no loss and no error"
    }
    return split.labels == nil
      ? "the samples have no labels, so that there is no loss and no error" : nil
  }
}

/// What the steps of tagged sequences are grouped by.
enum StepGroups: String, ExpressibleByArgument, CaseIterable {
  /// The class of each.
  case `class`
  /// How near a change of class is.
  case change
}

/// Gates that are held, written as `12=0.5`, `12:3=0` or `20-30=0`.
struct ClampChoice: ExpressibleByArgument {
  let layers: ClosedRange<Int>
  let unit: Int?
  let value: Float

  init?(argument: String) {
    let sides = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard sides.count == 2, let value = Float(sides[1]), (0...1).contains(value) else { return nil }
    let place = sides[0].split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(place.count), let layers = LayerRange(argument: String(place[0])) else {
      return nil
    }
    self.layers = layers.layers
    unit = place.count == 2 ? Int(place[1]) : nil
    if place.count == 2 {
      // One unit of one layer.
      guard let unit, unit >= 0, self.layers.count == 1 else { return nil }
    }
    self.value = value
  }
}

/// Layers from the first to the last, written as `20-49` or, for one, as `20`.
struct LayerRange: ExpressibleByArgument {
  let layers: ClosedRange<Int>

  init?(argument: String) {
    let ends = argument.split(
      omittingEmptySubsequences: false, whereSeparator: { "-–".contains($0) }
    )
    .map { Int($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
      0 <= first, first <= last
    else { return nil }
    layers = first...last
  }
}

extension [Int] {
  /// Those of the highway layers that are in a range, whose ends have to be two of them.
  func members(of range: ClosedRange<Int>, option: String) throws -> [Int] {
    for end in [range.lowerBound, range.upperBound] where !contains(end) {
      let known = isEmpty ? "there are none" : "they are \(ranges)"
      throw Failure.usage("\(option): no highway layer \(end); \(known)")
    }
    return filter(range.contains)
  }
}
