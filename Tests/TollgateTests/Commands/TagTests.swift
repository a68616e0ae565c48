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
      let values = (0..<examples * 6).map { $0 / 3 % 2 }
      return [
        .init(
          "x\(suffix).npy",
          npy(
            npyHeader("<f2", "(\(examples), 6, 1)"),
            values.flatMap { le($0 == 0 ? 0 : 0x3C00 as UInt16) })),
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

  @Test func sentencesWithAClassAreReadFromTrainingToAView() throws {
    let workspace = try TemporaryDirectory()
    let words = ["", "deer", "grass", "eat", "grows"]
    func part(_ suffix: String) -> [ZipBuilder.Member] {
      [
        .init(
          "x\(suffix).npy",
          npy(
            npyHeader("<f4", "(2, 3, 1)"),
            ([1, 3, 2, 2, 4, 0] as [Float]).flatMap { le($0.bitPattern) })),
        .init("y\(suffix).npy", npy(npyHeader("|u1", "(2,)"), [0, 1])),
        .init("lengths\(suffix).npy", npy(npyHeader("<i4", "(2,)"), le(Int32(3)) + le(Int32(2)))),
      ]
    }
    func texts(_ texts: [String]) -> [UInt8] {
      npy(
        npyHeader("<U8", "(\(texts.count),)"),
        texts.flatMap { text -> [UInt8] in
          let scalars = text.unicodeScalars.map(\.value)
          return (scalars + [UInt32](repeating: 0, count: 8 - scalars.count)).flatMap { le($0) }
        })
    }
    let archive = ZipBuilder(
      members: [
        .init("vocabulary.npy", texts(words)), .init("classes.npy", texts(["animal", "plant"])),
      ] + part("_train") + part("_test"))
    _ = try workspace.write("field.npz", archive.bytes)
    _ = try workspace.write(
      "net.json",
      (#"{"input":[3,1],"task":"classify-sequence","classes":2,"layers":[{"kind":"embedding","#
        + #""tokens":5,"units":2},{"kind":"lstm","units":3},{"kind":"final-state"}]}"#).utf8)
    let trained = try Program.run(
      [
        "train", "--data", "field.npz", "--architecture", "net.json", "--out", "run", "--epochs",
        "1", "--batch-size", "1", "--threads", "1",
      ], in: workspace)
    #expect(trained.status == .exited(0), "\(trained.error)")
    let inspected = try Program.run(["inspect", "field.npz"], in: workspace)
    #expect(inspected.output.contains("5:  deer grass eat grows"), "\(inspected.output)")
    let sample = try Program.run(
      ["render", "sample", "run", "--data", "field.npz", "--size", "100x30"], in: workspace)
    #expect(sample.output.contains("deer eat grass"), "\(sample.output)")
    #expect(sample.output.contains("true class animal"))
  }
}
