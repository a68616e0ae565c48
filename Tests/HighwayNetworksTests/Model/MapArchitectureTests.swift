import HighwayNetworks
import TensorFiles
import Testing

/// Descriptions of networks of maps: what is read and written back, and what is refused.
@Suite struct MapArchitectureTests {
  private func network(_ layers: String, input: String = "[4,8,8]") -> String {
    #"{"input":\#(input),"classes":3,"layers":[\#(layers)]}"#
  }

  @Test(arguments: [
    #"{"kind":"conv","channels":6,"kernel":3,"stride":2,"padding":1,"bias":false,"activation":"linear"}"#,
    #"{"kind":"conv","channels":6,"kernel":5,"activation":"relu"}"#,
    #"{"kind":"conv-highway","channels":4,"kernel":3,"activation":"relu","gating":"coupled","gateBias":-1,"count":2}"#,
    #"{"kind":"conv-highway","channels":4,"kernel":3,"activation":"relu","gating":"frozen","p":0.5}"#,
    #"{"kind":"max-pool","kernel":3,"stride":2}"#,
    #"{"kind":"average-pool","kernel":2,"stride":2,"ceil":false}"#,
    #"{"kind":"global-average-pool"}"#, #"{"kind":"flatten"}"#, #"{"kind":"dropout","p":0.25}"#,
    #"{"kind":"batch-norm","activation":"relu"}"#,
    #"{"kind":"batch-norm","activation":"linear","momentum":0.25,"epsilon":0.5}"#,
    #"{"kind":"residual-block","channels":4,"activation":"relu","count":3}"#,
    #"{"kind":"residual-block","channels":8,"stride":2,"shortcut":"pad","padBefore":2,"activation":"relu"}"#,
    #"{"kind":"residual-block","channels":4,"order":"pre","sharedActivation":true,"activation":"relu"}"#,
    #"{"kind":"residual-block","channels":8,"convs":[{"kernel":1,"channels":2},{"kernel":3,"channels":2},{"kernel":1}],"shortcut":"projection","gating":"carry-only","gateBias":-6,"activation":"relu"}"#,
  ])
  func readsBackWhatItWrites(_ layer: String) throws {
    let text = network(layer)
    #expect(try Architecture(json: text).json == text)
  }

