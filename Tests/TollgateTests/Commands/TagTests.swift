import TerminalHarness
import TestSupport
import Testing

/// Networks that give a class to each step of a sequence.
struct TagTests {
  private static let network =
    #"{"input":[6,1],"task":"tag-sequence","classes":2,"layers":[{"kind":"lstm","units":3},"#
    + #"{"kind":"hlstm","units":3}]}"#

  /// Two sequences for training and one for testing, whose steps have the classes `hum` and `s`.
  private static var archive: [UInt8] {
    func part(_ suffix: String, _ examples: Int) -> [ZipBuilder.Member] {
      let values = (0..<examples * 6).map { Float16($0 / 3 % 2) }
      return [
        .init(
          "x\(suffix).npy",
          npy(npyHeader("<f2", "(\(examples), 6, 1)"), values.flatMap { le($0.bitPattern) })),
        .init(
          "y\(suffix).npy",
          npy(npyHeader("|u1", "(\(examples), 6)"), values.map { UInt8($0) })),
        .init(
          "lengths\(suffix).npy",
          npy(npyHeader("<i4", "(\(examples),)"), (0..<examples).flatMap { _ in le(Int32(6)) })),
      ]
    }
    return ZipBuilder(
      members: [
        .init(
          "classes.npy",
          npy(npyHeader("<U3", "(2,)"), "hums\0\0".unicodeScalars.flatMap { le($0.value) }))
      ] + part("_train", 2) + part("_test", 1)
    ).bytes
  }

  @Test func gatesAreGroupedByTheNearestChange() throws {
    let workspace = try TemporaryDirectory()
    _ = try workspace.write("tones.npz", Self.archive)
    _ = try workspace.write("net.json", Self.network.utf8)
    let trained = try Program.run(
      [
        "train", "--data", "tones.npz", "--architecture", "net.json", "--out", "run", "--epochs",
        "1", "--batch-size", "1", "--threads", "1",
      ], in: workspace)
    #expect(trained.status == .exited(0), "\(trained.error)")
    let analyze = ["analyze", "run", "--data", "tones.npz"]
    let table = try Program.run(analyze + ["--group", "change"], in: workspace)
    #expect(table.output.contains("mean of each gate by the nearest change of class"))
    #expect(table.lines.contains { $0.contains("d of 1") && !$0.contains("d of 0") })
    #expect(
      table.lines.contains { $0.split(separator: " ").prefix(2) == ["change", "1"] },
      "\(table.output)")
    let object = try Program.run(analyze + ["--group", "change", "--json"], in: workspace)
    #expect(object.output.contains(#""classes":["5 before","#))
    #expect(
      object.output.contains(#""samplesByClass":[0,0,1,1,1,1,1,1,0,0,0,0]"#),
      "\(object.output.prefix(400))")
    #expect(object.output.contains(#""classMean":[null,null,["#))
    let classes = try Program.run(analyze + ["--json"], in: workspace)
    #expect(classes.output.contains(#""classes":["hum","s"]"#))
    let sample = try Program.run(
      ["render", "sample", "run", "--data", "tones.npz", "--json"], in: workspace)
    #expect(sample.output.contains(#""stepLabels":[0,0,0,1,1,1]"#), "\(sample.output.suffix(300))")
  }

  @Test func samplesWithOneClassHaveNoChanges() throws {
    let outcome = try Program.run(
      ["analyze", "run", "--data", "shapes", "--group", "change"], in: TinyRun.shared())
    #expect(outcome.status != .exited(0))
    #expect(outcome.error.contains("--group: the steps of shapes have no classes of their own"))
  }
}
