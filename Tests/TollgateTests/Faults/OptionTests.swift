import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// Numbers, names and files that are almost right.
struct OptionTests {
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  private func run(_ arguments: String...) throws -> Outcome {
    try Program.run(arguments, in: workspace)
  }

  @Test(arguments: [
    ["train", "--data", "shapes", "--out", "x", "--seed", "-1"],
    ["train", "--data", "shapes", "--out", "x", "--epochs", "-1"],
    ["train", "--data", "shapes", "--out", "x", "--threads", "-1"],
    ["analyze", "run", "--low", "-1"], ["analyze", "run", "--samples", "-1"],
    ["render", "overview", "run", "--scale", "-1"], ["run", "--samples", "-1"],
  ])
  func aNegativeNumberIsNotAMissingOne(arguments: [String]) throws {
    let outcome = try Program.run(arguments, in: workspace)
    #expect(outcome.status == .exited(64))
    #expect(outcome.error.contains("-1") && !outcome.error.contains("Missing"))
  }

  @Test func aSeedSaysWhatItMayBe() throws {
    let outcome = try run("train", "--data", "shapes", "--out", "x", "--seed", "-1")
    #expect(outcome.error.contains("expected 0 to 18446744073709551615"))
  }

  @Test(arguments: ["0,-1", "0,0", "0,1e-45", "0,nan", "0"])
  func aDeviationThatPixelsCannotBeDividedByIsRefused(normalization: String) throws {
    let outcome = try run(
      "train", "--data", "shapes", "--out", "x", "--normalization=\(normalization)")
    #expect(outcome.status == .exited(2))
    #expect(outcome.error.contains("positive STD") && outcome.errorLines.count == 2)
    #expect(try !workspace.names().contains("x"))
  }

  @Test func whatIsNotFiniteIsCalledSo() throws {
    let outcome = try run(
      "train", "--data", "shapes", "--out", "x", "--normalization=0,1e-38", "--epochs", "1")
    #expect(!outcome.output.contains("nan"))
    let analyzed = try run("analyze", "x", "--data", "shapes")
    #expect(!analyzed.output.contains("nan"))
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM"])
  func aNameIsNoFormulaInASpreadsheet(name: String) throws {
    try workspace.copy(workspace.at("run"), as: name)
    let outcome = try run("compare", "run", "./" + name, "--csv")
    #expect(outcome.status == .exited(0))
    let direct = try Program.run(["compare", "--csv", "--", "run", name], in: workspace)
    #expect(direct.output.contains("\n\"'\(name)\","))
  }

  @Test func comparingWhatIsNoRunPrintsNoEmptyTable() throws {
    let outcome = try run("compare", "shapes", "nowhere")
    #expect(outcome.status == .exited(1))
    #expect(outcome.output == "")
    #expect(
      outcome.error.contains("shapes: not a run") && outcome.error.contains("nowhere: no such"))
  }

  @Test func settingsMayBeRefusedBeforeTheSubcommandToo() throws {
    try workspace.copy(workspace.at("run"), as: "other")
    for arguments in [
      ["--no-config", "compare", "run", "other"],
      ["--no-config", "analyze", "run", "--data", "shapes"],
      ["--no-config", "run", "--data", "shapes", "--dump"],
    ] {
      let outcome = try Program.run(arguments, in: workspace)
      #expect(outcome.status == .exited(0), "\(arguments): \(outcome.error)")
    }
  }

  @Test func renderTakesTheFormatsThatTheOthersTake() throws {
    let long = try run("render", "overview", "run", "--data", "shapes", "--format", "csv")
    let short = try run("render", "overview", "run", "--data", "shapes", "--csv")
    #expect(short.status == .exited(0) && short.output == long.output)
    let both = try run("render", "overview", "run", "--csv", "--format", "svg")
    #expect(both.status == .exited(64))
  }

  @Test func aDirectoryWithAModelOfTheUsualNameOpens() throws {
    try workspace.copy(workspace.at("run/epoch-0003.safetensors"), as: "model.safetensors")
    try workspace.write("downloaded/config.json", "{}")
    try workspace.copy(workspace.at("model.safetensors"), as: "downloaded/model.safetensors")
    let outcome = try run("analyze", "downloaded", "--data", "shapes")
    #expect(outcome.status == .exited(0))
    #expect(outcome.output.contains("downloaded/model.safetensors"))
  }

  @Test func metadataThatNamesAnotherEpochIsNoted() throws {
    try workspace.delete("run/epoch-0002.safetensors")
    try workspace.copy(
      workspace.at("run/epoch-0003.safetensors"), as: "run/epoch-0002.safetensors")
    let outcome = try run("analyze", "run", "--data", "shapes", "--epoch", "2")
    #expect(outcome.status == .exited(0))
    #expect(outcome.error.contains("epoch-0002.safetensors: its metadata says epoch 3"))
  }

  @Test func aStateBeyondTheMetricsIsOfAnotherRun() throws {
    let lines = String(decoding: try workspace.bytes("run/metrics.jsonl"), as: UTF8.self)
      .split(separator: "\n").dropLast(2)
    try workspace.write("run/metrics.jsonl", lines.joined(separator: "\n") + "\n")
    let resumed = try run(
      "train", "--resume", "--out", "run", "--data", "shapes", "--epochs", "5")
    #expect(resumed.status == .exited(1))
    #expect(
      resumed.error.contains("state.safetensors is of epoch 3, but metrics.jsonl ends with epoch 1")
    )
    let inspected = try run("inspect", "run")
    #expect(inspected.output.contains("state.safetensors is of epoch 3"))
  }

  @Test func aRunWithoutItsStateIsNotWhole() throws {
    try workspace.delete("run/state.safetensors")
    let outcome = try run("inspect", "run")
    #expect(outcome.output.contains("no state.safetensors: the run is not whole"))
  }

  @Test func aPathKeepsItsBytes() throws {
    // The shell puts a byte that is no UTF-8 in the place of a mark.
    let wrapper = ["/bin/bash", "-c", "exec \"$0\" \"${@//BAD/$'\\xff'}\""]
    let trained = try Program.run(
      TinyRun.options + ["--out", "runBAD", "--epochs", "1"], in: workspace, under: wrapper)
    #expect(trained.status == .exited(0))
    #expect(trained.output.contains("recorded in run\\xff"))
    let listed = try Program.run(
      ["run", "--dump"], in: workspace,
      under: [
        "/bin/bash", "-c", "test -f $'run\\xff/run.json' && test $(ls | wc -l) = 3 && echo there",
      ])
    #expect(listed.output == "there\n")
    let inspected = try Program.run(["inspect", "runBAD"], in: workspace, under: wrapper)
    #expect(inspected.status == .exited(0))
    let drawn = try Program.run(
      ["render", "overview", "runBAD", "--data", "shapes", "-o", "pBAD.svg"], in: workspace,
      under: wrapper)
    #expect(drawn.status == .exited(0))
    let picture = try Program.run(
      ["x"], in: workspace, under: ["/bin/bash", "-c", "test -f $'p\\xff.svg' && echo there"])
    #expect(picture.output == "there\n")
  }
}
