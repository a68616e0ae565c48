import TensorFiles
import TerminalHarness
import TestSupport
import Testing

/// What can be wrong with files and calls: one line that says so, the right status, nothing written.
struct FailureTests {
  /// A way to go wrong.
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let arguments: [String]
    let status: Int32
    /// What the line must name: where, expected, found, what to do.
    let names: [String]
    /// Spoils the files.
    let spoil: @Sendable (TemporaryDirectory) throws -> Void

    init(
      _ description: String, _ arguments: [String], status: Int32 = 1, names: [String],
      spoil: @escaping @Sendable (TemporaryDirectory) throws -> Void = { _ in }
    ) {
      testDescription = description
      self.arguments = arguments
      self.status = status
      self.names = names
      self.spoil = spoil
    }
  }

  private static let analyze = ["analyze", "run", "--data", "shapes"]
  private static let checkpoint = "run/epoch-0003.safetensors"
  private static let train = TinyRun.options + ["--epochs", "1", "--out", "new"]

  static let modelFaults = [
    Fault(
      "a path with nothing at it", ["analyze", "nowhere"],
      names: ["nowhere", "no such file or directory"]),
    Fault(
      "a directory that is no run", ["analyze", "shapes"],
      names: ["shapes", "run.json is missing", "give a directory that training wrote"]),
    Fault(
      "a file that is no checkpoint", ["analyze", "shapes/classes.txt"],
      names: ["shapes/classes.txt", "expected safetensors or", "starts with bytes"]),
    Fault("an empty checkpoint", analyze, names: [checkpoint, "expected at least 8", "found 0"]) {
      try $0.write(checkpoint, "")
    },
    Fault("a truncated checkpoint", analyze, names: [checkpoint, "bytes"]) {
      try $0.write(checkpoint, Array($0.bytes(checkpoint).dropLast(100)))
    },
    Fault("a checkpoint cut inside its header", analyze, names: [checkpoint, "100 bytes"]) {
      try $0.write(checkpoint, Array($0.bytes(checkpoint).prefix(100)))
    },
    Fault(
      "an architecture that does not fit its tensors", ["analyze", checkpoint, "--data", "shapes"],
      names: [checkpoint, "layers.0.weight", "expected shape [6, 12]", "found [5, 12]"]
    ) {
      for _ in 0..<2 {
        try $0.replace("\\\"units\\\":5", with: "\\\"units\\\":6", in: checkpoint)
      }
    },
    Fault(
      "a run of another architecture than its checkpoint", analyze,
      names: [checkpoint, "run.json", "expected", "\"classes\":4", "found", "\"classes\":3"]
    ) { try $0.replace("\"classes\": 3", with: "\"classes\": 4", in: "run/run.json") },
    Fault("a run.json that is no JSON", analyze, names: ["run/run.json"]) {
      try $0.replace("\"architecture\":", with: "\"architecture\"=", in: "run/run.json")
    },
    Fault(
      "a run of an unknown gating", analyze, names: ["run/run.json", "layers[1].gating", "open"]
    ) { try $0.replace("\"coupled\"", with: "\"open\"", in: "run/run.json") },
    Fault(
      "a run without epochs", analyze,
      names: ["run", "no recorded epoch", "epoch-0000.safetensors"]
    ) { for epoch in 0...3 { try $0.delete("run/epoch-000\(epoch).safetensors") } },
    Fault(
      "a broken line of metrics in a run to resume",
      ["train", "--resume", "--data", "shapes", "--out", "run", "--epochs", "4"],
      names: ["run/metrics.jsonl", "line 2"]
    ) {
      try $0.replace("{\"epoch\":1", with: "{\"epoch\":!", in: "run/metrics.jsonl")
    },
    Fault(
      "an epoch that is not recorded", analyze + ["--epoch", "7"], status: 2,
      names: ["--epoch", "0–3", "found 7"]),
  ]

  static let clampFaults = [
    Fault(
      "a layer to hold that has no gates", analyze + ["--clamp", "0=0"], status: 2,
      names: ["--clamp", "no highway layer 0", "1–3"]),
    Fault(
      "a unit to hold that is not there", ["lesion"] + analyze.dropFirst() + ["--clamp", "2:5=1"],
      status: 2, names: ["--clamp", "no unit 5 in layer 2", "0–4"]),
    Fault(
      "a lesion of a checkpoint that is not there", ["lesion", "nowhere"],
      names: ["nowhere", "no such file or directory"]),
  ]

  static let dataFaults = [
    Fault(
      "a data set that is not here", ["analyze", "run"],
      names: ["shapes", "is not here", "--data"]),
    Fault(
      "a data set at a path with nothing", ["analyze", "run", "--data", "nowhere"],
      names: ["nowhere", "no such file or directory"]),
    Fault(
      "a directory without a data set", ["analyze", "run", "--data", "run"],
      names: ["run", "no data set found", "train-images-idx3-ubyte"]),
    Fault(
      "a data set of another size than the input", ["analyze", "run", "--data", "tall"],
      names: ["12 values", "tall", "1×8×3", "24 values", "--data"]
    ) { try Shapes.write(to: $0, as: "tall", height: 8) },
    Fault(
      "more classes than the network has", analyze, names: ["3 classes", "has 4", "--data"]
    ) { try $0.write("shapes/classes.txt", "a\nb\nc\nd\n") },
    Fault(
      "images that are cut off", analyze,
      names: ["shapes/train-images-idx3-ubyte", "expected 736 bytes", "found 726"]
    ) {
      let name = "shapes/train-images-idx3-ubyte"
      try $0.write(name, Array($0.bytes(name).dropLast(10)))
    },
    Fault(
      "images without labels", analyze, names: ["shapes", "train-labels-idx1-ubyte"]
    ) { try $0.delete("shapes/train-labels-idx1-ubyte") },
    Fault(
      "a split that is not there", analyze + ["--split", "test"], status: 2,
      names: ["--split", "no test samples", "--data"]
    ) {
      try $0.delete("shapes/t10k-images-idx3-ubyte")
      try $0.delete("shapes/t10k-labels-idx1-ubyte")
    },
    Fault(
      "a run that does not name its data", ["analyze", "run"], status: 2,
      names: ["does not say what it was trained on", "--data"]
    ) { try $0.replace("\"data\": {", with: "\"other\": {", in: "run/run.json") },
  ]

  static let trainFaults = [
    Fault(
      "a run directory that is not empty",
      TinyRun.options + ["--out", "run"], names: ["run", "not empty", "does not exist yet"]),
    Fault(
      "a run directory that is a file", TinyRun.options + ["--out", "shapes/classes.txt"],
      names: ["shapes/classes.txt", "not a directory"]),
    Fault(
      "a run to resume that is not there",
      ["train", "--resume", "--data", "shapes", "--out", "nowhere"],
      names: ["nowhere", "no such file or directory"]),
    Fault(
      "a truncated training state",
      ["train", "--resume", "--data", "shapes", "--out", "run", "--epochs", "4"],
      names: ["run/state.safetensors", "bytes"]
    ) {
      let name = "run/state.safetensors"
      try $0.write(name, Array($0.bytes(name).dropLast(100)))
    },
    Fault(
      "a run to resume without settings",
      ["train", "--resume", "--data", "shapes", "--out", "run", "--epochs", "4"],
      names: ["run/run.json", "hyperparameters"]
    ) { try $0.replace("\"hyperparameters\"", with: "\"other\"", in: "run/run.json") },
    Fault(
      "no training images", train, names: ["shapes", "no training images"]
    ) {
      try $0.delete("shapes/train-images-idx3-ubyte")
      try $0.delete("shapes/train-labels-idx1-ubyte")
    },
    Fault(
      "a depth of nothing", train + ["--depth", "0"], status: 2, names: ["--depth", "found 0"]),
    Fault("no units", train + ["--units", "0"], status: 2, names: ["--units", "found 0"]),
    Fault(
      "an unknown gating", train + ["--gating", "ajar"], status: 2,
      names: ["--gating", "coupled", "found ajar"]),
    Fault(
      "a constant gate beyond 1", train + ["--gating", "frozen=1.5"], status: 2,
      names: ["--gating", "[0, 1]", "found frozen=1.5"]),
    Fault(
      "an unknown activation", train + ["--activation", "step"], status: 2,
      names: ["--activation", "tanh", "found step"]),
    Fault(
      "a learning rate of nothing", train + ["--learning-rate", "0"], status: 2,
      names: ["--learning-rate", "positive", "found 0"]),
    Fault(
      "an unknown schedule", train + ["--schedule", "steps=0.1"], status: 2,
      names: ["--schedule", "steps=F@E", "found steps=0.1"]),
    Fault(
      "an unknown normalization", train + ["--normalization", "1"], status: 2,
      names: ["--normalization", "MEAN,STD", "found 1"]),
  ]

  @Test(arguments: modelFaults + clampFaults + dataFaults + trainFaults)
  func oneLineSaysWhatIsWrong(fault: Fault) throws {
    let workspace = try TinyRun.workspace()
    try fault.spoil(workspace)
    let before = try workspace.contents()
    let outcome = try Program.run(fault.arguments, in: workspace)
    #expect(outcome.status == .exited(fault.status))
    expectOneLine(outcome, naming: fault.names)
    expectPlain(outcome.error)
    #expect(try workspace.contents() == before)
  }

  @Test func aLossThatOverflowsKeepsTheLastFullEpoch() throws {
    let workspace = try TinyRun.workspace()
    let outcome = try Program.run(
      TinyRun.options
        + ["--out", "new", "--epochs", "50", "--learning-rate", "1e30", "--activation", "linear"],
      in: workspace)
    #expect(outcome.status == .exited(1))
    #expect(outcome.error.contains("no longer finite"))
    #expect(outcome.error.contains("smaller learning rate"))
    let analyzed = try Program.run(
      ["analyze", "new", "--data", "shapes", "--epoch", "0"], in: workspace)
    #expect(analyzed.status == .exited(0))
  }
}
