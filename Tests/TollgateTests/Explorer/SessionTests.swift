import ExplorerUI
import HighwayNetworks
import TestSupport
import Testing

@testable import tollgate

struct SessionTests {
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  @Test func aCheckpointThatWasReplacedIsReadAnew() throws {
    let model = try ModelSource(workspace.at("run"))
    let session = Session(model, data: DataPlace(workspace.at("shapes")), sampleLimit: 10)
    let before = try session.network(.recorded(1))
    #expect(try session.network(.recorded(1)).parameters == before.parameters)
    var other = try model.checkpoint(epoch: 1)
    other.network.parameters[0] += 1
    try other.write(to: model.checkpointPath(epoch: 1))
    #expect(try session.network(.recorded(1)).parameters == other.network.parameters)
  }

  @Test func eachEpochHasItsOwnNetwork() throws {
    let model = try ModelSource(workspace.at("run"))
    let session = Session(model, data: DataPlace(workspace.at("shapes")), sampleLimit: 10)
    for epoch in [2, 1, 3, 1] {
      let expected = try model.network(epoch: epoch).parameters
      #expect(try session.network(.recorded(epoch)).parameters == expected)
    }
  }
}
