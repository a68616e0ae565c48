import ExplorerUI
import HighwayNetworks
import Libc
import TensorFiles
import TerminalHarness
import TestSupport
import Testing

@testable import tollgate

/// Paths that are typed, and what is left of writers that were killed.
struct PathTests {
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  private func open(_ changes: [String: String]) throws -> PseudoTerminal {
    let terminal = try Explorer.start(["run", "--data", "shapes"], in: workspace, changes)
    try terminal.wait(forText: "sample 0, true class left")
    return terminal
  }

  @Test func aTildeIsTheHomeDirectoryEverywhere() throws {
    let home = try TemporaryDirectory()
    try home.copy(workspace.at("run"), as: "other")
    let terminal = try open(["HOME": home.path])
    terminal.send("t")
    try terminal.wait(for: "epoch 4") { $0.marks == "●●●●○" }
    terminal.send("w")
    try terminal.wait(forText: "save the trained epochs as run")
    terminal.send("\u{15}~/kept\r")
    try terminal.wait(forText: "saved 1 epoch in \(home.path)/kept")
    #expect(try RunDirectory.open(home.at("kept")).epochs == [0, 1, 2, 3, 4])
    terminal.send("e")
    try terminal.wait(forText: "write what is shown to")
    terminal.send("\u{15}~/picture.svg\r")
    try terminal.wait(forText: "wrote picture.svg in ~")
    #expect(try home.bytes("picture.svg").starts(with: Array("<?xml".utf8)))
    terminal.send(":compare ~/other\r")
    try terminal.wait(for: "the other run") {
      $0.screen.contains("other") && $0.screen.contains("2 ")
    }
    terminal.send(":open ~/other/\r")
    try terminal.wait(for: "the other run") { $0.header.contains("other") }
    #expect(try !workspace.names().contains("~"))
  }

  @Test func aTildeInAnOptionIsTheHomeDirectory() throws {
    let env = ["/usr/bin/env", "HOME=\(workspace.path)"]
    func outcome(_ words: [String]) throws -> Outcome {
      try Program.run(words, in: TemporaryDirectory(), under: env)
    }
    let analyzed = try outcome(["analyze", "~/run", "--data=~/shapes", "--samples", "5"])
    #expect(analyzed.status == .exited(0), "\(analyzed.error)")
    let drawn = try outcome(["render", "overview", "~/run", "--data=~/shapes", "--output=~/a.svg"])
    #expect(drawn.status == .exited(0), "\(drawn.error)")
    #expect(try workspace.bytes("a.svg").starts(with: Array("<?xml".utf8)))
    let compared = try outcome(["compare", "~/run", "~/run/", "--text"])
    #expect(compared.output.contains("coupled"), "\(compared.error)")
    let options = ["train", "--data=~/shapes", "--out=~/other", "--depth=2", "--units=2"]
    #expect(try outcome(options + ["--epochs=1"]).status == .exited(0))
    #expect(try RunDirectory.open(workspace.at("other")).epochs == [0, 1])
  }

  @Test func settingsAreTheirOwnersAlone() throws {
    let terminal = try open(["XDG_STATE_HOME": workspace.at("state")])
    terminal.send("2q")
    #expect(try terminal.waitForExit() == .exited(0))
    var status = stat()
    #expect(unsafe stat(workspace.at("state/tollgate"), &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
    #expect(try workspace.names(in: "state/tollgate") == ["explorer.json"])
  }

  @Test func whatAKilledWriterOfSettingsLeftIsRemoved() throws {
    // No process has this number: they end below four million.
    let ending = temporaryName.split(separator: "-").dropFirst(2).joined(separator: "-")
    let path = try workspace.write("state/tollgate/.tollgate-999999999-\(ending)", "half")
    let mine = try workspace.write("state/tollgate/\(temporaryName)", "being written")
    // Whether that process is alive is known on the other host alone.
    let other = ".tollgate-999999999-00000000-a.tmp"
    let others = try workspace.write("state/tollgate/\(other)", "being written elsewhere")
    for file in [path, mine, others] {
      let times = [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)]
      #expect(unsafe utimes(file, times) == 0)
    }
    let terminal = try open(["XDG_STATE_HOME": workspace.at("state")])
    terminal.send("2q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(
      try workspace.names(in: "state/tollgate")
        == [temporaryName, other, "explorer.json"].sorted())
  }

  @Test func aRunIsKeptWholeOrNotAtAll() throws {
    let model = try ModelSource(workspace.at("run"))
    let description = try #require(model.description)
    var run = try RunDirectory.stage(for: workspace.at("kept"), description)
    for epoch in 0...2 { try run.record(model.checkpoint(epoch: epoch), epoch: epoch) }
    #expect(try !workspace.names().contains("kept"))
    // Whoever is killed here leaves a directory that the next one removes.
    let left = lastName(run.path)
    #expect(try workspace.names().contains(left))
    let whole = try run.publish(as: workspace.at("kept"))
    #expect(whole.epochs == [0, 1, 2])
    #expect(try RunDirectory.open(workspace.at("kept")).epochs == [0, 1, 2])
    #expect(try workspace.names() == ["kept", "run", "shapes"])
    #expect(try !workspace.names(in: "kept").contains("run.lock"))
  }

  @Test func aStagedRunTakesThePlaceOfAnEmptyDirectoryAndOfNothingElse() throws {
    let description = try #require(try ModelSource(workspace.at("run")).description)
    #expect(unsafe mkdir(workspace.at("empty"), 0o755) == 0)
    try workspace.write("empty/run.lock", "")
    var run = try RunDirectory.stage(for: workspace.at("empty"), description)
    _ = try run.publish(as: workspace.at("empty"))
    #expect(try workspace.names(in: "empty") == ["run.json"])
    #expect(throws: RunError.notEmpty(path: workspace.at("run"))) {
      try RunDirectory.stage(for: workspace.at("run"), description)
    }
    var late = try RunDirectory.stage(for: workspace.at("late"), description)
    try workspace.write("late/somebody.txt", "else")
    #expect(throws: RunError.notEmpty(path: workspace.at("late"))) {
      try late.publish(as: workspace.at("late"))
    }
    late.discard()
    #expect(try workspace.names() == ["empty", "late", "run", "shapes"])
  }

  @Test func whatAKilledKeeperLeftIsRemovedByTheNext() throws {
    let ending = temporaryName.split(separator: "-").dropFirst(2).joined(separator: "-")
    let left = ".tollgate-999999999-\(ending)"
    let others = ".tollgate-999999999-00000000-a.tmp"
    try workspace.copy(workspace.at("run"), as: left)
    try workspace.copy(workspace.at("run"), as: others)
    let description = try #require(try ModelSource(workspace.at("run")).description)
    let run = try RunDirectory.stage(for: workspace.at("kept"), description)
    #expect(try !workspace.names().contains(left))
    run.discard()
    // What a process of another host writes stays: a disk without locks does not tell whether it is alive.
    #expect(try workspace.names() == [others, "run", "shapes"])
  }

  /// A name of something temporary that this process writes.
  private let temporaryName = lastName(AtomicFile.temporaryPath(in: "."))
}

private func lastName(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}