  @Test func shapesFollowEachOther() throws {
    let architecture = try Architecture(
      json: network(
        #"{"kind":"dropout","p":0.2},{"kind":"conv","channels":5,"kernel":5,"activation":"relu"},"#
          + #"{"kind":"max-pool","kernel":3,"stride":2},"#
          + #"{"kind":"residual-block","channels":8,"stride":2,"shortcut":"pad","activation":"relu"},"#
          + #"{"kind":"flatten"}"#, input: "[1,28,20]"))
    #expect(
      architecture.shapes.map(\.description)
        == ["1×28×20", "1×28×20", "5×24×16", "5×12×8", "8×6×4", "192"])
    #expect(architecture.gatedLayers == [3])
  }

  @Test(arguments: [
    (#"{"kind":"conv","channels":6,"kernel":9,"activation":"relu"}"#, "layers[0].kernel"),
    (#"{"kind":"conv","channels":6,"kernel":11,"padding":1,"activation":"relu"}"#, "10"),
    (#"{"kind":"conv","channels":6,"kernel":0,"activation":"relu"}"#, "layers[0].kernel"),
    (
      #"{"kind":"conv","channels":6,"kernel":3,"stride":0,"activation":"relu"}"#, "layers[0].stride"
    ),
    (
      #"{"kind":"conv","channels":6,"kernel":3,"padding":3,"activation":"relu"}"#,
      "layers[0].padding"
    ),
    (
      #"{"kind":"conv","channels":6,"kernel":3,"padding":-1,"activation":"relu"}"#,
      "layers[0].padding"
    ),
    (#"{"kind":"conv","channels":0,"kernel":3,"activation":"relu"}"#, "layers[0].channels"),
    (
      #"{"kind":"conv","channels":2147483648,"kernel":3,"activation":"relu"}"#, "layers[0].channels"
    ),
    (
      #"{"kind":"conv","channels":60000000,"kernel":3,"padding":0,"activation":"relu"}"#,
      "layers[0]"
    ),
    (#"{"kind":"conv","channels":6,"kernel":3}"#, "layers[0].activation"),
    // The third of them would have a map of 2×2.
    (#"{"kind":"conv","channels":4,"kernel":3,"activation":"relu","count":4}"#, "layers[0].kernel"),
    (
      #"{"kind":"conv","channels":4,"kernel":1024,"padding":1023,"activation":"relu","count":100000}"#,
      "layers[0].channels"
    ),
    (
      #"{"kind":"conv-highway","channels":5,"kernel":3,"activation":"relu","gating":"full"}"#,
      "layers[0].channels"
    ),
    (
      #"{"kind":"conv-highway","channels":4,"kernel":2,"activation":"relu","gating":"full"}"#,
      "layers[0].kernel"
    ),
    (#"{"kind":"conv-highway","channels":4,"kernel":3,"activation":"relu"}"#, "layers[0].gating"),
    (#"{"kind":"max-pool","kernel":9,"stride":1}"#, "layers[0].kernel"),
    (#"{"kind":"max-pool","kernel":2,"stride":3}"#, "layers[0].stride"),
    (#"{"kind":"average-pool","kernel":2,"stride":0}"#, "layers[0].stride"),
    (#"{"kind":"max-pool","kernel":2,"stride":2,"count":5}"#, "layers[0].kernel"),
    (#"{"kind":"global-average-pool","count":2}"#, "layers[0]"),
    (#"{"kind":"dropout","p":1}"#, "layers[0].p"), (#"{"kind":"dropout","p":-0.1}"#, "layers[0].p"),
    (#"{"kind":"batch-norm","momentum":2}"#, "layers[0].momentum"),
    (#"{"kind":"batch-norm","epsilon":0}"#, "layers[0].epsilon"),
    (#"{"kind":"residual-block","channels":6,"activation":"relu"}"#, "layers[0].shortcut"),
    (
      #"{"kind":"residual-block","channels":4,"stride":2,"activation":"relu"}"#,
      "layers[0].shortcut"
    ),
    (
      #"{"kind":"residual-block","channels":3,"shortcut":"pad","activation":"relu"}"#,
      "layers[0].shortcut"
    ),
    (
      #"{"kind":"residual-block","channels":6,"shortcut":"pad","padBefore":3,"activation":"relu"}"#,
      "layers[0].shortcut"
    ),
    (
      #"{"kind":"residual-block","channels":6,"shortcut":"pad","padBefore":9223372036854775807,"activation":"relu"}"#,
      "layers[0].padBefore"
    ),
    (
      #"{"kind":"residual-block","channels":4,"padBefore":1,"activation":"relu"}"#,
      "layers[0].padBefore"
    ),
    (#"{"kind":"residual-block","channels":4,"convs":[],"activation":"relu"}"#, "layers[0].convs"),
    (
      #"{"kind":"residual-block","channels":4,"convs":[{"kernel":2}],"activation":"relu"}"#,
      "layers[0].convs[0].kernel"
    ),
    (
      #"{"kind":"residual-block","channels":4,"convs":[{"kernel":1,"channels":2}],"activation":"relu"}"#,
      "layers[0].convs[0].channels"
    ),
    (
      #"{"kind":"residual-block","channels":4,"sharedActivation":true,"activation":"relu"}"#,
      "layers[0].sharedActivation"
    ),
    (
      #"{"kind":"residual-block","channels":4,"order":"both","activation":"relu"}"#,
      "layers[0].order"
    ),
    (
      #"{"kind":"residual-block","channels":2147483647,"shortcut":"pad","activation":"relu"}"#,
      "layers[0].channels"
    ),
    (
      #"{"kind":"residual-block","channels":4,"activation":"relu","count":1000000}"#,
      "layers[0].count"
    ),
  ])
  func refusesHostileLayers(_ layer: String, _ place: String) {
    let error = #expect(throws: DescriptionError.self) {
      try Architecture(json: network(layer))
    }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains(place) && !message.contains("\n"), "\(message)")
  }

  @Test(arguments: [
    #"{"kind":"conv","channels":6,"kernel":3,"activation":"relu"}"#,
    #"{"kind":"max-pool","kernel":1,"stride":1}"#, #"{"kind":"global-average-pool"}"#,
    #"{"kind":"residual-block","channels":4,"activation":"relu"}"#,
  ])
  func refusesVectorsWhereMapsAreNeeded(_ layer: String) {
    let error = #expect(throws: DescriptionError.self) {
      try Architecture(json: network(layer, input: "[4]"))
    }
    #expect(error.map { "\($0)".contains("map") } ?? false)
  }

  /// Maps of one position go through every kind of layer.
  @Test func mapsOfOnePositionAreMaps() throws {
    let layers = [
      #"{"kind":"conv","channels":3,"kernel":3,"padding":1,"activation":"relu"}"#,
      #"{"kind":"conv-highway","channels":3,"kernel":3,"activation":"relu","gating":"coupled"}"#,
      #"{"kind":"max-pool","kernel":1,"stride":1}"#,
      #"{"kind":"residual-block","channels":6,"stride":2,"shortcut":"projection","activation":"relu"}"#,
      #"{"kind":"batch-norm"}"#, #"{"kind":"global-average-pool"}"#,
    ]
    let architecture = try Architecture(
      json: network(layers.joined(separator: ","), input: "[1,1,1]"))
    var random = RandomSource(seed: 1)
    let network = Network(architecture, random: &random)
    #expect(try Inference(network)([0.5]).output.allSatisfy { $0.isFinite })
  }
}
