import TensorFiles
import Testing

@testable import HighwayNetworks

/// The papers' networks, their numbers of parameters to the last one.
@Suite struct PresetTests {
  private func preset(_ name: String) throws -> Preset { try Setting.preset.read(name) }

  private func trained(_ architecture: Architecture) -> Int {
    ParameterLayout(architecture).trainedCount
  }

  @Test(arguments: [
    ("highway-mnist-10", 10, 151_690), ("highway-mnist-10-narrow", 10, 38_986),
    ("highway-cifar-19", 10, 2_256_838), ("highway-cifar-19", 100, 2_265_928),
    ("resnet-20", 10, 269_722), ("resnet-32", 10, 464_154), ("resnet-44", 10, 658_586),
    ("resnet-56", 10, 853_018), ("resnet-110", 10, 1_727_962),
    ("resnet-110-shortcut-only", 10, 1_824_186),
  ])
  func networksHaveTheirParameters(_ name: String, _ classes: Int, _ count: Int) throws {
    let preset = try preset(name)
    let architecture = try preset.architecture(input: preset.paperInput, classes: classes)
    #expect(trained(architecture) == count)
    #expect(preset.adaptation(to: preset.paperInput) == nil)
    #expect(try Architecture(json: architecture.json) == architecture)
  }

  @Test func runningStatisticsAreNotCountedAsTrained() throws {
    let preset = try preset("resnet-20")
    let architecture = try preset.architecture(input: preset.paperInput, classes: 10)
    #expect(ParameterLayout(architecture).count == 271_098)
  }

  /// ResNet-20 with projections, and the pre-activation bottleneck network of 164 layers.
  @Test func otherShortcutsHaveTheirParameters() throws {
    func network(_ layers: [String]) throws -> Architecture {
      try Architecture(
        json: #"{"input":[3,32,32],"classes":10,"layers":[\#(layers.joined(separator: ","))]}"#)
    }
    let stem =
      #"{"kind":"conv","channels":16,"kernel":3,"padding":1,"bias":false,"activation":"linear"}"#
    let norm = #"{"kind":"batch-norm","activation":"relu"}"#
    let mean = #"{"kind":"global-average-pool"}"#
    func block(_ channels: Int, _ more: String, _ count: Int) -> String {
      #"{"kind":"residual-block","channels":\#(channels),\#(more)"activation":"relu","count":\#(count)}"#
    }
    let projected = #""stride":2,"shortcut":"projection","#
    let optionB = try network([
      stem, norm, block(16, "", 3), block(32, projected, 1), block(32, "", 2),
      block(64, projected, 1), block(64, "", 2), mean,
    ])
    #expect(trained(optionB) == 272_474)
    var layers = [stem]
    for (width, stride) in [(16, 1), (32, 2), (64, 2)] {
      let convs =
        #""order":"pre","convs":[{"kernel":1,"channels":\#(width)},{"kernel":3,"channels":\#(width)},{"kernel":1}],"#
      let first = #""stride":\#(stride),"shortcut":"projection","sharedActivation":true,"#
      layers += [block(4 * width, convs + first, 1), block(4 * width, convs, 17)]
    }
    #expect(trained(try network(layers + [norm, mean])) == 1_703_258)
  }

  @Test func otherImagesAreSaidToBeOthers() throws {
    let preset = try preset("resnet-20")
    let input = Shape.image(channels: 1, height: 28, width: 28)
    let architecture = try preset.architecture(input: input, classes: 10)
    #expect(architecture.output(ofLayer: 8) == Shape(positions: [7, 7], features: 64))
    #expect(preset.adaptation(to: input)?.contains("3×32×32") == true)
    let flat = #expect(throws: DescriptionError.self) {
      try preset.architecture(input: Shape(features: 784), classes: 10)
    }
    #expect(flat?.description.contains("images, since the network goes over maps") == true)
    let small = #expect(throws: DescriptionError.self) {
      try self.preset("highway-mnist-10").architecture(
        input: .image(channels: 1, height: 4, width: 4), classes: 10)
    }
    #expect(small?.description.contains("layers[1].kernel: expected at most 4") == true)
  }

  @Test func recipesAreThePapers() throws {
    let highway = try preset("highway-mnist-10").hyperparameters(seed: 3)
    #expect(highway.seed == 3 && highway.nesterov && highway.batchSize == 100)
    #expect(highway.factors.biasRate == 2 && highway.factors.outputDecay == 10)
    let deep = try preset("resnet-110").hyperparameters(seed: 1)
    let rates = [1, 2, 82, 83, 123, 124].map { deep.learningRate(epoch: $0) }
    for (rate, expected) in zip(rates, [0.01, 0.1, 0.1, 0.01, 0.01, 0.001] as [Float]) {
      #expect(abs(rate / expected - 1) < 1e-5)
    }
    #expect(deep.augmentation == Augmentation(padding: 4, mirrors: true))
  }
}
