import TerminalHarness
import TestSupport
import Testing

/// Networks that read a text, from training to a view.
@Suite struct TextTests {
  private static let network =
    #"{"input":[6],"task":"next-token","classes":7,"layers":[{"kind":"char-cnn","characters":16,"#
    + #""units":2,"kernels":[1,2],"channels":[2,2],"activation":"tanh","padding":0},"#
    + #"{"kind":"highway","units":4,"activation":"relu","gating":"coupled","gateBias":-2},"#
    + #"{"kind":"lstm","units":3}]}"#

  @Test func aTextIsReadFromTrainingToAView() throws {
    let workspace = try TemporaryDirectory()
    _ = try workspace.write(
      "sea.txt", String(repeating: "in the sea a fish\n", count: 80).utf8)
    _ = try workspace.write("net.json", Self.network.utf8)
    let trained = try Program.run(
      [
        "train", "--data", "sea.txt", "--architecture", "net.json", "--out", "run", "--epochs", "1",
        "--batch-size", "4", "--threads", "1",
      ], in: workspace)
    #expect(trained.status == .exited(0) && trained.error.isEmpty)
    #expect(trained.output.contains("perplexity") && trained.output.contains("validation"))
    let resumed = try Program.run(
      ["train", "--data", "sea.txt", "--out", "run", "--epochs", "2", "--resume"], in: workspace)
    #expect(resumed.status == .exited(0) && resumed.output.contains("epoch   2"))
    let inspected = try Program.run(["inspect", "run/epoch-0001.safetensors"], in: workspace)
    #expect(inspected.output.contains("vocabulary") && inspected.output.contains("16 characters"))
    let analyzed = try Program.run(
      ["analyze", "run", "--data", "sea.txt", "--json"], in: workspace)
    #expect(analyzed.status == .exited(0) && analyzed.output.contains("100 most frequent"))
    let sample = try Program.run(
      ["render", "sample", "run", "--data", "sea.txt", "--size", "100x30"], in: workspace)
    #expect(sample.output.contains("in the sea a fish") && sample.output.contains("next token"))
    let near = try Program.run(
      ["analyze", "run", "--data", "sea.txt", "--words", "sea"], in: workspace)
    #expect(near.output.contains("sea, mean T") && near.output.contains("perplexity"))
    let picture = try Program.run(
      [
        "run", "--data", "sea.txt", "--dump", "--keys", "2 i", "--size", "100x30", "--no-config",
      ], in: workspace)
    #expect(picture.output.contains("words, layer 1"), "\(picture.output)\(picture.error)")
    #expect(picture.output.contains("filter width 1") && picture.output.contains("fish"))
    let unknown = try Program.run(
      ["analyze", "run", "--data", "sea.txt", "--words", "sea,sky"], in: workspace)
    #expect(unknown.error.contains("the network does not know sky"))
    let preset = try Program.run(
      ["train", "--data", "sea.txt", "--out", "other"], in: workspace)
    #expect(preset.status != .exited(0) && preset.error.contains("kim-small"))
  }

  private static let autoencoder =
    #"{"input":[1],"task":"autoencode","classes":12,"layers":[{"kind":"embedding","tokens":12,"#
    + #""units":3},{"kind":"lstm","units":3},{"kind":"final-state"},{"kind":"highway","units":3,"#
    + #""activation":"relu","gating":"coupled","gateBias":-2},{"kind":"latent","units":2},"#
    + #"{"kind":"dense","units":3,"activation":"tanh"},{"kind":"decoder-lstm","units":3,"embedding":0}]}"#

  @Test func linesAreAutoencodedFromTrainingToAView() throws {
    let workspace = try TemporaryDirectory()
    _ = try workspace.write(
      "sea.txt", String(repeating: "in the sea a fish\nup a hill\n", count: 40).utf8)
    _ = try workspace.write("net.json", Self.autoencoder.utf8)
    let trained = try Program.run(
      [
        "train", "--data", "sea.txt", "--architecture", "net.json", "--out", "run", "--epochs", "1",
        "--threads", "1", "--word-dropout", "0.2", "--kl-schedule", "0.1,5",
      ], in: workspace)
    #expect(trained.status == .exited(0), "\(trained.error)")
    #expect(trained.output.contains("NLL") && trained.output.contains("active units"))
    let resumed = try Program.run(
      ["train", "--data", "sea.txt", "--out", "run", "--epochs", "2", "--resume"], in: workspace)
    #expect(resumed.output.contains("epoch   2"), "\(resumed.error)")
    let sample = try Program.run(
      ["render", "sample", "run", "--data", "sea.txt", "--size", "100x30"], in: workspace)
    #expect(sample.output.contains("in the sea a fish"), "\(sample.error)")
    let walk = try Program.run(
      ["analyze", "run", "--data", "sea.txt", "--split", "train", "--walk", "0,1"], in: workspace)
    #expect(walk.status == .exited(0) && walk.output.contains("from: "), "\(walk.error)")
    #expect(walk.output.contains("KL") && walk.output.contains("1.00"))
    let one = try Program.run(
      ["analyze", "run", "--data", "sea.txt", "--walk", "3"], in: workspace)
    #expect(one.status != .exited(0) && one.error.contains("expected two samples"))
    let depth = try Program.run(
      ["render", "depth", "run", "--data", "sea.txt", "--size", "120x40"], in: workspace)
    #expect(depth.output.contains("KL of the code by unit") && depth.output.contains("100 %"))
  }

  @Test func charactersAreReadFromTrainingToAView() throws {
    let workspace = try TemporaryDirectory()
    _ = try workspace.write("sea.txt", String(repeating: "In the sea\n", count: 60).utf8)
    let network =
      #"{"input":[1],"task":"next-token","classes":12,"layers":[{"kind":"embedding","tokens":12,"#
      + #""units":2},{"kind":"lstm","units":3}]}"#
    _ = try workspace.write("net.json", network.utf8)
    let trained = try Program.run(
      [
        "train", "--data", "sea.txt", "--text", "characters", "--architecture", "net.json", "--out",
        "run", "--epochs", "1", "--batch-size", "4", "--threads", "1",
      ], in: workspace)
    #expect(trained.status == .exited(0) && trained.output.contains("perplexity"))
    let classes = try Program.run(
      ["render", "classes", "run", "--data", "sea.txt", "--size", "100x30"], in: workspace)
    #expect(classes.output.contains("vowels − mean"))
    let sample = try Program.run(
      ["render", "sample", "run", "--data", "sea.txt", "--size", "100x30"], in: workspace)
    #expect(sample.output.contains("i of layer 1, unit 0") && sample.output.contains("next token"))
  }
}
