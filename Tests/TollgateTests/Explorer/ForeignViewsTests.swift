import TerminalHarness
import TestSupport
import Testing

/// A stack of another program in the explorer, without output and labels.
struct ForeignViewsTests {
  @Test func everyViewWorksOrSaysWhyNot() throws {
    let workspace = try TemporaryDirectory()
    let values: [Float] = [0.5, -2, 3, 1e-3, 0, -7]
    try workspace.write(
      "vectors.npy", npy(npyHeader("<f4", "(2, 3)"), values.flatMap { le($0.bitPattern) }))
    let terminal = try Explorer.start(
      [try fixture("hdf5/elmo.th"), "--data", "vectors.npy", "--no-config"], in: workspace)
    try terminal.wait(for: "the stack") {
      $0.header.contains("(allennlp, gate of x confirmed)") && $0.screen.contains("mean T")
    }
    let views = [
      ("2", "no labels"), ("3", "carried <"), ("4", "sample T"), ("5", "no output"),
      ("6", "no epochs yet"), ("8", "carry product"),
    ]
    for (key, words) in views {
      terminal.send(key)
      try terminal.wait(forText: words)
    }
    terminal.send("1K")
    try terminal.wait(for: "the other gate") { $0.header.contains("gate of H confirmed") }
    // Files of every format that can be opened are proposed.
    try workspace.write("mine.PTH", "")
    try workspace.write("mine.keras", "")
    try workspace.write("notes.md", "")
    terminal.send(":open ")
    try terminal.wait(for: "the files") {
      $0.screen.contains("mine.PTH") && $0.screen.contains("mine.keras")
        && $0.screen.contains("vectors.npy") && !$0.screen.contains("notes.md")
    }
  }
}
