import ArgumentParser

/// `tollgate tour`: opens the explorer on the tour.
struct TourCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tour",
    abstract: "Take a tour of the explorer: one network, step by step, in five minutes.",
    discussion: """
      Enter goes on, Backspace goes back, Esc leaves. Any other key explores as usual, and Enter then comes \
      back to the step.
      """)

  @OptionGroup var options: ExplorerOptions

  func run() throws {
    try reportingFailure {
      guard let models = ModelLocation.tour() else { throw Failure(ModelLocation.tourProblem) }
      try options.explore(.tour(models))
    }
  }
}
