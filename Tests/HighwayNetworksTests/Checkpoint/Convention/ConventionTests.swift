import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

struct ConventionTests {
  private typealias Layout = ForeignLayout

  /// Each convention, the file that its program would write, and whether its names prove what the gate is.
  static let layouts: [(convention: String, file: [UInt8], isConfirmed: Bool)] = [
    (
      "allennlp", Layout.torch(Layout.packed("_highway_layer._layers.{k}") + Layout.ends()), true
    ),
    (
      "fairseq", Layout.safetensors(Layout.packed("highway.layers.{k}") + Layout.ends()), false
    ),
    (
      "bilm",
      Layout.npz(
        Layout.separate(
          ("CNN_high_{k}/W_transform", "CNN_high_{k}/b_transform"),
          ("CNN_high_{k}/W_carry", "CNN_high_{k}/b_carry"), isTransposed: true)
          + Layout.ends(("in", "out"), weight: "_W", bias: "_b", isTransposed: true)), true
    ),
    (
      "keras",
      Layout.npz(
        Layout.separate(
          ("highway_{k}/highway_{k}_W", "highway_{k}/highway_{k}_b"),
          ("highway_{k}/highway_{k}_W_carry", "highway_{k}/highway_{k}_b_carry"),
          isTransposed: true, first: 1)
          + Layout.ends(
            ("dense_1/dense_1", "dense_2/dense_2"), weight: "/kernel:0", bias: "/bias:0",
            isTransposed: true)), true
    ),
    (
      "ht",
      Layout.torch(
        Layout.ends(("module.first", "module.last"))
          + Layout.separate("module.HighWayLayers.{k}.H", "module.HighWayLayers.{k}.T")), true
    ),
    ("ht", Layout.torch(Layout.separate("highways.{k}.h", "highways.{k}.t") + Layout.ends()), true),
    (
      "tacotron",
      Layout.npz(
        Layout.separate(
          "cbhg/highway_{k}/H", "cbhg/highway_{k}/T", weight: "/kernel", bias: "/bias",
          isTransposed: true, first: 1)
          + Layout.ends(weight: "/kernel", bias: "/bias", isTransposed: true)), true
    ),
    (
      "wavernn",
      Layout.safetensors(Layout.separate("highways.{k}.W1", "highways.{k}.W2") + Layout.ends()),
      true
    ),
    (
      "chainer",
      Layout.npz(
        Layout.separate("hw/{k}/plain", "hw/{k}/transform", weight: "/W", bias: "/b")
          + Layout.ends(weight: "/W", bias: "/b")), true
    ),
    (
      "cs224n",
      Layout.torch(
        Layout.separate("hwy.transforms.{k}", "hwy.gates.{k}") + Layout.ends()), true
    ),
    (
      "normal-gate",
      Layout.torch(Layout.separate("net.normal_layer.{k}", "net.gate_layer.{k}") + Layout.ends()),
      true
    ),
    (
      "espnet",
      Layout.torch(
        Layout.separate("highways.{k}.projection.0", "highways.{k}.gate.0") + Layout.ends()), true
    ),
    (
      "transform-gate",
      Layout.torch(Layout.separate("hw.{k}.transform", "hw.{k}.gate") + Layout.ends()), false
    ),
    (
      "charlm",
      Layout.torch(Layout.separate("highway{k}.fc2", "highway{k}.fc1", first: 1) + Layout.ends()),
      false
    ),
    (
      "lasagne",
      Layout.npz(
        (Array(Layout.ends(isTransposed: true)[..<2])
          + Layout.separate("{k}", "{k}t", isTransposed: true)
          + Array(Layout.ends(isTransposed: true)[2...])).enumerated().map {
            ("arr_\($0.offset)", $0.element.shape, $0.element.values)
          }), false
    ),
  ]

  private func read(
    _ file: [UInt8], _ choice: StackChoice = StackChoice(), name: String = ""
  ) throws -> Checkpoint {
    let directory = try TemporaryDirectory(inMemory: true)
    return try Checkpoint.read(directory.write("x", file) + name, choice: choice)
  }

  @Test(arguments: layouts.indices)
  func opensTheSameNetworkInEveryLayout(index: Int) throws {
    let (convention, file, isConfirmed) = Self.layouts[index]
    // Keras' layer is linear where nothing says otherwise.
    let checkpoint = try read(file, StackChoice(activation: .relu))
    #expect(checkpoint.network.architecture == Layout.network.architecture)
    #expect(checkpoint.network.parameters == Layout.network.parameters)
    #expect(checkpoint.extraTensors == [])
    let origin = try #require(checkpoint.origin)
    #expect(origin.convention == convention)
    #expect(origin.isConfirmed == isConfirmed)
  }

