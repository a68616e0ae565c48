import Foundation
import TerminalHarness
import TestSupport
import Testing

/// The commands on checkpoints of other programs.
struct ForeignTests {
  private let workspace: TemporaryDirectory
  private let elmo: String

  init() throws {
    workspace = try TemporaryDirectory()
    elmo = try fixture("hdf5/elmo.th")
    let values: [Float] = [0.5, -2, 3, 1e-3, 0, -7]
    try workspace.write(
      "vectors.npy", npy(npyHeader("<f4", "(2, 3)"), values.flatMap { le($0.bitPattern) }))
  }

  private func run(_ arguments: [String]) throws -> Outcome {
    try Program.run(arguments, in: workspace)
  }

  /// The means of T of each layer.
  private func means(_ path: String, _ options: [String] = []) throws -> [[Double]] {
    let outcome = try run(["analyze", path, "--data", "vectors.npy", "--json"] + options)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let layers = try #require(object["layers"] as? [[String: Any]])
    return try layers.map { try #require($0["meanT"] as? [Double]) }
  }

  @Test func convertedCheckpointHasTheSameGates() throws {
    let outcome = try run(["convert", elmo, "-o", "own.safetensors"])
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(
      outcome.output.contains("(convention allennlp), the gate multiplies the carry: confirmed"))
    // What is written is Tollgate's own, which needs no convention, and is converted to itself.
    let again = try run(["convert", "own.safetensors", "-o", "again.safetensors"])
    #expect(again.status == .exited(0), "\(again.error)")
    #expect(try workspace.bytes("own.safetensors") == workspace.bytes("again.safetensors"))
    #expect(try means("own.safetensors") == means(elmo))
  }

  @Test func gateAndSwapAreSaid() throws {
    let taken = try means(elmo)
    let flipped = try means(elmo, ["--gate", "transform"])
    // The layers above have other inputs then.
    for (taken, flipped) in zip(taken[0], flipped[0]) {
      #expect(abs(taken + flipped - 1) < 1e-6)
    }
    #expect(try means(elmo, ["--swap"]) != taken)
  }

  @Test func conventionAndNameAreSaid() throws {
    let refused = try run(["inspect", elmo, "--convention", "nobodys"])
    #expect(refused.status == .exited(1), "\(refused.output)")
    #expect(
      refused.output.contains("expected one of the conventions allennlp, fairseq")
        && refused.output.contains("torchvision, torch-lstm"))
    let named = try run(["inspect", elmo + "#highways", "--convention", "allennlp"])
    #expect(named.status == .exited(0) && named.output.contains("as --convention says"))
    let unknown = try run(["analyze", elmo + "#decoder", "--data", "vectors.npy"])
    #expect(unknown.status == .exited(1) && unknown.errorLines.count == 2)
    #expect(unknown.error.contains("expected a stack behind the #, found \"decoder\"; there are "))
  }
}
