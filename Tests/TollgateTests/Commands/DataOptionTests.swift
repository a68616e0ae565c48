import Foundation
import HighwayNetworks
import TensorFiles
import TerminalHarness
import TestSupport
import Testing

/// What is said of a data set whose files do not say it.
struct DataOptionTests {
  private func object(
    _ arguments: [String], in workspace: TemporaryDirectory
  ) throws -> [String: Any] {
    let outcome = try Program.run(["analyze", "--json"] + arguments, in: workspace)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func means(
    _ arguments: [String], in workspace: TemporaryDirectory
  ) throws -> [[Double]] {
    let layers = try #require(
      try object(arguments, in: workspace)["layers"] as? [[String: Any]])
    return try layers.map { try #require($0["meanT"] as? [Double]) }
  }

  @Test func transposedPicturesHaveTheGatesOfUprightOnes() throws {
    let workspace = try TinyRun.workspace()
    for prefix in ["train", "t10k"] {
      let labels = "\(prefix)-labels-idx1-ubyte"
      try workspace.write("turned/" + labels, workspace.bytes("shapes/" + labels))
      let name = "\(prefix)-images-idx3-ubyte"
      var bytes = try workspace.bytes("shapes/" + name)
      (bytes[11], bytes[15]) = (3, 4)
      let upright = bytes
      for index in upright.indices.dropFirst(16) {
        let (image, pixel) = (index - 16).quotientAndRemainder(dividingBy: 12)
        let (row, column) = pixel.quotientAndRemainder(dividingBy: 3)
        bytes[16 + image * 12 + column * 4 + row] = upright[index]
      }
      try workspace.write("turned/" + name, bytes)
    }
    let upright = try means(["run", "--data", "shapes"], in: workspace)
    #expect(try means(["run", "--data", "turned", "--transpose"], in: workspace) == upright)
    #expect(try means(["run", "--data", "turned"], in: workspace) != upright)
  }

  @Test func theLabelColumnIsSaid() throws {
    let workspace = try TemporaryDirectory()
    try workspace.write("words.csv", "a,kind,b,c\n0.5,noun,-2,3\n0,verb,1,-7\n1,noun,0,0.5\n")
    let elmo = try fixture("hdf5/elmo.th")
    let command = [elmo, "--data", "words.csv", "--label-column"]
    for column in ["kind", "2"] {
      let data = try #require(
        try object(command + [column], in: workspace)["data"] as? [String: Any])
      #expect(data["classes"] as? [String] == ["noun", "verb"])
      #expect(data["samples"] as? Int == 3)
    }
    let unknown = try Program.run(["analyze"] + command + ["sort"], in: workspace)
    #expect(unknown.status == .exited(1) && unknown.errorLines.count == 2)
    #expect(unknown.error.contains("words.csv") && unknown.error.contains("sort"))
  }

  @Test func theNormalizationIsSaidWhereTheModelDoesNotSayIt() throws {
    let workspace = try TinyRun.workspace()
    let run = try RunDirectory.open(workspace.at("run"))
    let network = try run.checkpoint(epoch: TinyRun.lastEpoch).network
    try workspace.write(
      "bare.safetensors",
      SafetensorsContents(
        tensors: network.layout.contents(network.parameters),
        metadata: [("architecture", network.architecture.json)]
      ).encoded)
    let data = try #require(run.description.data).normalization
    let command = ["bare.safetensors", "--data", "shapes"]
    let said = "\(data.mean[0]),\(data.std[0])"
    let known = try means(["run", "--data", "shapes"], in: workspace)
    #expect(try means(command + ["--normalization", said], in: workspace) == known)
    #expect(try means(command + ["--normalization", "none"], in: workspace) != known)
    let refused = try Program.run(
      ["analyze"] + command + ["--normalization", "1,0"], in: workspace)
    #expect(refused.status == .exited(64))
    #expect(refused.error.contains("expected none, or MEAN,STD with a positive STD"))
  }
}
