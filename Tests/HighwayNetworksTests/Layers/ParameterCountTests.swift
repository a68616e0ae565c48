import Testing

@testable import HighwayNetworks

@Suite struct ParameterCountTests {
  private func network(_ units: Int, _ layers: [Architecture.Layer]) -> Int {
    ParameterLayout(
      Architecture(
        input: Shape(features: 784), classes: 10,
        layers: [.dense(units: units, activation: .tanh)] + layers)
    ).count
  }

  @Test func highwayLayerOf50HasAboutTheParametersOfAPlainLayerOf71() {
    let highway = Architecture.Layer.highway(
      units: 50, activation: .tanh, gating: .coupled, gateBias: -2)
    #expect(network(50, [highway]) - network(50, []) == 5_100)
    let plain = Architecture.Layer.dense(units: 71, activation: .tanh)
    #expect(network(71, [plain]) - network(71, []) == 5_112)
  }

  @Test func fiftyLayersHaveTheirParameters() {
    let highway = Architecture.Layer.highway(
      units: 50, activation: .tanh, gating: .coupled, gateBias: -2)
    #expect(network(50, Array(repeating: highway, count: 49)) == 289_660)
    let plain = Architecture.Layer.dense(units: 71, activation: .tanh)
    #expect(network(71, Array(repeating: plain, count: 49)) == 306_943)
  }

  @Test func layoutAndLayersAgreeOnEveryGating() {
    for gating in FiniteDifferenceTests.gatings {
      let architecture = Architecture(
        input: Shape(features: 5), classes: 3,
        layers: [
          .dense(units: 4, activation: .relu),
          .highway(units: 4, activation: .relu, gating: gating, gateBias: nil),
        ])
      let layout = ParameterLayout(architecture)
      let stack = LayerStack(architecture)
      #expect(layout.count == stack.parameterCount)
      #expect(
        layout.tensors.first { $0.name.hasPrefix("layers.1.") }?.offset
          == stack.layers[1].parameters.lowerBound)
      #expect(
        layout.tensors.first { $0.name == "output.weight" }?.offset
          == stack.layers[2].parameters.lowerBound)
    }
  }
}
