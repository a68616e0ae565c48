import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// LSTMs and GRUs in the layouts of other programs.
struct RecurrentConventionTests {
  private typealias Layout = ForeignLayout

  @Test func gatesAreThoseOfPyTorch() throws {
    let checkpoint = try Checkpoint.read(try fixture("networks/lstm.pt"))
    #expect(checkpoint.origin?.convention == "torch-lstm")
    #expect(checkpoint.origin?.stack == "encoder" && checkpoint.origin?.isConfirmed == true)
    let expected = try SafetensorsFile(try fixture("networks/expected.safetensors"))
    func values(_ name: String) throws -> [Float] {
      try expected.values(of: try #require(expected[name]))
    }
    let shape = Shape.sequence(steps: 4, features: 3)
    let samples = Samples(
      DataSet.Split(sequences: try values("x"), lengths: [4, 4]), shape: shape,
      normalization: Normalization())
    let inference = Inference(checkpoint.network.fitted(to: shape))
    let size = 4 * 5
    for sample in 0..<2 {
      for (index, layer) in inference.trace(sample, of: samples).layers.enumerated() {
        for signal in layer.signals where "ifgo".contains(signal.symbol) {
          let all = try values("\(index).\(signal.symbol)")
          let found = layer[signal] ?? []
          #expect(found.count == size)
          for (found, value) in zip(found, all[sample * size..<(sample + 1) * size]) {
            #expect(abs(found - value) < 1e-5)
          }
        }
      }
    }
  }

  // MARK: - One network in several layouts

  private static let units = 2

  /// Two layers of cells over three inputs.
  private static func network(_ cells: String) throws -> Network {
    var random = RandomSource(seed: 9)
    let layer = #"{"kind":\#(cells),"units":2}"#
    var network = Network(
      try Architecture(
        json: #"{"input":[3],"task":"tag-sequence","layers":[\#(layer),\#(layer)]}"#),
      random: &random)
    for tensor in network.layout.tensors where tensor.name.contains("bias") {
      for index in tensor.range { network.parameters[index] = Float(index % 7) / 8 - 0.25 }
    }
    return network
  }

  /// The tensors of a layer, by their names in Tollgate's layout.
  private static func tensors(_ network: Network, _ layer: Int) -> [String: Layout.Named] {
    var found: [String: Layout.Named] = [:]
    for tensor in network.layout.tensors where tensor.layer == layer {
      found[tensor.parameter.name] = (
        tensor.name, tensor.shape, Array(network.parameters[tensor.range])
      )
    }
    return found
  }

  private static func renamed(
    _ network: Network, _ names: (Int, String) -> String
  ) -> [Layout.Named] {
    (0..<2).flatMap { layer in
      tensors(network, layer).sorted { $0.key < $1.key }.map {
        (names(layer, $0.key), $0.value.shape, $0.value.values)
      }
    }
  }

  /// Keras' layout, weights `[inputs, gates · units]`, or cuDNN's in tensors of the same shapes; the gates in an order.
  private static func keras(
    _ network: Network, isCuDNN: Bool, gates: [Int] = [0, 1, 2, 3],
    _ name: (Int, String) -> String
  ) -> [Layout.Named] {
    let rows = gates.count * units
    return (0..<2).flatMap { layer -> [Layout.Named] in
      let own = tensors(network, layer).mapValues { tensor -> Layout.Named in
        let size = tensor.values.count / gates.count
        return (
          tensor.name, tensor.shape,
          gates.flatMap { tensor.values.dropFirst($0 * size).prefix(size) }
        )
      }
      func weight(_ part: String, _ key: String) -> Layout.Named? {
        guard let tensor = own[key] else { return nil }
        let inputs = tensor.shape[1]
        guard isCuDNN else {
          return (
            name(layer, part), [inputs, rows], Layout.transposed(tensor.values, rows: rows)
          )
        }
        // Each gate's columns, read row after row, are the gate's weights `[units, inputs]`.
        let values = (0..<inputs).flatMap { input in
          gates.indices.flatMap { gate in
            (0..<units).map { tensor.values[(gate * inputs + input) * units + $0] }
          }
        }
        return (name(layer, part), [inputs, rows], values)
      }
      let biases = ["bias_ih", "bias_hh"].flatMap { own[$0]?.values ?? [] }
      return [
        weight("kernel", "weight_ih"), weight("recurrent_kernel", "weight_hh"),
        (
          name(layer, "bias"), biases.count == 2 * rows && !isCuDNN ? [2, rows] : [biases.count],
          biases
        ),
      ].compactMap { $0 }
    }
  }

  @Test func everyLayoutGivesTheSameNetwork() throws {
    let (two, one) = (
      try Self.network(#""lstm""#), try Self.network(#""lstm","biases":1"#)
    )
    let gru = try Self.network(#""gru""#)
    let files: [(String, [UInt8], Network)] = [
      (
        "torch-lstm",
        Layout.torch(Self.renamed(two) { "module.rnn.\($1)_l\($0)" }), two
      ),
      (
        "lstm-cell",
        Layout.safetensors(Self.renamed(two) { "decoder.rnn.layers.\($0).\($1)" }), two
      ),
      (
        "keras-lstm",
        Layout.npz(
          Self.keras(one, isCuDNN: false) { "lstm_\($0 + 1)/lstm_\($0 + 1)/\($1):0" }), one
      ),
      (
        "keras-lstm",
        Layout.npz(
          Self.keras(two, isCuDNN: true) { "cu_dnnlstm_\($0 + 1)/cu_dnnlstm_\($0 + 1)/\($1):0" }),
        two
      ),
      ("torch-gru", Layout.torch(Self.renamed(gru) { "module.rnn.\($1)_l\($0)" }), gru),
      ("gru-cell", Layout.safetensors(Self.renamed(gru) { "decoder.cells.\($0).\($1)" }), gru),
      (
        "keras-gru",
        Layout.npz(
          Self.keras(gru, isCuDNN: false, gates: [1, 0, 2]) {
            "gru_\($0 + 1)/gru_\($0 + 1)/\($1):0"
          }),
        gru
      ),
      (
        "keras-gru",
        Layout.npz(
          Self.keras(gru, isCuDNN: true, gates: [1, 0, 2]) {
            "cu_dnngru_\($0 + 1)/cu_dnngru_\($0 + 1)/\($1):0"
          }), gru
      ),
    ]
    for (convention, file, network) in files {
      let checkpoint = try read(file)
      #expect(checkpoint.origin?.convention == convention)
      #expect(checkpoint.network.architecture == network.architecture)
      #expect(checkpoint.network.parameters == network.parameters, "\(convention)")
      #expect(checkpoint.extraTensors == [])
    }
  }

  private func read(_ file: [UInt8], name: String = "") throws -> Checkpoint {
    let directory = try TemporaryDirectory(inMemory: true)
    return try Checkpoint.read(directory.write("x", file) + name)
  }

  private func zeros(_ name: String, _ shape: [Int]) -> Layout.Named {
    (name, shape, [Float](repeating: 0, count: shape.reduce(1, *)))
  }

  // MARK: - Directions, and what is not read

  @Test func kerasLayersOfOneNameAreOneNetwork() throws {
    let arrays = ["gru", "gru_1"].enumerated().flatMap { index, name in
      [
        zeros("layers/\(name)/cell/vars/0", [3 - index, 6]),
        zeros("layers/\(name)/cell/vars/1", [2, 6]), zeros("layers/\(name)/cell/vars/2", [2, 6]),
      ]
    }
    let checkpoint = try read(Layout.npz(arrays))
    #expect(checkpoint.network.architecture.layers.count == 2 && checkpoint.extraTensors == [])
  }

  @Test func anOutputBehindCellsIsNamed() throws {
    let arrays = [
      zeros("rnn.weight_ih_l0", [6, 3]), zeros("rnn.weight_hh_l0", [6, 2]),
      zeros("fc.weight", [4, 2]), zeros("fc.bias", [4]),
    ]
    let origin = try read(Layout.torch(arrays)).origin
    #expect(origin?.inferred.contains { $0.hasPrefix("fc.weight may be an output") } == true)
    #expect(try read(Layout.torch(Array(arrays.prefix(2)))).origin?.inferred.count == 2)
  }

  @Test func directionsAreTwoStacks() throws {
    let arrays = ["", "_reverse"].flatMap { end in
      [
        zeros("lstm.weight_ih_l0\(end)", [8, 3]), zeros("lstm.weight_hh_l0\(end)", [8, 2]),
        zeros("lstm.weight_ih_l1\(end)", [8, 4]), zeros("lstm.weight_hh_l1\(end)", [8, 2]),
      ]
    }
    let file = Layout.torch(arrays)
    let forward = try read(file)
    #expect(forward.origin?.stack == "lstm.0")
    #expect(
      forward.origin?.inferred.contains("cells without biases: 0") == true
        && forward.origin?.inferred.contains { $0.contains("both directions' outputs") } == true)
    let reverse = try read(file, name: "#lstm.0.reverse")
    #expect(reverse.origin?.inferred.contains { $0.contains("in reverse order") } == true)
    #expect(
      try read(file, name: "#lstm.1.reverse").network.architecture.input
        == Shape.sequence(steps: 1, features: 4))
  }

  @Test func highwayLayersAreTakenBeforeCells() throws {
    let cells = [zeros("phrase.weight_ih_l0", [8, 3]), zeros("phrase.weight_hh_l0", [8, 2])]
    let file = Layout.torch(cells + Layout.packed("_highway_layer._layers.{k}"))
    #expect(try read(file).origin?.convention == "allennlp")
    #expect(try read(file, name: "#phrase").origin?.convention == "torch-lstm")
  }

  @Test(arguments: [
    (
      [
        ("gru.kernel", [3, 6]), ("gru.recurrent_kernel", [2, 6]), ("gru.bias", [6]),
      ], "gru: a GRU of 2 units whose reset gate acts before the product"
    ),
    (
      [
        ("elmo.forward_layer_0.input_linearity.weight", [8, 3]),
        ("elmo.forward_layer_0.state_linearity.weight", [8, 2]),
        ("elmo.forward_layer_0.state_projection.weight", [2, 2]),
      ], "LSTM cells that are clipped"
    ),
    (
      [
        ("lm.RNN_0.RNN.MultiRNNCell.cell_0.lstm_cell.kernel", [5, 8]),
        ("lm.RNN_0.RNN.MultiRNNCell.cell_0.lstm_cell.projection.kernel", [2, 2]),
      ], "LSTM cells that are clipped"
    ),
    (
      [
        ("lstm_1/lstm_1_W_i", [3, 2]), ("lstm_1/lstm_1_U_i", [2, 2]),
        ("lstm_1/lstm_1_W_c", [3, 2]), ("lstm_1/lstm_1_U_c", [2, 2]),
      ], "LSTM cells of Keras 1"
    ),
    (
      [
        ("vae.nonlinear.0.weight", [3, 3]), ("vae.linear.0.weight", [3, 3]),
        ("vae.gate.0.weight", [3, 3]),
      ], "vae: highway layers that carry a linear map of x, not x"
    ),
    (
      [("taggerlstm.highway.0.weight", [4, 3]), ("taggerlstm.gate.0.weight", [4, 3])],
      "taggerlstm: a HighwayLSTM"
    ),
    (
      [
        ("encoder.layer_0.input_linearity.weight", [12, 3]),
        ("encoder.layer_0.state_linearity.weight", [10, 2]),
      ], "LSTM cells with a highway gate between"
    ),
  ])
  func gatesOfOtherFormulasAreNamed(_ tensors: [(String, [Int])], _ words: String) throws {
    let file = Layout.torch(tensors.map { zeros($0.0, $0.1) })
    let error = #expect(throws: CheckpointError.self) { try read(file) }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains(words) && text.contains("tollgate recorder"), "\(text)")
  }

  /// Of tensors that share their memory safetensors' `save_model` writes one and notes the other's name.
  @Test func sharedTensorsAreFoundByBothNames() throws {
    let arrays = Layout.separate("highways.{k}.H", "highways.{k}.T")
    let shared = SafetensorsContents(
      tensors: arrays.filter { !$0.name.hasPrefix("highways.1.H") }.map {
        SafetensorsContents.Tensor($0.name, .f32, $0.shape, LittleEndian.bytes($0.values[...]))
      },
      metadata: [
        ("format", "pt"), ("highways.1.H.weight", "highways.0.H.weight"),
        ("highways.1.H.bias", "highways.0.H.bias"),
      ])
    let network = try read(shared.encoded).network
    #expect(network.architecture.layers.count == 2)
    let values = (0..<2).map { layer in
      network.layout.tensor("transform.weight", ofLayer: layer).map {
        Array(network.parameters[$0.range])
      }
    }
    #expect(values[0] == values[1] && values[0] == Layout.values("layers.1.transform.weight"))
  }
}
