import Foundation
import HighwayNetworks
import TensorFiles
import TerminalHarness
import TestSupport
import Testing

@testable import tollgate

/// Runs on other machines: what addresses mean, and the explorer while the connection comes and goes.
struct RemoteTests {
  @Test func addressesAreTakenApart() throws {
    let place = try RemotePlace("ssh://ada@login.example:2222/scratch/my%20run/")
    #expect(place.host == "ada@login.example" && place.port == 2222)
    #expect(place.path == "/scratch/my run" && place.name == "my run")
    #expect(place.source == "ada@login.example:/scratch/my run")
    #expect(try RemotePlace("ssh://near/~/runs/a").source == "near:./runs/a")
    #expect(try RemotePlace("ssh://[::1]/r").source == "[::1]:/r")
    #expect(try RemotePlace("ssh://[::1]:22/r").port == 22)
    #expect(try RemotePlace("ssh://near/$(x);'\"").path == "/$(x);'\"")
    #expect(try RemotePlace("ssh://near/-rf").source == "near:/-rf")
    #expect(try RemotePlace("ssh://near/~/-rf").source == "near:./-rf")
  }

  @Test(arguments: [
    "ssh://near", "ssh:///run", "ssh://-oProxyCommand=x/run", "ssh://u@-h/run", "ssh://-u@h/run",
    "ssh://a b/run",
    "ssh://h:0/run", "ssh://h:65536/run", "ssh://h:x/run", "ssh://h;x/run", "ssh://a@b@c/run",
    "ssh://h/", "ssh://h/~",
    "ssh://h/~/", "ssh://h/a/..", "ssh://h/a/../b", "ssh://h/.", "ssh://h/%zz", "ssh://h/%2",
    "ssh://h/a%00b",
    "ssh://h/%2e%2e",
  ])
  func addressesThatAreNoneAreRefused(address: String) {
    #expect(throws: RemotePlace.Problem.self) { try RemotePlace(address) }
  }

  @Test func whatRsyncSaysIsTold() throws {
    let cache = try TemporaryDirectory()
    let copy = try RemoteCopy(RemotePlace("ssh://near/run"), cache: cache.path)
    func outcome(_ status: Int32, _ lines: String...) -> RemoteCopy.Outcome {
      copy.outcome(ChildProcess.Ending(status: status, signal: 0, lines: lines))
    }
    let end = "rsync error: unexplained error (code 255) at io.c(231) [Receiver=3.2.7]"
    let closed = "rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]"
    #expect(outcome(0) == .copied && outcome(24, "file has vanished") == .copied)
    #expect(
      outcome(23, "rsync: [sender] link_stat \"/run\" failed: No such file or directory (2)", end)
        == .absent)
    #expect(
      outcome(255, "Welcome.", "ssh: connect to host near port 22: Connection refused", closed, end)
        == .failed("ssh: connect to host near port 22: Connection refused"))
    #expect(outcome(30, "rsync error: timeout") == .failed("rsync ended with status 30"))
    let words = copy.command(asks: false)
    #expect(words.suffix(3) == ["--", "near:/run", "\(Directory.parent(of: copy.path))/"])
    #expect(words.contains { $0.contains("BatchMode=yes") })
    #expect(!copy.command(asks: true).contains { $0.contains("BatchMode") })
  }

  @Test func whatIsCopiedIsToldFromWhatIsBegun() throws {
    let cache = try TemporaryDirectory()
    let copy = try RemoteCopy(RemotePlace("ssh://near/run"), cache: cache.path)
    let path = String(copy.path.dropFirst(cache.path.count + 1))
    #expect(RemoteCopy.holds(copy.path, cache: cache.path))
    #expect(!RemoteCopy.holds(cache.path + "s/run", cache: cache.path))
    #expect(copy.isIncomplete(RunError.notARun(path: copy.path, missing: "run.json")))
    #expect(!copy.isIncomplete(RunError.notARun(path: "/other", missing: "run.json")))
    try cache.write("\(path)/run.lock", "")
    try cache.write("\(path)/.tollgate-1-00000000-a.tmp", "")
    #expect(!copy.isOfSomethingElse)
    try cache.write("\(path)/first/run.json", "{}")
    #expect(copy.isOfSomethingElse)
    try cache.write("\(path)/run.json", "{}")
    #expect(!copy.isOfSomethingElse)
  }

  /// What stands for rsync: the other machine is the directory `there`, and cannot be reached while `cut` is there.
  private static let rsync = """
    #!/bin/sh
    for last; do source=$target target=$last; done
    if [ -e "$HOME/cut" ]; then
      echo 'ssh: connect to host near port 22: No route to host' >&2
      exit 255
    fi
    if [ ! -e "$HOME/there/${source#*:}" ]; then
      echo 'link_stat failed: No such file or directory (2)' >&2
      exit 23
    fi
    # What has not changed is left alone.
    cp -Rup "$HOME/there/${source#*:}" "$target"
    """

  @Test func aRunOnAnotherMachineIsFollowedWhileTheConnectionComesAndGoes() throws {
    let workspace = try TinyRun.workspace()
    let program = try workspace.write("bin/rsync", Self.rsync)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    try workspace.write("bin/ssh", "#!/bin/sh\n")
    try workspace.write("there/empty", "")
    let environment = [
      "HOME": workspace.path, "XDG_CACHE_HOME": workspace.at("cache"),
      "PATH": workspace.at("bin") + ":/usr/bin:/bin",
    ]
    let terminal = try Explorer.start(
      ["ssh://near/run", "--data", "shapes"], in: workspace, environment)
    try terminal.wait(forText: "waits for near")
    try workspace.copy(workspace.at("run"), as: "there/run")
    try terminal.wait(for: "the run") { $0.marks == "●●●●" && $0.screen.contains("⇄ near") }
    try workspace.write("cut", "")
    try terminal.wait(forText: "✕ lost since")
    #expect(terminal.screen.contains("No route to host"))
    // The picture stays; what is said takes rows of the timeline.
    #expect(terminal.header.contains("epoch 3") && terminal.screen.contains("class share"))
    let outcome = try Program.run(
      ["train", "--resume", "--out", "there/run", "--data", "shapes", "--epochs", "4"],
      in: workspace)
    #expect(outcome.status == .exited(0))
    try workspace.delete("cut")
    try terminal.wait(for: "epoch 4") {
      $0.header.contains("epoch 4") && $0.screen.contains("⇄ near")
    }
    #expect(!terminal.screen.contains("made again"))
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func aMachineThatCannotBeReachedIsSaidBeforeTheScreenIsTaken() throws {
    let workspace = try TemporaryDirectory()
    let program = try workspace.write("bin/rsync", Self.rsync)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    try workspace.write("cut", "")
    let outcome = try Program.run(
      ["ssh://near/run"], in: workspace,
      under: ["env", "HOME=\(workspace.path)", "PATH=\(workspace.at("bin")):/usr/bin:/bin"])
    #expect(outcome.status == .exited(1))
    #expect(
      outcome.error
        == "tollgate: ssh://near/run: ssh: connect to host near port 22: No route to host\n")
    let refused = try Program.run(["ssh://-x/run"], in: workspace)
    #expect(refused.status == .exited(2) && refused.errorLines.count == 2)
  }
}
