import Foundation
import HighwayNetworks
import TestSupport
import Testing

@testable import tollgate

/// Scripts for sbatch, as a shell runs them, and lines for GNU parallel.
struct JobArrayTests {
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TemporaryDirectory() }

  private func need(seconds: Double, memory: Int = 1, epochs: Int = 20) -> TrialNeed {
    TrialNeed(
      trial: "t", epochSeconds: seconds, startSeconds: 1, memory: memory, epochs: epochs)
  }

  /// What a script prints as the task of a number.
  private func run(_ script: String, task: Int) throws -> (status: Int32, output: String) {
    let path = try workspace.write("array.sh", script)
    let (shell, pipe) = (Process(), Pipe())
    shell.executableURL = URL(filePath: "/bin/bash")
    shell.arguments = [path]
    shell.environment = ["PATH": "/usr/bin:/bin", "SLURM_ARRAY_TASK_ID": "\(task)"]
    shell.standardOutput = pipe
    shell.currentDirectoryURL = URL(filePath: workspace.path)
    try shell.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    shell.waitUntilExit()
    return (shell.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  @Test func hostileNamesReachTheProgramAsTheyAre() throws {
    let names = [
      "a b", "it's", "$(touch here)", "`touch here`", "two\nlines", ";;", "esac", "-n", "é", "\\",
      "!x", "",
      "*", "~", "#SBATCH --uid=0", "\n#SBATCH --uid=0",
    ]
    let array = JobArray(
      commands: names.map { shellLine(["/usr/bin/printf", "%s", $0]) }, need: need(seconds: 1))
    for (number, name) in names.enumerated() where name != "-n" {
      let outcome = try run(array.script, task: number)
      #expect(outcome.status == 0 && outcome.output == name, "\(name)")
    }
    #expect(try workspace.names() == ["array.sh"])
    // Slurm reads its lines up to the first command.
    let head = array.script.prefix { $0 != "(" }
    #expect(!head.contains("uid"))
  }

  @Test func everyTrialIsDoneByOneTaskWhereThereAreMoreThanAnArrayHas() throws {
    let array = JobArray(
      commands: (0..<2_500).map { "echo \($0)" }, need: need(seconds: 60, epochs: 20))
    #expect(array.script.contains("#SBATCH --array=0-999\n"))
    #expect(try run(array.script, task: 7).output == "7\n1007\n2007\n")
    #expect(try run(array.script, task: 999).output == "999\n1999\n")
    // 1,201 s each, three in a task, twice that.
    #expect(array.script.contains("#SBATCH --time=2:01:00\n"))
  }

  @Test func aTaskGoesOnAfterATrialThatFailed() throws {
    var commands = Array(repeating: "echo done", count: 1_500)
    commands[3] = "(echo failed; exit 3)"
    let outcome = try run(JobArray(commands: commands, need: need(seconds: 1)).script, task: 3)
    #expect(outcome.status == 3 && outcome.output == "failed\ndone\n")
  }

  @Test func timeAndMemoryHaveAMargin() {
    #expect(need(seconds: 0.1).time(trials: 1) == "0:05:00")
    #expect(need(seconds: 60, epochs: 100).time(trials: 1) == "3:21:00")
    #expect(need(seconds: 1, memory: 100 << 20).mebibytes == 192)
    #expect(need(seconds: 1, memory: 128 << 20).mebibytes == 192)
    #expect(need(seconds: 1, memory: 129 << 20).mebibytes == 256)
  }

  @Test func theLineAsksForTheTrialsThatAreLeft() {
    let words = [
      "experiment", "--out", "my grid", "--hosts", "a,b", "--gnu-parallel", "--depth", "3",
    ]
    let line = ParallelLine(
      arguments: ParallelLine.rest(of: words), directory: "/home/it's", hosts: ["a", "2/u@b"],
      jobs: 1)
    #expect(line.text.hasPrefix(#"cd '/home/it'\''s' && "#))
    #expect(
      line.text.hasSuffix(
        " experiment --out 'my grid' --depth 3 --list | parallel --retries 3 --jobs 1 --sshlogin a,2/u@b\n"
      ))
  }

  @Test(arguments: ["-oProxyCommand=x", "a,-b", "a b", "a;b", "", "a,", "$(x)"])
  func hostsThatAreNoNamesAreRefused(hosts: String) {
    #expect(ParallelLine.hosts(hosts) == nil)
  }
}
