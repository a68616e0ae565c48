import Foundation
import HighwayNetworks
import Libc
import TerminalHarness
import TestSupport
import Testing

@testable import tollgate

/// Results that other machines write while they are read.
struct SharedDiskTests {
  private let workspace: TemporaryDirectory
  private static let options = [
    "experiment", "--data", "shapes", "--out", "grid", "--units", "4", "--batch-size", "20",
    "--gating",
    "coupled", "--depth", "3", "--learning-rate", "0.1,0.05", "--epochs", "2",
  ]

  init() throws {
    workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
  }

  @Test func theScriptTrainsWhatIsLeftAndNothingElse() throws {
    let made = try Program.run(Self.options + ["--slurm"], in: workspace)
    #expect(made.status == .exited(0), "\(made.error)")
    #expect(made.output.hasPrefix("#!/bin/bash\n") && made.output.contains("#SBATCH --array=0-1\n"))
    // What was measured is in no run.
    #expect(try workspace.names() == ["shapes"])
    try workspace.write("array.sh", made.output)
    for task in 0...1 {
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/bash")
      shell.arguments = [workspace.at("array.sh"), "\(task)"]
      shell.standardOutput = FileHandle.nullDevice
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 0)
      let left = try Program.run(Self.options + ["--list"], in: workspace)
      #expect(left.lines.count == 1 - task)
    }
    let again = try Program.run(Self.options + ["--slurm"], in: workspace)
    #expect(again.status == .exited(0) && again.output == "")
    #expect(
      again.error == "tollgate: note: every trial is finished; there is no job array to submit\n")
    let summary = try Program.run(
      ["experiment", "--out", "grid", "--summary", "--csv"], in: workspace)
    #expect(summary.lines.count == 2 && summary.lines[1].contains("coupled,3,4,2,0,"))
  }

  @Test func theSummaryTakesWholeLinesAlone() throws {
    #expect(try Program.run(Self.options, in: workspace).status == .exited(0))
    let names = try workspace.names(in: "grid")
    let metrics = try workspace.bytes("grid/\(names[0])/metrics.jsonl")
    // Another program appends; what it has written so far may end anywhere, and a server may show zeros there.
    for cut in [1, 10, 40] {
      for filler: [UInt8] in [[], [0, 0, 0]] {
        try workspace.write("grid/\(names[0])/metrics.jsonl", metrics.dropLast(cut) + filler)
        let epochs = try RunSummary.read(workspace.at("grid/\(names[0])")).metrics.map(\.epoch)
        // Without its line break alone the line is whole.
        #expect(epochs == (cut == 1 && filler.isEmpty ? [0, 1, 2] : [0, 1]), "\(cut) \(filler)")
      }
    }
    // A run that another machine has just begun, and one that was sent halfway.
    try workspace.write("grid/begun/.tollgate-1-00000000-a.tmp", "{")
    try workspace.write("grid/sent/epoch-0000.safetensors", "half")
    let outcome = try Program.run(["experiment", "--out", "grid", "--summary"], in: workspace)
    #expect(outcome.status == .exited(0))
    #expect(outcome.lines.contains("left out: \(names[0]): at epoch 1 of 2"))
    #expect(outcome.lines.count { $0.contains("run.json is missing") } == 2)
  }

  @Test func aPolledDirectoryTellsOfFilesWhateverTheClockSays() throws {
    try workspace.write("run/run.json", "{}")
    try workspace.write("run/metrics.jsonl", "1\n")
    var polled = PolledDirectory(workspace.at("run"))
    /// What is asked twice and once told.
    func tells() -> Bool { polled.hasChanged() && !polled.hasChanged() }
    #expect(!tells())
    try workspace.write("run/epoch-0000.safetensors", "new")
    #expect(tells())
    try workspace.write("run/metrics.jsonl", "1\n2\n")
    // As a machine leaves it whose clock is decades behind.
    let old = [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)]
    #expect(unsafe utimes(workspace.at("run/metrics.jsonl"), old) == 0)
    #expect(tells())
    try workspace.delete("run")
    #expect(tells())
  }

  @Test func sharedFileSystemsAreKnownByTheirMounts() {
    let mounts = """
      22 1 254:0 / / rw,relatime - ext4 /dev/root rw
      36 22 0:45 / /home rw,relatime shared:7 master:2 - nfs4 server:/home rw,vers=4.2
      37 22 0:46 / /mnt/a\\040b rw - fuse.sshfs host:/ rw
      """
    #expect(fileSystem(ofDevice: "254:0", mounts: mounts) == "ext4")
    #expect(fileSystem(ofDevice: "0:45", mounts: mounts) == "nfs4")
    #expect(fileSystem(ofDevice: "0:46", mounts: mounts) == "fuse.sshfs")
    #expect(fileSystem(ofDevice: "0:4", mounts: mounts) == nil)
    #expect(isShared("nfs4") && isShared("fuse.sshfs") && !isShared("ext4") && !isShared("tmpfs"))
  }

  @Test func modelsOfAPackageAreFoundBesideItsProgram() {
    #expect(
      ModelLocation.modelDirectories(program: "/usr/bin") == [
        "/usr/bin/models", "/usr/models", "/usr/share/tollgate/models",
      ])
    #expect(
      ModelLocation.modelDirectories(program: "/src/.build/release").contains("/src/models"))
  }
}
