import Foundation
import TerminalHarness
import Testing

/// `tollgate lesion`, and gates held in `analyze`.
struct LesionTests {
  private func run(_ arguments: [String]) throws -> Outcome {
    let outcome = try Program.run(arguments + ["--data", "shapes"], in: TinyRun.shared())
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(outcome.error == "")
    return outcome
  }

  private func object(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try run(arguments + ["--json"])
    #expect(outcome.lines.count == 1)
    let parsed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(parsed as? [String: Any])
  }

  @Test func theObjectHasTheDocumentedKeys() throws {
    let object = try object(["lesion", "run"])
    let baseline = try #require(object["baseline"] as? [String: Any])
    #expect(baseline["loss"] is Double && baseline["error"] is Double)
    let layers = try #require(object["layers"] as? [[String: Any]])
    #expect(layers.map { $0["layer"] as? Int } == [1, 2, 3])
    for layer in layers {
      #expect(layer["loss"] is Double && layer["error"] is Double)
      #expect((layer["classError"] as? [Double])?.count == Shapes.classNames.count)
    }
  }

  @Test func theSamplesAreNamed() throws {
    let object = try object(["lesion", "run", "--split", "test", "--samples", "1"])
    let data = try #require(object["data"] as? [String: Any])
    #expect(data["name"] as? String == "shapes" && data["split"] as? String == "test")
    #expect(data["samples"] as? Int == 1)
    #expect(data["classes"] as? [String] == Shapes.classNames)
    let byClass = try #require(data["samplesByClass"] as? [Int])
    #expect(byClass.count == Shapes.classNames.count && byClass.reduce(0, +) == 1)
    let table = try run(["lesion", "run", "--split", "test", "--samples", "1"]).output
    #expect(table.hasPrefix("1 test sample of shapes: "))
    #expect(table.contains("T of one layer held at 0"))
  }

  /// A class without samples is not one without errors, nor one whose gates are shut.
  @Test func nothingIsSaidOfAClassWithoutSamples() throws {
    let one = ["--samples", "1"]
    func named(_ values: Any?) throws -> [Bool] {
      try #require(values as? [Any]).map { !($0 is NSNull) }
    }
    let object = try object(["lesion", "run"] + one)
    let data = try #require(object["data"] as? [String: Any])
    let present = try #require(data["samplesByClass"] as? [Int]).map { $0 > 0 }
    #expect(present.count { $0 } == 1)
    let baseline = try #require(object["baseline"] as? [String: Any])
    #expect(try named(baseline["classError"]) == present)
    let row = try run(["lesion", "run", "--csv"] + one).lines[1].components(separatedBy: ",")
    #expect(row.dropFirst(3).map { !$0.isEmpty } == present)
    let line = try #require(
      try run(["lesion", "run"] + one).lines.first { $0.contains("none ") })
    #expect(line.split(separator: " ").dropFirst(3).map { $0 != "-" } == present)