  @Test func everyConventionOfHighwayLayersIsTried() {
    let names = Conventions.all.compactMap { ($0 as? HighwayConvention)?.name }
    #expect(Set(Self.layouts.map(\.convention)) == Set(names))
  }

  /// The same T and H bit for bit, although one is transposed and multiplies the carry.
  @Test func twoLayoutsOfELMoAgree() throws {
    let packed = try read(Layout.torch(Layout.packed("_highways._layers.{k}")))
    let separate = try read(
      Layout.npz(
        Layout.separate(
          ("CNN_high_{k}/W_transform", "CNN_high_{k}/b_transform"),
          ("CNN_high_{k}/W_carry", "CNN_high_{k}/b_carry"), isTransposed: true)))
    #expect(packed.network.parameters == separate.network.parameters)
    let vectors = DataSet.Split(vectors: [0.5, -2, 3, 1e-3, 0, -7], count: 2)
    let samples = Samples(vectors, shape: Shape(features: 3), normalization: Normalization())
    for sample in 0..<2 {
      let traces = [packed, separate].map { Inference($0.network).trace(sample, of: samples) }
      #expect(traces[0].layers.map(\.transformGate) == traces[1].layers.map(\.transformGate))
      #expect(traces[0].layers.map(\.blockState) == traces[1].layers.map(\.blockState))
    }
  }

  /// Files that h5py and PyTorch wrote: bilm's and Keras 1's in HDF5, AllenNLP's packed and of the other sign.
  @Test func oneStackInHDF5AndInPyTorchsLayoutAgrees() throws {
    let checkpoints = try ["elmo.th", "elmo.hdf5", "highway.h5"].map {
      try Checkpoint.read(try fixture("hdf5/" + $0), choice: StackChoice(activation: .relu))
    }
    #expect(checkpoints.map(\.origin?.convention) == ["allennlp", "bilm", "keras"])
    #expect(checkpoints.map(\.origin?.gate) == [.carry, .transform, .transform])
    let vectors = DataSet.Split(vectors: [0.5, -2, 3, 1e-3, 0, -7], count: 2)
    let samples = Samples(vectors, shape: Shape(features: 3), normalization: Normalization())
    for sample in 0..<2 {
      let traces = checkpoints.map { Inference($0.network).trace(sample, of: samples) }
      for trace in traces.dropFirst() {
        #expect(traces[0].layers.map(\.transformGate) == trace.layers.map(\.transformGate))
        #expect(traces[0].layers.map(\.blockState) == trace.layers.map(\.blockState))
      }
    }
  }

  // MARK: - Evidence and what a person says

  @Test func gateOfTheOtherSignIsInferred() throws {
    var arrays = Layout.separate("highways.{k}.W1", "highways.{k}.W2")
    for index in arrays.indices where arrays[index].name.hasSuffix("W2.bias") {
      arrays[index].values = [1, 1, 1]
    }
    let origin = try #require(try read(Layout.torch(arrays)).origin)
    #expect(origin.gate == .transform)
    #expect(!origin.isConfirmed)
    #expect(origin.inferred.contains { $0.contains("average +1.00, which speaks against it") })
  }

