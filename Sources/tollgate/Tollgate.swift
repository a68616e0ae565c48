import ArgumentParser

/// The command line.
@main
struct Tollgate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tollgate",
    abstract: "A terminal explorer for the gates of highway networks.",
    usage: "tollgate [<path>]\ntollgate <subcommand>",
    discussion: """
      tollgate lists the models in models/ and the runs here; tollgate PATH opens a run directory or a \
      checkpoint. Inside, ? lists the keys.
      """,
    version: toolVersion,
    subcommands: [
      Explore.self, Train.self, Analyze.self, Lesion.self, Render.self, Compare.self,
      Inspect.self, Experiment.self,
    ],
    defaultSubcommand: Explore.self)
}

/// The version that runs record.
let toolVersion = "0.1.0"
