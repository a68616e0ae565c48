import Foundation
import HighwayNetworks
import Synchronization
import TensorFiles
import TestSupport
import Testing

struct RunLockTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// The error of taking a lock that somebody has.
  private func refusal() -> RunError? {
    do {
      _ = try RunLock.take(in: directory.path)
      return nil
    } catch {
      return error
    }
  }

  @Test func theSecondWriterIsToldWhoTheFirstIs() throws {
    let lock = try RunLock.take(in: directory.path)
    let error = try #require(refusal())
    guard case .locked(directory.path, let holder?) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(holder.process == Int(getpid()))
    #expect(!holder.host.isEmpty)
    let time = try #require(ISO8601DateFormatter().date(from: holder.since))
    #expect(abs(time.timeIntervalSinceNow) < 3_600)
    #expect(error.description.contains("process \(getpid()) on \(holder.host.excerpt) since 2"))
    try lock.check()
  }

  @Test func theFileGoesWithTheLock() throws {
    do {
      let lock = try RunLock.take(in: directory.path)
      #expect(try directory.names() == ["run.lock"])
      try lock.check()
    }
    #expect(try directory.names() == [])
  }

  @Test(arguments: ["", "{\"process\":1,\"host\":\"h\",\"since\":\"s\"}\n", "no JSON\u{0}"])
  func aFileThatNobodyHasLockedIsTakenOver(content: String) throws {
    try directory.write("run.lock", content)
    let lock = try RunLock.take(in: directory.path)
    let error = try #require(refusal())
    #expect(error.description.contains("process \(getpid()) on"))
    try lock.check()
  }

  @Test func whatTheFileSaysIsShownAsAStrangersText() throws {
    let lock = try RunLock.take(in: directory.path)
    let text = #"{"process":7,"host":"\u001b[31mred\n","since":"\u202e"}"#
    try directory.write("run.lock", text)
    let line = try #require(refusal()).description
    #expect(line.contains(#"process 7 on \u{1b}[31mred\u{a} since \u{202e}"#))
    for garbage in ["", "[]", "{\"process\":-1}", String(repeating: "[", count: 9_000)] {
      try directory.write("run.lock", garbage)
      #expect(refusal() == .locked(path: directory.path, holder: nil))
    }
    try lock.check()
  }

  @Test func whatAKilledWriterLeftIsRemoved() throws {
    try directory.write(".tollgate-12-ab.tmp", "half")
    try directory.write(".tollgate-mine", "x")
    try directory.write("epoch.tmp", "x")
    _ = try RunLock.take(in: directory.path)
    #expect(try directory.names() == [".tollgate-mine", "epoch.tmp"])
  }

  @Test func aLockThatWasTakenAwayNoLongerCounts() throws {
    let lock = try RunLock.take(in: directory.path)
    try FileManager.default.removeItem(atPath: directory.path + "/run.lock")
    #expect(throws: RunError.lockLost(path: directory.path)) { try lock.check() }
    let other = try RunLock.take(in: directory.path)
    #expect(throws: RunError.lockLost(path: directory.path)) { try lock.check() }
    try other.check()
    withExtendedLifetime((lock, other)) {}
  }

  @Test func theLoserLeavesTheWinnersFile() throws {
    var lock: RunLock? = try RunLock.take(in: directory.path)
    try FileManager.default.removeItem(atPath: directory.path + "/run.lock")
    let other = try RunLock.take(in: directory.path)
    #expect(lock != nil)
    lock = nil
    try other.check()
  }

  @Test func aDirectoryThatIsGoneIsNamed() throws {
    let lock = try RunLock.take(in: directory.path)
    try FileManager.default.removeItem(atPath: directory.path)
    let error = RunError.file(.notFound(path: directory.path))
    #expect(throws: error) { try lock.check() }
    #expect(refusal() == error)
  }

  @Test func neitherALinkNorAPipeIsOpened() throws {
    try directory.write("precious", "x")
    let path = directory.path + "/run.lock"
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "precious")
    #expect(
      refusal() == .file(.notARegularFile(path: path, found: "a symbolic link")))
    #expect(try directory.bytes("precious") == Array("x".utf8))
    try FileManager.default.removeItem(atPath: path)
    #expect(unsafe mkfifo(path, 0o600) == 0)
    #expect(refusal() == .file(.notARegularFile(path: path, found: "a special file")))
  }

  /// Each removes the file in the end, which the others may have open by then.
  @Test func neverDoTwoHaveIt() throws {
    let path = directory.path
    let holders = Atomic(0)
    let taken = Atomic(0)
    let faults = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<200 {
        guard let lock = try? RunLock.take(in: path) else { continue }
        if holders.add(1, ordering: .sequentiallyConsistent).newValue != 1 {
          faults.add(1, ordering: .relaxed)
        }
        if (try? lock.check()) == nil { faults.add(1, ordering: .relaxed) }
        taken.add(1, ordering: .relaxed)
        holders.subtract(1, ordering: .sequentiallyConsistent)
        withExtendedLifetime(lock) {}
      }
    }
    #expect(faults.load(ordering: .relaxed) == 0)
    #expect(taken.load(ordering: .relaxed) >= 200)
    #expect(try directory.names() == [])
  }

  @Test func oneOfManyCreatesTheRun() throws {
    let path = directory.path + "/run"
    let description = RunDescription(architecture: CheckpointTests.architecture)
    let runs = Mutex<[RunDirectory]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      if let run = try? RunDirectory.create(path, description) {
        runs.withLock { $0.append(run) }
      }
    }
    #expect(runs.withLock(\.count) == 1)
    #expect(try directory.names() == ["run"])
  }
}
