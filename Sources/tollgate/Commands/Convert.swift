import ArgumentParser
import HighwayNetworks
import TensorFiles

/// `tollgate convert`: another program's checkpoint as one of Tollgate's.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Write the highway network in another program's checkpoint as safetensors of Tollgate's layout.",
    discussion: """
      Reads PyTorch checkpoints (.pt, .pth, .th), safetensors, sharded ones by their index, .npz, HDF5 \
      (.h5, .hdf5) and .keras. Where a file \
      holds several stacks of highway layers, FILE#NAME is one; tollgate inspect FILE lists them and says what is \
      taken for what.
      """)

  @Argument(
    help: "The checkpoint, with #NAME behind it where it holds several stacks.",
    transform: typedPath)
  var file: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "path"),
    transform: typedPath)
  var output: String

  @OptionGroup var architecture: ArchitectureOption

  func run() throws {
    try reportingFailure {
      if ModelLocation.isSame(CheckpointPath(file).file, output) {
        throw Failure.usage("--output: expected another file than the one that is read")
      }
      var checkpoint = try Checkpoint.read(
        file, architecture: try architecture.read(), choice: architecture.convention.choice)
      if let origin = checkpoint.origin {
        let name = Directory.name(of: CheckpointPath(file).file)
        checkpoint.metadata.append(("source", "\(name): \(origin.summary)"))
      }
      try checkpoint.write(to: output)
      let lines = ArchitectureText(checkpoint.network.architecture).lines
      let origin = checkpoint.origin.map { "\n  \($0.summary)" } ?? ""
      try writeOutput(
        "\(output.printablePath): \(NumberFormat.count(checkpoint.network.parameters.count)) parameters\n  "
          + lines.joined(separator: "\n  ") + origin + "\n")
    }
  }
}
