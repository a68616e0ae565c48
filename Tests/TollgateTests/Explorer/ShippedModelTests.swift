import Foundation
import TerminalHarness
import Testing

/// The models that come with the program.
struct ShippedModelTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static var isHere: Bool {
    FileManager.default.fileExists(atPath: root + "/models/mnist-highway-50/run.json")
  }

  @Test(.enabled(if: isHere)) func enterOpensTheFirstOfThemAndShowsItsGates() throws {
    let terminal = try Explorer.start(
      ["--samples", "20"], in: Self.root, width: 160, height: 50)
    try terminal.wait(for: "the list and a picture of the gate biases") {
      $0.screen.contains("› mnist-highway-50") && $0.screen.contains("fashion-highway-50")
        && $0.screen.row(with: "gate bias").contains("-1.")
    }
    terminal.send("\r")
    try terminal.wait(for: "the model and its gates") {
      $0.header.contains("mnist-highway-50") && $0.header.contains("MNIST test, 1,000 samples")
        && $0.header.contains("49 layers × 50 units, coupled")
        && $0.screen.row(with: "mean T    ").contains("±")
    }
    #expect(terminal.header.contains("epoch 100"))
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test(.enabled(if: isHere)) func namedDataThatCannotBeReadIsSaidAndTheRunsOwnIsShown() throws {
    let terminal = try Explorer.start(
      ["models/mnist-highway-50", "--samples", "20", "--data", "nowhere"], in: Self.root)
    try terminal.wait(for: "the model and what is wrong with the data") {
      $0.header.contains("MNIST test") && $0.screen.contains("nowhere: no such file or directory")
        && $0.screen.contains("the run's own data set")
    }
  }
}
