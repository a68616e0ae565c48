import ArgumentParser

/// `tollgate recorder`: the Python file that records gates from PyTorch models.
struct RecorderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recorder",
    abstract: "Print a Python file that records the gates of PyTorch models.",
    discussion: """
      tollgate recorder > recorder.py puts it beside your program; it needs torch and numpy alone. The text at its \
      head says how highway layers and LSTMs are recorded by themselves and other gates by a line each; \
      python recorder.py prints it. tollgate DIRECTORY then opens what was recorded, also while it grows.
      """)

  func run() throws {
    try reportingFailure { try writeOutput(PackageResources.recorder_py) }
  }
}
