import ArgumentParser
import HighwayNetworks

/// `tollgate inspect`: what a file holds, and what is wrong with it.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a checkpoint, a run or a data set holds, and what is wrong with it.",
    discussion: """
      CONFIRMED is what was read and checked, INFERRED what follows from names and sizes and may be \
      otherwise, UNKNOWN what is there and not understood. The exit status is 1 where something is WRONG.
      """)

  @Argument(
    help:
      """
      A checkpoint (safetensors, PyTorch, .npz), with #NAME for one of several stacks; a run directory; recorded \
      gates, in a file or a directory; or a data set (IDX, CIFAR, .npz, .npy, safetensors, HDF5, CSV, or a directory \
      of PNG files for each class).
      """, transform: typedPath)
  var path: String

  @OptionGroup var architecture: ArchitectureOption
  @OptionGroup var dataChoice: DataChoiceOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try reportingFailure {
      let inspection = Inspection.of(
        path, architecture: try architecture.read(), choice: architecture.convention.choice,
        data: dataChoice.choice)
      let report = InspectionReport(inspection)
      try writeOutput(json ? report.json + "\n" : report.text)
      guard inspection.wrong.isEmpty else { throw ExitCode(1) }
    }
  }
}
