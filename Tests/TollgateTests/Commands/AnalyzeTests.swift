import Foundation
import HighwayNetworks
import TensorFiles
import TerminalHarness
import TestSupport
import Testing

/// `tollgate analyze`: the table for people and the object that other programs rely on.
struct AnalyzeTests {
  private func analyze(_ arguments: [String]) throws -> Outcome {
    let outcome = try Program.run(
      ["analyze", "--data", "shapes"] + arguments, in: TinyRun.shared())
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(outcome.error == "")
    return outcome
  }

  private func object(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try analyze(["--json"] + arguments)
    #expect(outcome.lines.count == 1)
    let parsed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(parsed as? [String: Any])
  }

  @Test func theTableHasALineForEachLayer() throws {
    let lines = try analyze(["run"]).lines
    let header = try #require(lines.firstIndex { $0.contains("mean T") && $0.contains("layer") })
    let rows = lines[(header + 1)...]
    #expect(rows.map { $0.split(separator: " ").first } == ["1", "2", "3"])
    #expect(rows.allSatisfy { $0.contains("coupled") && $0.count == lines[header].count })
    #expect(lines[0] == "21 test samples of shapes: run/epoch-0003.safetensors, epoch 3")
    let train = try analyze(["run", "--split", "train"]).lines
    #expect(train[0] == "60 train samples of shapes: run/epoch-0003.safetensors, epoch 3")
  }

  @Test func theObjectHasTheDocumentedKeys() throws {
    let object = try object(["run"])
    let documented: Set = [
      "checkpoint", "data", "loss", "accuracy", "thresholds", "layers", "pathLength",
      "carryProduct", "estimationError", "selectivity",
    ]
    #expect(documented.isSubset(of: object.keys))
    #expect(object["checkpoint"] as? String == "run/epoch-0003.safetensors")
    let data = try #require(object["data"] as? [String: Any])
    #expect(data["name"] as? String == "shapes")
    #expect(data["split"] as? String == "test")
    #expect(data["samples"] as? Int == Shapes.testCount)
    #expect(data["classes"] as? [String] == Shapes.classNames)
    let thresholds = try #require(object["thresholds"] as? [String: Double])
    #expect(thresholds == ["low": 0.1, "high": 0.9])
    let path = try #require(object["pathLength"] as? [String: Any])
    let distribution = try #require(path["distribution"] as? [Double])
    #expect(distribution.count == TinyRun.highwayLayers + 1)
    #expect(abs(distribution.reduce(0, +) - 1) < 1e-9)
    let mean = distribution.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    #expect(abs(mean - (try #require(path["mean"] as? Double))) < 1e-6)
    #expect((object["carryProduct"] as? [Double])?.count == TinyRun.units)
    let errors = try #require(object["estimationError"] as? [[String: Double]])
    #expect(errors.map { $0["layer"] } == [1, 2, 3])
    #expect(errors.allSatisfy { Set($0.keys) == ["layer", "mean", "std"] })
    let selectivity = try #require(object["selectivity"] as? [String: Any])
    #expect((selectivity["overUnits"] as? [Double])?.count == TinyRun.highwayLayers)
    #expect(selectivity["overLayers"] is Double)
  }

