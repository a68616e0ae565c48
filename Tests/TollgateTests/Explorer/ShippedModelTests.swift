import Foundation
import TerminalHarness
import Testing

/// The model that comes with the program.
struct ShippedModelTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static var isHere: Bool {
    FileManager.default.fileExists(atPath: root + "/models/mnist-highway-50/run.json")
  }

  @Test(.enabled(if: isHere)) func opensWithoutArgumentsAndShowsItsGates() throws {
    let terminal = try Explorer.start(
      ["--samples", "20"], in: Self.root, width: 160, height: 50)
    try terminal.wait(for: "the model and its gates") {
      $0.header.contains("mnist-highway-50") && $0.header.contains("MNIST test, 1,000 samples")
        && $0.header.contains("49×50 coupled") && $0.screen.row(with: "mean T    ").contains("±")
    }
    #expect(terminal.header.contains("epoch 100"))
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
