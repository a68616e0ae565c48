import ArgumentParser
import HighwayNetworks
import TensorFiles

/// Which network is run over which samples.
struct SubjectOptions: ParsableArguments {
  @Argument(help: "A run directory or a .safetensors checkpoint.")
  var path: String

  @Option(help: ArgumentHelp("The data set; the one the run names if left out.", valueName: "path"))
  var data: String?

  @Option(help: "The samples to take: train or test.")
  var split: SplitChoice = .train

  @Option(parsing: .unconditional, help: "Take the first so many samples only.")
  var samples: Int?

  @Option(parsing: .unconditional, help: "The recorded epoch; the last if left out.")
  var epoch: Int?

  @Option(
    help: ArgumentHelp(
      """
      Hold T of a layer or of one unit at a value in [0, 1]; may be given several times, and later ones \
      count more.
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

  /// Opens the network and its data.
  func open() throws -> Subject {
    let model = try ModelSource(path)
    guard let epoch = epoch ?? model.epochs.last, model.epochs.contains(epoch) else {
      let recorded = model.epochs.ranges
      throw Failure.usage(
        "--epoch: expected one of the recorded epochs \(recorded), found \(epoch ?? -1)")
    }
    let checkpoint = try model.checkpoint(epoch: epoch)
    let network = checkpoint.network
    let file = model.checkpointPath(epoch: epoch)
    var clamps = try clamps(for: network.architecture)
    let loaded = try ModelData(named: data, for: model)
    let chosen = split.samples(of: loaded.set)
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
    if model.normalization == nil {
      writeError(
        "tollgate: note: \(file.printablePath): does not say how pixels were normalized; they are taken "
          + "as pixels / 255\n")
    }
    let taken = loaded.samples(chosen, first: samples)
    if clampToMeans {
      let free = Inference(network).statistics(of: taken, threads: threads)
      var held = GateClamps(meansOf: free)
      for entry in clamps.entries { held.hold(entry.target, at: entry.value) }
      clamps = held
    }
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
      guard gated.contains(choice.target.layer) else {
        let range = gated.isEmpty ? "there are none" : "they are \(gated.ranges)"
        throw Failure.usage("--clamp: no highway layer \(choice.target.layer); \(range)")
      }
      let units = architecture.output(ofLayer: choice.target.layer).features
      if let unit = choice.target.unit, unit >= units {
        throw Failure.usage(
          "--clamp: no unit \(unit) in layer \(choice.target.layer); they are 0–\(units - 1)")
      }
      clamps.hold(choice.target, at: choice.value)
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
  let clamps: GateClamps
  let data: ModelData
  let split: SplitChoice
  let samples: Samples
}

/// A part of a data set as the command line names it.
enum SplitChoice: String, ExpressibleByArgument, CaseIterable {
  case train
  case test

  func samples(of set: DataSet) -> DataSet.Split {
    switch self {
    case .train: set.train
    case .test: set.test
    }
  }
}

/// A gate that is held, written as `12=0.5` or `12:3=0`.
struct ClampChoice: ExpressibleByArgument {
  let target: GateClamps.Target
  let value: Float

  init?(argument: String) {
    let sides = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard sides.count == 2, let value = Float(sides[1]), (0...1).contains(value) else { return nil }
    let place = sides[0].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(place.count), let layer = place[0], layer >= 0 else { return nil }
    if place.count == 2 {
      guard let unit = place[1], unit >= 0 else { return nil }
      target = GateClamps.Target(layer: layer, unit: unit)
    } else {
      target = GateClamps.Target(layer: layer)
    }
    self.value = value
  }
}

extension [Int] {
  /// The numbers as ranges, such as `1–49` or `1–3, 5–9`.
  fileprivate var ranges: String {
    var parts: [(first: Int, last: Int)] = []
    for number in self {
      if let last = parts.last, last.last + 1 == number {
        parts[parts.count - 1].last = number
      } else {
        parts.append((number, number))
      }
    }
    return parts.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" }
      .joined(separator: ", ")
  }
}