  @Test func gatesAreHeldAtTheirMeansUnlessAClampSaysOtherwise() throws {
    func values(_ key: String, _ arguments: [String]) throws -> [[Double]] {
      let layers = try #require(try object(["run"] + arguments)["layers"] as? [[String: Any]])
      return try layers.map { try #require($0[key] as? [Double]) }
    }
    let held = ["--clamp-to-means", "--clamp", "2=0.25"]
    let means = try values("meanT", held)
    let free = try values("meanT", [])
    #expect([means[0], means[2]] == [free[0], free[2]])
    #expect(means[1].allSatisfy { $0 == 0.25 })
    #expect(try values("stdT", held).joined().allSatisfy { $0 == 0 })
    #expect(try values("stdT", []).joined().contains { $0 > 0 })
  }

  @Test func manyHeldGatesAreCountedInTheHeading() throws {
    let held = try analyze(["run", "--clamp-to-means", "--clamp", "2=0.25"]).lines.filter {
      $0.hasPrefix("held: ")
    }
    let units = TinyRun.highwayLayers * TinyRun.units
    #expect(held == ["held: T by \(units + 1) clamps"])
  }

  @Test func eachLayerHasANumberForEachUnitAndClass() throws {
    let layers = try #require(try object(["run"])["layers"] as? [[String: Any]])
    #expect(layers.map { $0["layer"] as? Int } == [1, 2, 3])
    for layer in layers {
      #expect(layer["gating"] as? String == "coupled")
      #expect(layer["units"] as? Int == TinyRun.units)
      for key in ["gateBias", "meanT", "stdT", "minT", "maxT", "meanC", "classShare"] {
        #expect((layer[key] as? [Double])?.count == TinyRun.units, "\(key)")
      }
      let byClass = try #require(layer["classMeanT"] as? [[Double]])
      #expect(byClass.map(\.count) == [Int](repeating: TinyRun.units, count: 3))
      #expect(layer["change"] is Double)
      let cells = try #require(layer["cells"] as? [String: Double])
      let cellsByClass = try #require(layer["cellsByClass"] as? [[String: Double]])
      #expect(cellsByClass.count == Shapes.classNames.count)
      for counts in cellsByClass + [cells] {
        #expect(Set(counts.keys) == ["carried", "mixed", "transformed", "open"])
        let sum = ["carried", "mixed", "transformed"].compactMap { counts[$0] }.reduce(0, +)
        #expect(abs(sum - Double(TinyRun.units)) < 1e-9)
      }
      // The classes are equally large, so the mean over all is the mean of theirs.
      let means = try #require(layer["meanT"] as? [Double])
      for unit in means.indices {
        #expect(abs(byClass.map { $0[unit] }.reduce(0, +) / 3 - means[unit]) < 1e-6)
      }
      let histogram = try #require(layer["histogram"] as? [[Int]])
      #expect(histogram.count == TinyRun.units)
      for (bins, mean) in zip(histogram, means) {
        #expect(bins.count == LayerStatistics.histogramBins)
        #expect(bins.reduce(0, +) == Shapes.testCount)
        let center = bins.enumerated().reduce(0) {
          $0 + Double($1.element) * (Double($1.offset) + 0.5) / Double(bins.count)
        }
        #expect(abs(center / Double(Shapes.testCount) - mean) <= 0.5 / Double(bins.count))
      }
    }
  }

  @Test func theSplitAndTheNumberOfSamplesAreChosen() throws {
    let test = try #require(try object(["run", "--split", "test"])["data"] as? [String: Any])
    #expect(test["split"] as? String == "test")
    #expect(test["samples"] as? Int == Shapes.testCount)
    let few = try #require(try object(["run", "--samples", "7"])["data"] as? [String: Any])
    #expect(few["samples"] as? Int == 7)
    let many = try #require(try object(["run", "--samples", "999"])["data"] as? [String: Any])
    #expect(many["samples"] as? Int == Shapes.testCount)
    let train = try #require(try object(["run", "--split", "train"])["data"] as? [String: Any])
    #expect(train["samples"] as? Int == Shapes.trainingCount)
  }

  @Test func everyEpochAgreesWithWhatTrainingRecorded() throws {
    let run = try RunDirectory.open(TinyRun.shared().at("run"))
    for metrics in run.metrics {
      let object = try object(["run", "--split", "test", "--epoch", String(metrics.epoch)])
      let loss = try #require(object["loss"] as? Double)
      #expect(abs(loss - metrics.testLoss) < 1e-5 * max(1, metrics.testLoss))
      let accuracy = try #require(object["accuracy"] as? Double)
      #expect(abs(accuracy - metrics.testAccuracy) < 1e-12)
      #expect(object["checkpoint"] as? String == "run/epoch-000\(metrics.epoch).safetensors")
    }
  }

  @Test func thresholdsMoveTheCells() throws {
    func cells(_ arguments: [String]) throws -> [[String: Double]] {
      let object = try object(["run"] + arguments)
      let layers = try #require(object["layers"] as? [[String: Any]])
      return try layers.map { try #require($0["cells"] as? [String: Double]) }
    }
    for counts in try cells(["--low", "0", "--high", "1"]) { #expect(counts["mixed"] == 5) }
    for counts in try cells(["--low", "1", "--high", "1"]) { #expect(counts["carried"] == 5) }
    for counts in try cells(["--low", "0", "--high", "0"]) { #expect(counts["transformed"] == 5) }
  }

  @Test func aCheckpointIsAnalyzedLikeItsRun() throws {
    let file = try analyze(["run/epoch-0002.safetensors", "--json"])
    let run = try analyze(["run", "--epoch", "2", "--json"])
    #expect(file.output == run.output)
  }

  /// One tensor too many; one value that is no number, and only the architecture in the metadata.
  @Test func whatIsOddAboutACheckpointIsSaid() throws {
    let workspace = try TinyRun.workspace()
    let run = try RunDirectory.open(workspace.at("run"))
    let network = try run.checkpoint(epoch: 3).network
    func write(
      _ name: String, _ values: [Float], extra: [SafetensorsContents.Tensor] = [],
      metadata: [(key: String, value: String)] = []
    ) throws {
      let contents = SafetensorsContents(
        tensors: network.layout.contents(values) + extra,
        metadata: [("architecture", network.architecture.json)] + metadata)
      try workspace.write(name, contents.encoded)
    }
    var values = network.parameters
    try write(
      "extra.safetensors", values, extra: [.init("steps.\u{1b}", .i64, [0], [])],
      metadata: [("run", run.description.json)])
    values[values.count - 1] = .nan
    try write("nan.safetensors", values)
    let command = ["analyze", "--data", "shapes", "--json"]
    let known = try Program.run(command + ["run"], in: workspace)
    let extra = try Program.run(command + ["extra.safetensors"], in: workspace)
    #expect(extra.status == .exited(0))
    func expectNotes(_ outcome: Outcome, _ lines: [[String]]) {
      #expect(outcome.errorLines.count == lines.count + 1, "\(outcome.error)")
      for (line, texts) in zip(outcome.errorLines, lines) {
        #expect((["tollgate: note: "] + texts).allSatisfy { line.contains($0) }, "\(line)")
      }
    }
    expectNotes(extra, [["extra.safetensors: left out 1 tensor", "steps.\\u{1b}"]])
    #expect(extra.output.contains("\"epoch\":null,") && known.output.contains("\"epoch\":3,"))
    let statistics = [known, extra].map { outcome in
      outcome.output.split(separator: "\"epoch\":").last?.drop { $0 != "," }
    }
    #expect(statistics[0] == statistics[1])
    let nan = try Program.run(command + ["nan.safetensors"], in: workspace)
    #expect(nan.status == .exited(0))
    expectNotes(
      nan,
      [["nan.safetensors: 1 of", "is not finite"], ["nan.safetensors: does not say how pixels"]])
    let table = try Program.run(["analyze", "--data", "shapes", "nan.safetensors"], in: workspace)
    #expect(table.lines.first?.hasPrefix("21 test samples of shapes: nan.safe") == true)
  }

  @Test func aDataSetOfAKnownNameIsFoundBesideTheRun() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace, as: "models/data/mnist")
    let options = TinyRun.options.map { $0 == "shapes" ? "models/data/mnist" : $0 }
    let trained = try Program.run(
      options + ["--out", "models/run", "--epochs", "1"], in: workspace)
    #expect(trained.status == .exited(0))
    let outcome = try Program.run(["analyze", "models/run"], in: workspace)
    #expect(outcome.status == .exited(0))
    #expect(outcome.output.hasPrefix("21 test samples of MNIST: "))
    // Without test samples, the training samples are what there is.
    for name in try workspace.names(in: "models/data/mnist") where name.hasPrefix("t10k") {
      try FileManager.default.removeItem(atPath: workspace.at("models/data/mnist/\(name)"))
    }
    let train = try Program.run(
      ["analyze", "models/run", "--data", "models/data/mnist"], in: workspace)
    #expect(train.output.hasPrefix("60 train samples of "), "\(train.error)")
  }
}
