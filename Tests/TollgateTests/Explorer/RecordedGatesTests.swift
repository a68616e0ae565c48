import TerminalHarness
import TestSupport
import Testing

/// Recorded gates in the explorer.
struct RecordedGatesTests {
  private let workspace: TemporaryDirectory

  init() throws {
    workspace = try TemporaryDirectory()
    try workspace.write("gates/.keep", "")
    try RecordedGates.write("gates/recording-0000.safetensors", to: workspace)
  }

  @Test func aRecordingThatAnotherProgramWritesIsFollowed() throws {
    let terminal = try Explorer.start(["gates", "--no-config"], in: workspace)
    try terminal.wait(for: "the recording") {
      $0.header.contains("epoch 0") && $0.screen.contains("▸mean i ")
    }
    // A file that is not whole has another name.
    try workspace.write("gates/.recording-x.tmp", "half of it")
    try RecordedGates.write("gates/recording-0001.safetensors", to: workspace, shift: 0.125)
    try terminal.wait(for: "epoch 1") {
      $0.marks == "●●" && $0.header.contains("epoch 1")
        && $0.screen.contains("▸mean i ")
    }
    terminal.send("<")
    try terminal.wait(for: "epoch 0") { $0.header.contains("epoch 0") }
  }

  @Test func theFirstRecordingIsWaitedFor() throws {
    try workspace.write("soon/.recording-x.tmp", "half of it")
    let terminal = try Explorer.start(["soon", "--no-config"], in: workspace)
    try terminal.wait(forText: "waiting for the first recording")
    // Of two machines one has come so far.
    try RecordedGates.write("soon/recording-0000.rank-1-of-2.safetensors", to: workspace)
    try RecordedGates.write("soon/recording-0000.rank-0-of-2.safetensors", to: workspace)
    try terminal.wait(forText: "▸mean i ")
  }

  @Test func aKeyTurnsTheGates() throws {
    let terminal = try Explorer.start(["gates", "--no-config"], in: workspace)
    try terminal.wait(forText: "▸mean i ")
    terminal.send("S")
    try terminal.wait(forText: "▸mean f ")
    #expect(terminal.header.contains("gate f"))
    terminal.send("SS")
    try terminal.wait(forText: "▸mean i ")
    terminal.send("x")
    try terminal.wait(forText: "so no gate can be held")
    terminal.send("4")
    try terminal.wait(forText: "true class low")
  }
}