  @Test func gateThatIsSaidNegatesItsMap() throws {
    let file = Layout.torch(Layout.separate("highways.{k}.W1", "highways.{k}.W2"))
    let taken = try read(file).network
    let said = try read(file, StackChoice(gate: .carry))
    #expect(said.origin?.isConfirmed == true)
    for tensor in taken.layout.tensors {
      let values = taken.parameters[tensor.range]
      #expect(
        Array(said.network.parameters[tensor.range])
          == (tensor.name.contains(".gate.") ? values.map { -$0 } : Array(values)))
    }
  }

  /// What the key of the explorer does: once for the other gate, which a person has said then, twice for what was
  /// taken at first.
  @Test func gateIsFlippedAndBack() throws {
    let source = try ModelSource(try fixture("hdf5/elmo.hdf5"))
    let flipped = try source.flippingGate()
    let back = try flipped.flippingGate()
    #expect(
      [source, flipped, back].map(\.stackOrigin?.gate) == [.transform, .carry, .transform])
    #expect(flipped.stackOrigin?.isConfirmed == true)
    #expect(flipped.stackOrigin?.confirmed.contains { $0.contains("carry x, as was said") } == true)
    #expect(back.stackOrigin == source.stackOrigin)
    let biases = try [source, flipped].map { try $0.network(epoch: 0).gateBiases[0] }
    #expect(biases[1] == biases[0]?.map { -$0 })
  }

  @Test func swapExchangesHAndGate() throws {
    let right = Layout.torch(Layout.separate("highways.{k}.W1", "highways.{k}.W2"))
    let wrong = Layout.torch(Layout.separate("highways.{k}.W2", "highways.{k}.W1"))
    #expect(
      try read(wrong, StackChoice(isSwapped: true)).network.parameters
        == read(right).network.parameters)
    let origin = try #require(try read(wrong).origin)
    #expect(origin.inferred.contains { $0.contains("--swap exchanges the two") })
  }

  @Test func conventionThatIsNamedNeedsNoSupport() throws {
    // The names say nothing of a highway, and biases of 0 say nothing of a gate.
    var arrays = Layout.packed("encoder.layers.{k}")
    for index in arrays.indices where arrays[index].shape.count == 1 {
      arrays[index].values = [Float](repeating: 0, count: 6)
    }
    let file = Layout.torch(arrays)
    let error = #expect(throws: CheckpointError.self) { try read(file) }
    guard case .convention(_, .noStack(tensors: 4))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try read(file, StackChoice(convention: "fairseq")).origin?.convention == "fairseq")
    let unknown = #expect(throws: CheckpointError.self) {
      try read(file, StackChoice(convention: "nobody's"))
    }
    guard case .convention(_, .unknownConvention(name: "nobody's", _))? = unknown else {
      Issue.record("\(String(describing: unknown))")
      return
    }
  }

  @Test func severalStacksAreToBeNamed() throws {
    let file = Layout.torch(
      Layout.separate("encoder.cbhg.highways.{k}.H", "encoder.cbhg.highways.{k}.T")
        + Layout.packed("postnet._layers.{k}"))
    let error = #expect(throws: CheckpointError.self) { try read(file) }
    guard case .convention(_, .severalStacks(let names))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(names == ["postnet._layers", "encoder.cbhg.highways"])
    #expect(try read(file, name: "#encoder.cbhg.highways").origin?.convention == "ht")
    #expect(try read(file, name: "#postnet").origin?.convention == "allennlp")
    let unknown = #expect(throws: CheckpointError.self) { try read(file, name: "#decoder") }
    guard case .convention(_, .unknownStack(name: "decoder", known: names))? = unknown else {
      Issue.record("\(String(describing: unknown))")
      return
    }
  }

  // MARK: - What may be missing

  @Test func stackByItselfHasItsWidthAndNoOutput() throws {
    let network = try read(Layout.torch(Layout.packed("_layers.{k}"))).network
    #expect(network.architecture.input == Shape(features: 3))
    #expect(network.architecture.classes == nil)
    #expect(network.architecture.layers.count == 2)
  }

  @Test func biasesThatAreMissingAreZero() throws {
    let arrays = Layout.separate("highways.{k}.H", "highways.{k}.T")
      .filter { $0.name.hasSuffix("weight") }
    let checkpoint = try read(Layout.torch(arrays))
    #expect(checkpoint.network.gateBiases == [[0, 0, 0], [0, 0, 0]])
    #expect(checkpoint.origin?.inferred.contains("the gates have no biases: 0") == true)
  }

  /// In a larger network nobody knows what stands between a dense layer and the stack.
  @Test func takesNoEndsOutOfALargerNetwork() throws {
    let others: [Layout.Named] = [("rnn.weight_ih", [8, 5], [Float](repeating: 0, count: 40))]
    let checkpoint = try read(
      Layout.torch(Layout.packed("_layers.{k}") + Layout.ends() + others))
    #expect(checkpoint.network.architecture.classes == nil)
    #expect(
      checkpoint.extraTensors == [
        "first.weight", "first.bias", "last.weight", "last.bias", "rnn.weight_ih",
      ])
  }

  @Test func leavesAsideWhatAnOptimizerKeeps() throws {
    let stack = Layout.separate("model.highways.{k}.H", "model.highways.{k}.T")
    let moments = Layout.separate(
      "optimizer.highways.{k}.H", "optimizer.highways.{k}.T")
    let checkpoint = try read(Layout.torch(moments + stack))
    #expect(checkpoint.origin?.stack == "highways")
    #expect(checkpoint.network.architecture.layers.count == 2)
  }

  @Test func refusesMapsThatDoNotFit() throws {
    var arrays = Layout.separate("highways.{k}.H", "highways.{k}.T")
    arrays[2] = (arrays[2].name, [2, 3], [1, 2, 3, 4, 5, 6])
    let checkpoint = try read(Layout.torch(arrays))
    // The layer whose gate has another shape is none.
    #expect(checkpoint.network.architecture.layers.count == 1)
  }
}
