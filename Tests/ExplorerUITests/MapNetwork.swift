import ExplorerUI
import Testing

@testable import HighwayNetworks

/// What can answer the questions that a state raises.
protocol Answering {
  func answer(to question: Question) -> Answer?
}

/// One that says of itself what is opened.
protocol OpenableNetwork: Answering {
  var summary: ModelSummary { get }
}

extension OpenableNetwork {
  /// A state with the network open, after keys.
  func state(_ keys: String, _ size: Size = Size(width: 80, height: 24)) -> ExplorerState {
    var state = ExplorerState(
      size: size, capabilities: Capabilities(colors: .mono, unicode: true))
    state.play(
      [.modelOpened(summary)] + keys.map { .terminal(.key(.character($0))) }, with: self)
    return state
  }
}

/// A tiny network over maps with weights at random, and twelve samples: what is shown of it is really computed.
struct MapNetwork: Answering, CustomTestStringConvertible {
  let testDescription: String
  let network: Network

  private init(_ name: String, _ layers: String) {
    testDescription = name
    var random = RandomSource(seed: 5)
    let json = #"{"input":[1,8,8],"classes":3,"layers":[\#(layers)]}"#
    // What is written here is a network, or the tests that use it fail.
    let architecture =
      (try? Architecture(json: json))
      ?? Architecture(input: Shape(features: 64), classes: 3, layers: [])
    network = Network(architecture, random: &random)
  }

  private static let first =
    #"{"kind":"conv","channels":4,"kernel":3,"padding":1,"activation":"relu"},"#

  private static func highway(_ gating: String) -> String {
    let block =
      #"{"kind":"conv-highway","channels":4,"kernel":3,"activation":"relu","gating":"\#(gating)","#
      + #""gateBias":-1,"count":2}"#
    return first + block + #",{"kind":"max-pool","kernel":2,"stride":2},"# + block
  }

  private static func residual(_ more: String) -> String {
    func block(_ maps: Int, _ shape: String = "") -> String {
      #"{"kind":"residual-block","channels":\#(maps),\#(shape)\#(more)"activation":"relu"}"#
    }
    return first
      + [block(4), block(4), block(6, #""stride":2,"shortcut":"pad","#), block(6)]
      .joined(separator: ",") + #",{"kind":"global-average-pool"}"#
  }

  static let highway = MapNetwork("conv-highway", highway("coupled"))
  static let residual = MapNetwork("residual", residual(""))
  static let exclusive = MapNetwork(
    "exclusive", residual(#""gating":"coupled","gateBias":-1,"#))
  static let all = [
    highway, MapNetwork("full", highway("full")), residual, exclusive,
    MapNetwork("shortcut-only", residual(#""gating":"carry-only","gateBias":-1,"#)),
  ]

  let samples: Samples = {
    let pixels = (0..<12 * 64).map { (index: Int) -> UInt8 in
      let value = index * 37 + index / 64 * 11
      return UInt8(value % 256)
    }
    return Samples(
      DataSet.Split(pixels: pixels, labels: (0..<12).map { $0 % 3 }),
      shape: .image(channels: 1, height: 8, width: 8), normalization: Normalization())
  }()

  var summary: ModelSummary {
    ModelSummary(
      path: "runs/\(testDescription)", name: testDescription, architecture: network.architecture,
      classNames: ["a", "b", "c"], dataName: "tiny", sampleShape: samples.shape, testSamples: 12,
      recordedEpochs: [0, 1])
  }

  func trace(_ sample: Int = 0) -> SampleTrace { Inference(network).trace(sample, of: samples) }

  func answer(to question: Question) -> Answer? {
    switch question {
    case .statistics(let request):
      .statistics(
        Inference(network, clamps: request.clamps)
          .statistics(of: samples, thresholds: request.thresholds, threads: 1))
    case .sample(let request):
      .sample(
        SampleRecord(
          trace: Inference(network, clamps: request.clamps).trace(request.sample, of: samples),
          label: samples.split.label(of: request.sample),
          pixels: Array(samples.split.pixels[request.sample * 64..<(request.sample + 1) * 64]),
          channels: 1, height: 8, width: 8))
    case .unit(let request):
      .unit(
        Inference(network, clamps: request.clamps)
          .histogram(
            layer: request.layer, unit: request.unit, of: request.gate, over: samples, threads: 1))
    case .verdicts:
      .verdicts(
        SampleVerdicts(
          labels: samples.split.labels ?? [], isWrong: (0..<12).map { $0.isMultiple(of: 5) }))
    case .lesions(let request):
      Inference(network, clamps: request.clamps).lesions(
        of: samples, lesioned: request.clamps.isEmpty ? nil : [], threads: 1,
        continues: { _ in true }
      ).map(Answer.lesions)
    case .walk, .gateBiases, .runGates: nil
    }
  }

  /// A state with the network open, after keys.
  func state(
    _ size: Size = Size(width: 120, height: 40), keys: Key...,
    capabilities: Capabilities = Capabilities()
  ) -> ExplorerState {
    var state = ExplorerState(size: size, capabilities: capabilities)
    state.play([.modelOpened(summary)] + keys.map { .terminal(.key($0)) }, with: self)
    return state
  }
}
