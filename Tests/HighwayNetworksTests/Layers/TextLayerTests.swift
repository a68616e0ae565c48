import TensorFiles
import Testing

@testable import HighwayNetworks

/// Layers that read words and tokens: their descriptions, their sizes, and their gradients.
@Suite struct TextLayerTests {
  private func network(_ layers: String, input: Int, classes: Int = 4) throws -> Architecture {
    try Architecture(
      json:
        #"{"input":[\#(input)],"task":"next-token","classes":\#(classes),"layers":[\#(layers)]}"#)
  }

  private static let tiny =
    #"{"kind":"char-cnn","characters":5,"units":2,"kernels":[1,3],"channels":[2,3],"#
    + #""activation":"tanh","padding":0}"#
  private static let highway =
    #"{"kind":"highway","units":5,"activation":"relu","gating":"coupled","gateBias":-2}"#

  /// The number of parameters of a network of Kim's, by that of its highway layers.
  private func kim(_ widths: [Int], _ features: [Int], cells: Int, highways: Int) throws -> Int {
    let units = features.reduce(0, +)
    let highway =
      #",{"kind":"highway","units":\#(units),"activation":"relu","gating":"coupled","gateBias":-2}"#
    return ParameterLayout(
      try network(
        #"{"kind":"char-cnn","characters":51,"units":15,"kernels":\#(widths),"channels":\#(features),"#
          + #""activation":"tanh","padding":0}"# + String(repeating: highway, count: highways)
          + #",{"kind":"lstm","units":\#(cells)},{"kind":"dropout","p":0.5},"#
          + #"{"kind":"lstm","units":\#(cells)},{"kind":"dropout","p":0.5}"#,
        input: 65, classes: 10_000)
    ).count
  }

  @Test func networksOfThePaperHaveItsNumberOfParameters() throws {
    let small = (1...6).map { 25 * $0 }
    let counts = try [0, 1, 2].map {
      try kim(Array(1...6), small, cells: 300, highways: $0)
    }
    #expect(counts == [4_760_215, 5_312_515, 5_864_815])
    let large = (1...7).map { min(200, 50 * $0) }
    #expect(try kim(Array(1...7), large, cells: 650, highways: 2) == 19_373_165)
  }

  /// The number of parameters of a recurrent highway network that tells 10,000 words apart.
  private func recurrentHighway(depth: Int, units: Int, isTied: Bool) throws -> Int {
    let tied = isTied ? #""tied":{"layer":0},"# : ""
    return ParameterLayout(
      try Architecture(
        json:
          #"{"input":[1],"task":"next-token","classes":10000,\#(tied)"layers":[{"kind":"embedding","#
          + #""tokens":10000,"units":\#(units)},{"kind":"rhn","units":\#(units),"depth":\#(depth),"#
          + #""activation":"tanh"}]}"#)
    ).count
  }

  @Test func recurrentHighwayNetworksOfThePaperHaveTheirNumberOfParameters() throws {
    #expect(try recurrentHighway(depth: 10, units: 830, isTied: true) == 23_482_400)
    #expect(try recurrentHighway(depth: 8, units: 890, isTied: false) == 32_082_040)
    #expect(try recurrentHighway(depth: 5, units: 1_000, isTied: true) == 22_020_000)
  }

  @Test(arguments: [
    ("0", ""), ("1", "an embedding"), ("2", "0 to 1"), ("0,\"x\":1", "layer"),
  ])
  func anOutputIsTiedToAnEmbeddingOfItsExtents(_ layer: String, _ words: String) {
    let text =
      #"{"input":[1],"task":"next-token","classes":9,"tied":{"layer":\#(layer)},"layers":["#
      + #"{"kind":"embedding","tokens":9,"units":3},{"kind":"lstm","units":3}]}"#
    do {
      let architecture = try Architecture(json: text)
      #expect(words.isEmpty && architecture.tied == 0)
      #expect(try Architecture(json: architecture.json) == architecture)
      #expect(architecture.fitted(to: .sequence(steps: 4, features: 1)).tied == 0)
    } catch {
      #expect(!words.isEmpty && "\(error)".contains(words), "\(error)")
    }
  }

  @Test(arguments: [
    (tiny, 4), (tiny + "," + highway + #",{"kind":"lstm","units":3}"#, 6),
    (#"{"kind":"embedding","tokens":9,"units":3},{"kind":"lstm","units":3}"#, 1),
    (#"{"kind":"embedding","tokens":9,"units":3,"padding":8}"#, 1),
    (#"{"kind":"rhn","units":3,"depth":2,"activation":"relu","gateBias":-2,"count":2}"#, 2),
  ])
  func descriptionsAreReadAsTheyAreWritten(_ layers: String, _ input: Int) throws {
    let architecture = try network(layers, input: input)
    #expect(try Architecture(json: architecture.json) == architecture)
  }

  @Test(arguments: [
    (tiny, 2, "at most 2 characters"),
    (#"{"kind":"embedding","tokens":9,"units":3}"#, 2, "one value a step"),
    (#"{"kind":"embedding","tokens":9,"units":3,"padding":9}"#, 1, "0 to 8"),
    (#"{"kind":"embedding","tokens":99999999,"units":3}"#, 1, "1 to 16777216"),
    (
      #"{"kind":"char-cnn","characters":5,"units":2,"kernels":[1],"channels":[2,3],"activation":"tanh"}"#,
      4, "a number for each of the kernels"
    ),
    (tiny + #",{"kind":"final-state"}"#, 4, "return a sequence"),
    (#"{"kind":"rhn","units":3,"depth":0,"activation":"tanh"}"#, 1, "1 to 1000"),
    (#"{"kind":"rhn","units":3,"depth":2,"activation":"tanh","gating":"full"}"#, 1, "coupled"),
    (
      #"{"kind":"rhn","units":4611686018427387904,"depth":2,"activation":"tanh"}"#, 1, "units"
    ),
    (
      #"{"kind":"rhn","units":2,"depth":2,"activation":"tanh"},{"kind":"hlstm","units":4}"#, 1,
      "an lstm or hlstm layer below"
    ),
  ])
  func whatDoesNotGoTogetherIsRefused(_ layers: String, _ input: Int, _ words: String) {
    let error = #expect(throws: DescriptionError.self) { try network(layers, input: input) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words))
  }

  @Test func gradientsAreThoseOfSmallDifferences() throws {
    let layers = Self.tiny + "," + Self.highway + #",{"kind":"lstm","units":3}"#
    let architecture = try network(layers, input: 4).fitted(to: .sequence(steps: 3, features: 4))
    var random = RandomSource(seed: 5)
    let network = Network(architecture, random: &random)
    // Six words, two of them alike.
    let words: [Float] = [1, 3, 2, 0, 1, 4, 3, 2, 1, 2, 0, 0, 1, 3, 2, 0, 1, 4, 4, 2, 1, 3, 4, 2]
    let loss = NetworkLoss(architecture, input: words, labels: [0, 1, 2, 3, 0, 1])
    let gradient = loss.gradient(at: network.parameters)
    for index in gradient.indices where index % 2 == 0 {
      var (above, below) = (network.parameters, network.parameters)
      above[index] += 1e-2
      below[index] -= 1e-2
      let slope = (loss(above) - loss(below)) / 2e-2
      #expect(abs(slope - Double(gradient[index])) < 2e-3, "parameter \(index)")
    }
  }

  @Test func morePaddingChangesNoWord() throws {
    let words: [[Float]] = [[1, 3, 2], [1, 4, 4, 3, 2]]
    var outputs: [[Float]] = []
    // A word has a window of padding alone at both lengths.
    for length in [8, 11] {
      let architecture = try network(Self.tiny, input: length).fitted(
        to: .sequence(steps: 2, features: length))
      var random = RandomSource(seed: 5)
      let network = Network(architecture, random: &random)
      let input = words.flatMap { $0 + Array(repeating: 0, count: length - $0.count) }
      outputs.append(try Inference(network)(input).output)
    }
    #expect(outputs[0] == outputs[1] && Set(outputs[0]).count > 4)
  }
}
