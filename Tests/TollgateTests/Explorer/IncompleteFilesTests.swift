import TerminalHarness
import TestSupport
import Testing

/// A model whose data set or an epoch is not here or not right: it opens and says what to do.
struct IncompleteFilesTests {
  /// Lives as long as the test, so that the explorer has its files.
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  private func expectBiasesOnly(
    _ terminal: PseudoTerminal, problem: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try terminal.wait(for: "gate biases and the problem") {
      terminal in
      terminal.screen.contains(problem)
        && terminal.screen.text.contains { $0.contains("gate bias") && $0.contains("-2.1") }
    }
    #expect(terminal.header.contains("epoch 3"), sourceLocation: sourceLocation)
    #expect(!terminal.header.contains("sample 0"), sourceLocation: sourceLocation)
    terminal.send("<<<")
    try terminal.wait(for: "epoch 0") { $0.screen.row(with: "since start").contains("0.000") }
    terminal.send("t")
    try terminal.wait(for: "the reason") { $0.screen.contains(problem) }
    for key in ["2", "3", "6"] {
      terminal.send(key)
      try terminal.wait(for: "view \(key)") { $0.screen.contains(String(problem.prefix(20))) }
    }
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0), sourceLocation: sourceLocation)
  }

  @Test func anUnknownDataSetIsAskedFor() throws {
    let terminal = try Explorer.start(["run"], in: workspace)
    try expectBiasesOnly(terminal, problem: "the data set shapes is not here")
  }

  @Test func aDataSetThatDoesNotFitIsRefused() throws {
    try Shapes.write(to: workspace, as: "tall", height: 8)
    let terminal = try Explorer.start(["run", "--data", "tall"], in: workspace)
    try expectBiasesOnly(terminal, problem: "the network takes inputs of 12 values")
  }

  @Test func aNameWithControlCharactersIsHarmless() throws {
    try workspace.replace(
      "\"name\": \"shapes\"", with: #""name": "\u001b[31mred\u0007""#, in: "run/run.json")
    let terminal = try Explorer.start(["run"], in: workspace)
    try terminal.wait(forText: "\\u{1b}[31mred")
    #expect(!terminal.output.contains(0x07))
    #expect(terminal.screen.unknown == [])
  }

  @Test func aCheckpointAloneOpensWithItsData() throws {
    let terminal = try Explorer.start(
      ["run/epoch-0002.safetensors", "--data", "shapes"], in: workspace)
    try terminal.wait(forText: "sample 0, true class left")
    #expect(terminal.header.contains("epoch-0002"))
    #expect(terminal.header.contains("epoch 2"))
  }

  @Test func withoutTrainingImagesItIsShownButNotTrained() throws {
    try workspace.delete("shapes/train-images-idx3-ubyte")
    try workspace.delete("shapes/train-labels-idx1-ubyte")
    let terminal = try Explorer.open(in: workspace)
    terminal.send("t")
    try terminal.wait(for: "the reason") { $0.screen.contains("has no training images") }
    // The long message covers the timeline until the next key.
    terminal.send("j")
    try terminal.wait(for: "no new epoch") { $0.marks == "●●●●" }
  }

  @Test func aBrokenEpochIsNamedAndTheOthersStillShow() throws {
    let name = "run/epoch-0002.safetensors"
    try workspace.write(name, Array(workspace.bytes(name).dropLast(100)))
    let terminal = try Explorer.open(in: workspace)
    terminal.send("<")
    try terminal.wait(for: "the reason") {
      $0.header.contains("epoch 2") && $0.screen.text.suffix(2).joined().contains(name)
    }
    terminal.send("<")
    try terminal.wait(for: "epoch 1") {
      $0.header.contains("epoch 1") && $0.header.contains("true class left")
    }
  }
}
