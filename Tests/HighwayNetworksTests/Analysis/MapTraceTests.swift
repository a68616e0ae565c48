import Testing

@testable import HighwayNetworks

/// What a trace and the statistics say of blocks over maps.
@Suite struct MapTraceTests {
  private static let data = Tiny.data(train: 20)

  private func inference(_ layers: String) throws -> Inference {
    var random = RandomSource(seed: 7)
    let json = #"{"input":[1,2,3],"classes":3,"layers":[\#(layers)]}"#
    return Inference(Network(try Architecture(json: json), random: &random))
  }

  @Test func theInputOfABlockIsTheOutputBelow() throws {
    let inference = try inference(
      #"{"kind":"conv-highway","channels":1,"kernel":3,"activation":"relu","gating":"coupled","#
        + #""gateBias":-1,"count":2}"#)
    let layers = inference.trace(3, of: Tiny.samples(Self.data)).layers
    #expect(layers[1].blockInput == layers[0].blockOutput)
    for index in 0..<6 {
      let (t, h) = (layers[1].transformGate[index], layers[1].blockState[index])
      let y = layers[1].blockInput[index] * layers[1].carryGate[index] + h * t
      #expect(abs(layers[1].blockOutput[index] - y) < 1e-6)
    }
  }

  @Test func rowsOfVectorsHaveNoInputOfTheirOwn() {
    let layer = Inference(Network(Tiny.architecture())).trace(0, of: Tiny.samples(Self.data))
      .layers[0]
    #expect(layer.blockInput.isEmpty && layer.unitMeans(.blockInput).isEmpty)
    #expect(layer.unitMeans(.transformGate) == layer.transformGate)
  }

  @Test func aBlockOfOtherExtentsHasNoChange() throws {
    let inference = try inference(
      #"{"kind":"residual-block","channels":2,"stride":2,"shortcut":"pad","activation":"relu"},"#
        + #"{"kind":"residual-block","channels":2,"activation":"relu"}"#)
    let layers = inference.statistics(of: Tiny.samples(Self.data)).layers
    #expect(layers[0].change.isNaN && layers[1].change.isFinite)
    #expect(inference.trace(0, of: Tiny.samples(Self.data)).layers[0].blockInput.isEmpty)
  }

  @Test func theScaleIsThatOfTheLastNorm() throws {
    var random = RandomSource(seed: 7)
    var network = Network(
      try Architecture(
        json: #"{"input":[1,2,3],"classes":3,"layers":[{"kind":"conv","channels":2,"kernel":1,"#
          + #""activation":"relu"},{"kind":"residual-block","channels":2,"activation":"relu"}]}"#),
      random: &random)
    let scale = try #require(network.layout.tensor("bn2.weight", ofLayer: 1))
    network.parameters[scale.offset] = -0.5
    network.parameters[scale.offset + 1] = 0.25
    #expect(network.branchScales == [0.375])
    let samples = Tiny.samples(Self.data)
    #expect(Inference(network).statistics(of: samples).layers[0].response?.scale == 0.375)
    #expect(Network(Tiny.architecture()).branchScales.allSatisfy { $0 == nil })
  }
}