    let analysis = try self.object(["analyze", "run"] + one)
    let layer = try #require((analysis["layers"] as? [[String: Any]])?.first)
    #expect(try named(layer["classMeanT"]) == present)
    #expect(try named(layer["cellsByClass"]) == present)
    let unit = try run(["analyze", "run", "--csv"] + one).lines[1].components(separatedBy: ",")
    #expect(unit.suffix(present.count).map { !$0.isEmpty } == present)
  }

  @Test func aLesionIsAGateHeldAtZero() throws {
    let lesions = try object(["lesion", "run", "--split", "test", "--epoch", "1"])
    let intact = try object(["analyze", "run", "--split", "test", "--epoch", "1"])
    let baseline = try #require(lesions["baseline"] as? [String: Any])
    func expectSame(
      _ lesion: [String: Any], _ analysis: [String: Any],
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let loss = try #require(lesion["loss"] as? Double)
      let expected = try #require(analysis["loss"] as? Double)
      #expect(abs(loss - expected) < 1e-5 * max(1, expected), sourceLocation: sourceLocation)
      let error = try #require(lesion["error"] as? Double)
      let accuracy = try #require(analysis["accuracy"] as? Double)
      #expect(abs(1 - error - accuracy) < 1e-9, sourceLocation: sourceLocation)
    }
    try expectSame(baseline, intact)
    for layer in try #require(lesions["layers"] as? [[String: Any]]) {
      let number = try #require(layer["layer"] as? Int)
      let held = try object(
        ["analyze", "run", "--split", "test", "--epoch", "1", "--clamp", "\(number)=0"])
      try expectSame(layer, held)
      #expect(layer["loss"] as? Double != baseline["loss"] as? Double)
    }
  }

  @Test func aHeldUnitHasThatGateForEverySample() throws {
    let object = try object(["analyze", "run", "--clamp", "2:3=0.25", "--clamp", "3=1"])
    let clamps = try #require(object["clamps"] as? [[String: Any]])
    #expect(clamps.map { $0["layer"] as? Int } == [2, 3])
    #expect(clamps.map { $0["unit"] as? Int } == [3, nil])
    #expect(clamps.map { $0["value"] as? Double } == [0.25, 1])
    let layers = try #require(object["layers"] as? [[String: Any]])
    let (second, third) = (layers[1], layers[2])
    for key in ["meanT", "minT", "maxT"] {
      let values = try #require(second[key] as? [Double])
      #expect(values.map { $0 == 0.25 } == [false, false, false, true, false])
      #expect(third[key] as? [Double] == [1, 1, 1, 1, 1])
    }
  }

  @Test func theTableHasALineForEachLayerAndOneForNone() throws {
    let lines = try run(["lesion", "run"]).lines
    let header = try #require(lines.firstIndex { $0.hasPrefix("lesion") })
    #expect(
      lines[header].split(separator: " ").map(String.init) == ["lesion", "loss", "error"]
        + Shapes.classNames)
    #expect(
      lines[(header + 1)...].dropLast().map { $0.split(separator: " ").first }
        == ["none", "1", "2", "3"])
    #expect(lines.last?.contains("the error by") == true)
  }

  @Test func theLayersOfARangeAreLesionedAtOnce() throws {
    let object = try object(["lesion", "run", "--range", "2-3", "--range", "1"])
    #expect((object["layers"] as? [Any])?.isEmpty == true)
    let ranges = try #require(object["ranges"] as? [[String: Any]])
    #expect(ranges.map { $0["layers"] as? [Int] } == [[2, 3], [1]])
    let held = try self.object(["analyze", "run", "--clamp", "2-3=0"])
    let loss = try #require(ranges[0]["loss"] as? Double)
    let expected = try #require(held["loss"] as? Double)
    #expect(abs(loss - expected) < 1e-5 * max(1, expected))
    let single = try self.object(["lesion", "run"])
    #expect(single["ranges"] == nil)
    let first = try #require((single["layers"] as? [[String: Any]])?.first)
    #expect(ranges[1]["loss"] as? Double == first["loss"] as? Double)
    let rows = try run(["lesion", "run", "--range", "2-3", "--csv"]).lines
    #expect(
      rows.map { $0.split(separator: ",", omittingEmptySubsequences: false)[0] } == [
        "layer", "", "2-3",
      ])
  }

  @Test(arguments: ["2-9", "0-2", "3-2", "x", "1-2-3"])
  func aRangeThatIsNoneIsRefused(range: String) throws {
    let outcome = try Program.run(
      ["lesion", "run", "--data", "shapes", "--range", range], in: TinyRun.shared())
    #expect([.exited(2), .exited(64)].contains(outcome.status))
    #expect(outcome.output == "" && outcome.error.contains("range"), "\(outcome.error)")
  }

  @Test func valuesSeparatedByCommasHaveARowEach() throws {
    let lesions = try run(["lesion", "run", "--csv"]).lines.map { $0.components(separatedBy: ",") }
    #expect(lesions.map { $0[0] } == ["layer", "", "1", "2", "3"])
    let units = try run(["analyze", "run", "--csv"]).lines.map { $0.components(separatedBy: ",") }
    #expect(units.count == 1 + TinyRun.highwayLayers * TinyRun.units)
    #expect(units[0].prefix(5) == ["layer", "unit", "gating", "gateBias", "meanT"])
    #expect(units.last?.prefix(2) == ["3", "4"])
    for table in [lesions, units] {
      #expect(table.allSatisfy { $0.count == table[0].count && $0.count > 5 })
    }
  }
}
