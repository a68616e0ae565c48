import Testing

@testable import HighwayNetworks

@Suite struct InitializationTests {
  private func tensor(_ name: String, _ network: Network) -> [Float] {
    network.layout.tensors.first { $0.name == name }.map { Array(network.parameters[$0.range]) }
      ?? []
  }

  private func deviation(_ values: [Float]) -> Float {
    let mean = values.reduce(0, +) / Float(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
  }

  private func network(_ activation: Activation, _ gating: Gating, bias: Float?) -> Network {
    var random = RandomSource(seed: 5)
    return Network(
      Architecture(
        input: Shape(features: 40), classes: 3,
        layers: [
          .dense(units: 60, activation: activation),
          .highway(units: 60, activation: activation, gating: gating, gateBias: bias),
        ]), random: &random)
  }

  @Test func weightsBeforeARectifierAreHes() {
    let network = network(.relu, .coupled, bias: -2)
    #expect(abs(deviation(tensor("layers.0.weight", network)) / 0.2236 - 1) < 0.05)
    #expect(abs(deviation(tensor("layers.1.transform.weight", network)) / 0.1826 - 1) < 0.05)
  }

  @Test func allOtherWeightsAreGlorots() {
    let network = network(.relu, .coupled, bias: -2)
    let gate = tensor("layers.1.gate.weight", network)
    let bound = Float(6.0 / 120).squareRoot()
    #expect(gate.allSatisfy { abs($0) <= bound } && (gate.max() ?? 0) > 0.95 * bound)
    let output = tensor("output.weight", network)
    #expect(output.allSatisfy { abs($0) <= Float(6.0 / 63).squareRoot() })
    let plain = tensor("layers.0.weight", self.network(.tanh, .coupled, bias: -2))
    #expect(plain.allSatisfy { abs($0) <= Float(6.0 / 100).squareRoot() })
  }

  @Test func gatesStartAtTheirBias() {
    let full = network(.tanh, .full, bias: -3)
    #expect(tensor("layers.1.gate.bias", full) == [Float](repeating: -3, count: 60))
    #expect(tensor("layers.1.carry.bias", full) == [Float](repeating: 3, count: 60))
    #expect(tensor("layers.1.transform.bias", full) == [Float](repeating: 0, count: 60))
    let carry = network(.tanh, .carryOnly, bias: nil)
    #expect(tensor("layers.1.carry.bias", carry) == [Float](repeating: 1, count: 60))
  }

  @Test func forgetGatesStartAtTheirBias() throws {
    let text = """
      {"input":[5,3],"task":"tag-sequence","classes":2,"layers":[
        {"kind":"lstm","units":2,"forgetBias":3},{"kind":"hlstm","units":2,"biases":1,"forgetBias":1}]}
      """
    let architecture = try Architecture(json: text)
    #expect(try Architecture(json: architecture.json) == architecture)
    var random = RandomSource(seed: 5)
    let network = Network(architecture, random: &random)
    #expect(tensor("layers.0.bias_ih", network) == [0, 0, 3, 3, 0, 0, 0, 0])
    #expect(tensor("layers.0.bias_hh", network) == [Float](repeating: 0, count: 8))
    #expect(tensor("layers.1.bias_ih", network) == [0, 0, 1, 1, 0, 0, 0, 0])
    random = RandomSource(seed: 5)
    let within = tensor("layers.0.bias_ih", Network(architecture, random: &random, within: 0.1))
    #expect(zip(within, [0, 0, 3, 3, 0, 0, 0, 0] as [Float]).allSatisfy { abs($0 - $1) <= 0.1 })
    #expect(Set(within).count == 8)
  }

  @Test func theSeedFixesEverything() {
    var first = RandomSource(seed: 9)
    var second = RandomSource(seed: 9)
    var other = RandomSource(seed: 10)
    let one = Network(Tiny.architecture(), random: &first).parameters
    #expect(one == Network(Tiny.architecture(), random: &second).parameters)
    #expect(one != Network(Tiny.architecture(), random: &other).parameters)
    #expect(first == second)
  }

  // The first outputs for the state 1, 2, 3, 4, worked out by hand from the published definition.
  @Test func randomSourceIsXoshiro256StarStar() throws {
    var random = try #require(RandomSource(state: [1, 2, 3, 4]))
    #expect(random.next() == 11_520)
    #expect(random.next() == 0)
    #expect(random.next() == 1_509_978_240)
  }

  @Test func permutationHoldsEveryIndexOnce() {
    var random = RandomSource(seed: 1)
    let order = random.permutation(100)
    #expect(order != Array(0..<100) && order.sorted() == Array(0..<100))
    #expect(random.permutation(0) == [] && random.permutation(1) == [0])
  }
}
