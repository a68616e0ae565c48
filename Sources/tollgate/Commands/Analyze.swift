import ArgumentParser
import HighwayNetworks

/// `tollgate analyze`: everything the gates did, as a table or as JSON.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what the gates of a network do over a data set.")

  @Argument(help: "A run directory or a .safetensors checkpoint.")
  var path: String

  @Option(help: ArgumentHelp("The data set; the one the run names if left out.", valueName: "path"))
  var data: String?

  @Option(help: "The samples to take: train or test.")
  var split: SplitChoice = .train

  @Option(help: "Take the first so many samples only.")
  var samples: Int?

  @Option(help: "The recorded epoch; the last if left out.")
  var epoch: Int?

  @Option(help: "Cells with T below this count as carried.")
  var low: Float = 0.1

  @Option(help: "Cells with T above this count as transformed.")
  var high: Float = 0.9

  @Option(help: "The number of threads; the result does not depend on it.")
  var threads: Int = processorCount()

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard 0 <= low, low <= high, high <= 1 else {
      throw ValidationError("--low, --high: expected 0 ≤ low ≤ high ≤ 1, found \(low), \(high)")
    }
    guard (1...1_024).contains(threads) else {
      throw ValidationError("--threads: expected 1 to 1024, found \(threads)")
    }
    if let samples, samples < 1 {
      throw ValidationError("--samples: expected at least 1, found \(samples)")
    }
  }

  func run() throws {
    try reportingFailure {
      let model = try OpenModel(path)
      guard let epoch = epoch ?? model.epochs.last, model.epochs.contains(epoch) else {
        let recorded = model.epochs.map(String.init).joined(separator: ", ")
        throw Failure.usage(
          "--epoch: expected one of the recorded epochs \(recorded), found \(epoch ?? -1)")
      }
      let network = try model.network(epoch: epoch)
      let loaded = try LoadedData.open(data, for: model)
      let chosen = split.samples(of: loaded.set)
      guard chosen.count > 0 else {
        throw Failure.usage(
          "--split: \(loaded.set.name.excerpt) as it is here has no \(split.rawValue) samples; "
            + "choose the other split, or another copy with --data")
      }
      let report = AnalysisReport(
        path: model.checkpointPath(epoch: epoch), epoch: epoch, data: loaded.set, split: split,
        statistics: network.gateStatistics(
          chosen, shape: loaded.set.shape, normalization: loaded.normalization,
          thresholds: Thresholds(low: low, high: high), samples: samples, threads: threads))
      try writeOutput(json ? report.json + "\n" : report.table)
    }
  }
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
