import ArgumentParser

/// How a command prints its result.
struct FormatOptions: ParsableArguments {
  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Print comma-separated values with a header line.")
  var csv = false

  func validate() throws {
    if json && csv { throw ValidationError("--json and --csv: choose one") }
  }

  /// The one of three forms that was asked for; the others are not made.
  func choose(
    text: @autoclosure () -> String, json: @autoclosure () -> String, csv: @autoclosure () -> String
  ) -> String {
    self.json ? json() + "\n" : self.csv ? csv() : text()
  }
}
