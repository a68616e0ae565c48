import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// `tollgate train` with networks of maps: presets, descriptions, and recipes.
struct PresetTests {
  private func workspace() throws -> TemporaryDirectory {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    return workspace
  }

  @Test func aPresetIsANetworkWithItsRecipe() throws {
    let workspace = try workspace()
    let outcome = try Program.run(
      [
        "train", "--data", "shapes", "--out", "run", "--preset", "resnet-20", "--epochs", "1",
        "--batch-size", "30", "--threads", "1",
      ], in: workspace)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(outcome.lines.first?.contains("3×32×32") == true)
    let run = try RunDirectory.open(workspace.at("run"))
    #expect(run.description.architecture.layers.filter { $0.kind == "residual-block" }.count == 9)
    let settings = run.description.hyperparameters
    #expect(settings?.batchSize == 30 && settings?.learningRate == 0.1)
    #expect(settings?.augmentation == Augmentation(padding: 4, mirrors: true))
    #expect(settings?.factors == RoleFactors(biasDecay: 0, normDecay: 0))
    #expect(try run.checkpoint(epoch: 1).network.parameters.allSatisfy { $0.isFinite })
  }

  @Test func aRecipeIsReadBackWhereTheRunGoesOn() throws {
    let workspace = try workspace()
    let arguments = [
      "train", "--data", "shapes", "--out", "run", "--depth", "2", "--units", "3", "--bias-rate",
      "2", "--bias-decay", "0", "--output-decay", "10", "--norm-decay", "0.5", "--warm-up",
      "2,0.25", "--pad", "2", "--mirror", "--weight-decay", "0.01",
      "--optimizer", "adam", "--clip-norm", "0.5",
    ]
    let begun = try Program.run(arguments + ["--epochs", "1"], in: workspace)
    #expect(begun.status == .exited(0), "\(begun.error)")
    let resumed = try Program.run(
      arguments + ["--epochs", "2", "--resume-if-begun"], in: workspace)
    #expect(resumed.status == .exited(0), "\(resumed.error)")
    let settings = try #require(
      try RunDirectory.open(workspace.at("run")).description.hyperparameters)
    #expect(
      settings.factors
        == RoleFactors(biasRate: 2, biasDecay: 0, normDecay: 0.5, outputDecay: 10))
    #expect(settings.warmUp == WarmUp(epochs: 2, factor: 0.25))
    #expect(settings.augmentation == Augmentation(padding: 2, mirrors: true))
    #expect(settings.optimizer == .adam() && settings.momentum == 0)
    #expect(settings.clipNorm == 0.5)
  }

  @Test(arguments: [
    (["--preset", "resnet-21"], ["--preset", "resnet-20"]),
    (["--preset", "resnet-20", "--depth", "3"], ["--preset", "--depth"]),
    (["--preset", "resnet-20", "--architecture", "x.json"], ["--preset", "--architecture"]),
    (["--architecture", "x.json"], ["x.json"]),
    (["--architecture", "wrong.json"], ["wrong.json", "layers[0].stride"]),
    (["--pad", "65"], ["--pad", "0 to 64"]), (["--warm-up", "1"], ["--warm-up", "1,0.1"]),
    (["--bias-rate", "-1"], ["--bias-rate"]),
    (["--clip-norm", "0"], ["--clip-norm", "a positive number"]),
    (["--optimizer", "rprop"], ["--optimizer", "sgd or adam"]),
  ])
  func wrongCallsAreOneLine(_ options: [String], _ names: [String]) throws {
    let workspace = try workspace()
    try workspace.write(
      "wrong.json",
      Array(
        #"{"input":[1,8,8],"classes":2,"layers":[{"kind":"max-pool","kernel":2,"stride":0}]}"#
          .utf8))
    let outcome = try Program.run(
      ["train", "--data", "shapes", "--out", "run"] + options, in: workspace)
    #expect(outcome.status != .exited(0))
    for name in names { #expect(outcome.error.contains(name), "\(outcome.error)") }
    #expect(try !workspace.names(in: ".").contains("run"))
  }
}
