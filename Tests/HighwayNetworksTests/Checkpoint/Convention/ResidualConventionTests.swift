import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Residual networks that PyTorch programs saved; `make_network_fixtures.py` wrote the files.
struct ResidualConventionTests {
  private typealias Layout = ForeignLayout

  /// Pixels by the formula of the script.
  private func samples(_ count: Int, channels: Int, extent: Int) -> Samples {
    let shape = Shape.image(channels: channels, height: extent, width: extent)
    let pixels = (0..<count * shape.count).map { (index: Int) -> UInt8 in
      let value = index * 7919 + index / 13 * 31
      return UInt8(value % 256)
    }
    return Samples(
      DataSet.Split(unlabelled: pixels, count: count), shape: shape,
      normalization: Normalization())
  }

  private func expect(_ checkpoint: Checkpoint, _ name: String, _ samples: Samples) throws {
    let expected = try SafetensorsFile(try fixture("networks/expected.safetensors"))
    let tensor = try #require(expected[name])
    let found = Inference(checkpoint.network.fitted(to: samples.shape)).probabilities(of: samples)
    let values = try expected.values(of: tensor)
    #expect(found.count == values.count)
    for (found, value) in zip(found, values) { #expect(abs(found - value) < 1e-5 * value) }
  }

  @Test func networkForSmallImagesComputesWhatPyTorchDoes() throws {
    let checkpoint = try Checkpoint.read(try fixture("networks/resnet-small.th"))
    try expect(checkpoint, "small", samples(2, channels: 3, extent: 32))
    try expect(checkpoint, "small, 20×20", samples(1, channels: 3, extent: 20))
    let origin = try #require(checkpoint.origin)
    #expect(origin.convention == "akamaster" && origin.gate == nil)
    // Where the zeros of a shortcut stand is in no file.
    #expect(!origin.isConfirmed && origin.claim == "zeros in shortcuts")
    #expect(checkpoint.extraTensors == [])
    #expect(checkpoint.network.architecture.json.contains(#""shortcut":"pad","padBefore":2"#))
  }

  @Test func networkForLargeImagesComputesWhatPyTorchDoes() throws {
    let checkpoint = try Checkpoint.read(try fixture("networks/resnet-large.safetensors"))
    try expect(checkpoint, "large", samples(1, channels: 1, extent: 224))
    #expect(checkpoint.origin?.convention == "torchvision")
    #expect(checkpoint.origin?.isConfirmed == true)
  }

  /// The tensors of the small network, as named arrays.
  private func arrays() throws -> [Layout.Named] {
    let file = try TensorFileReader.open(try fixture("networks/resnet-small.th"))
    return try file.tensors.filter(\.type.isReal).map {
      ($0.name, $0.shape, try file.values(of: $0))
    }
  }

  private func refusal(
    _ arrays: [Layout.Named], _ choice: StackChoice = StackChoice()
  ) throws -> String {
    let directory = try TemporaryDirectory(inMemory: true)
    let path = try directory.write("x", Layout.safetensors(arrays))
    let error = #expect(throws: CheckpointError.self) {
      try Checkpoint.read(path, choice: choice)
    }
    return error.map { "\($0)" } ?? ""
  }

  @Test func whatIsNotReadIsNamed() throws {
    let arrays = try arrays()
    let withoutStatistics = arrays.filter { !$0.name.contains("running") }
    #expect(
      try refusal(withoutStatistics).contains(
        "bn1.running_mean is missing, so that the norm behind conv1 cannot be computed"))
    let preActivated = arrays.filter { !$0.name.contains("module.bn1.") }
    #expect(
      try refusal(preActivated).contains("its norms stand before the convolutions (pre-activation)")
    )
    let other = arrays.map(\.name).first { $0.hasSuffix("layer2.0.conv1.weight") } ?? ""
    let name = other.replacing("conv1", with: "se.fc1")
    let squeezed = arrays + [(name, [1, 8], [Float](repeating: 0, count: 8))]
    #expect(try refusal(squeezed).contains("\(name) is no part of a block"))
    let gate = try refusal(arrays, StackChoice(gate: .carry))
    #expect(gate.contains("has no highway gate; leave --gate"))
  }
}
