import Foundation
import HighwayNetworks
import TensorFiles
import TerminalHarness
import TestSupport
import Testing

/// A checkpoint that does not say what it is made of, as other programs write it.
struct ArchitectureTests {
  private let workspace: TemporaryDirectory

  init() throws {
    workspace = try TinyRun.workspace()
    let network = try RunDirectory.open(workspace.at("run")).checkpoint(epoch: 3).network
    let contents = SafetensorsContents(
      tensors: network.layout.contents(network.parameters), metadata: [])
    try workspace.write("bare.safetensors", contents.encoded)
  }

  private func run(_ arguments: [String]) throws -> Outcome {
    try Program.run(arguments, in: workspace)
  }

  @Test(arguments: [[], ["--json"]])
  func whatInspectPrintsSaysWhatItIsMadeOf(format: [String]) throws {
    let inspection = try run(["inspect", "bare.safetensors"] + format)
    #expect(inspection.status == .exited(1))
    try workspace.write("printed", inspection.output)
    let given = ["bare.safetensors", "--architecture", "printed"]
    #expect(try run(["inspect"] + given).status == .exited(0))
    let data = ["--data", "shapes", "--json"]
    let bare = try run(["lesion"] + given + data)
    #expect(bare.status == .exited(0), "\(bare.error)")
    let known = try run(["lesion", "run"] + data)
    func layers(_ outcome: Outcome) -> Substring? {
      outcome.output.split(separator: "\"layers\"").last
    }
    // Without the run's normalization the numbers differ; the layers are the same.
    #expect(layers(bare)?.count(where: { $0 == "{" }) == layers(known)?.count(where: { $0 == "{" }))
    let explored = try run(given + ["--dump", "--no-config"])
    #expect(explored.status == .exited(0), "\(explored.error)")
    #expect(explored.output.contains("3 layers × 5 units, coupled"))
  }

  @Test func aFileWithoutADescriptionIsRefusedInOneLine() throws {
    try workspace.write("printed", "nothing\n{\"input\":[12]}\n")
    let outcome = try run(["bare.safetensors", "--architecture", "printed", "--dump"])
    #expect(outcome.status == .exited(1))
    #expect(outcome.errorLines.count == 2 && outcome.error.hasPrefix("tollgate: printed: "))
  }

  @Test func aDataSetIsNamedInTheExplorer() throws {
    let inspection = try run(["inspect", "bare.safetensors"])
    try workspace.write("printed", inspection.output)
    let start = [
      "bare.safetensors", "--architecture", "printed", "--dump", "--no-config", "--keys",
    ]
    #expect(try run(start + [""]).output.contains(":data"))
    let named = try run(start + [": data space shapes Enter"])
    #expect(named.lines.first?.contains("shapes test, 21 samples") == true, "\(named.output)")
    let missing = try run(start + [": data space nowhere Enter"])
    #expect(missing.lines.first?.contains("shapes") == false)
    #expect(missing.output.contains("nowhere: no such file"))
  }

  @Test func theSplitThatIsNamedIsLookedAt() throws {
    let start = ["run", "--data", "shapes", "--dump", "--no-config"]
    #expect(try run(start).lines.first?.contains("shapes test, 21 samples") == true)
    let train = try run(start + ["--split", "train"])
    #expect(train.lines.first?.contains("shapes train, 60 samples") == true)
  }

  @Test func whatIsNotRestoredIsSaid() throws {
    let start = ["run", "--data", "shapes", "--dump", "--no-config", "--keys", "6 t"]
    #expect(try !run(start).output.contains("no training state"))
    try FileManager.default.removeItem(atPath: workspace.at("run/state.safetensors"))
    let output = try run(start).output
    #expect(output.contains("epoch 3 has no training state: momentum starts at 0"), "\(output)")
  }
}
