import TensorFiles

@testable import HighwayNetworks

/// The gates of a network of ours, written down while it runs, as another program would.
struct RecordedNetwork {
  let network: Network
  let samples: Samples
  /// The type of the numbers that are written.
  var type = ElementType.f32

  /// What the network's blocks are called in the recording, and what they hold.
  var description: String {
    let blocks = network.architecture.blocks.map { block in
      let gating = block.gating ?? .coupled
      var signals = [#"{"name":"H","role":"state"}"#, #"{"name":"y","role":"state"}"#]
      if keepsShape(block) { signals.append(#"{"name":"x","role":"state"}"#) }
      if gating.learnsTransformGate { signals.append(#"{"name":"T","role":"transform"}"#) }
      if gating.learnsCarryGate { signals.append(#"{"name":"C","role":"carry"}"#) }
      let constant = if case .frozen(let p) = gating { #","p":\#(p)"# } else { "" }
      return #"{"name":"layers.\#(block.number)","units":\#(block.features),"#
        + #""positions":\#(block.positions),"gating":"\#(gating.name)"\#(constant),"#
        + #""signals":[\#(signals.joined(separator: ","))]}"#
    }
    return #"{"version":1,"blocks":[\#(blocks.joined(separator: ","))]}"#
  }

  private func keepsShape(_ block: Block) -> Bool {
    let shapes = network.architecture.shapes
    return shapes[block.number] == shapes[block.number + 1]
  }

  /// The recording of some of the samples, all of them if left out.
  func contents(_ range: Range<Int>? = nil, labels: Bool = true) -> SafetensorsContents {
    let range = range ?? 0..<samples.count
    var values: [String: [Float]] = [:]
    let inference = Inference(network)
    let workspace = Workspace(
      inference.stack, capacity: inference.examplesAtOnce, for: .trace)
    let reader = BatchReader(samples, for: inference.stack)
    // In the batches of a pass: a product of many examples may round otherwise than that of a few.
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Inference.batchSize) {
      let batch = start..<min(start + Inference.batchSize, range.upperBound)
      inference.run(reader, Batch(batch), in: workspace)
      let memories = inference.stack.memories(inference.parameters, in: workspace)
      for (number, index) in inference.stack.gated.enumerated() {
        let layer = inference.stack.gatedLayer(index)
        let rows = batch.count * layer.output.positionCount
        let width = layer.output.features
        for (signal, described) in layer.signals.enumerated() {
          guard
            case .rows(let found, let stride) = layer.values(ofSignal: signal, in: memories[index])
          else { continue }
          found.append(
            rows: rows, of: width, stride: stride,
            to: &values["block.\(number).\(described.symbol)", default: []])
        }
        guard layer.keepsShape else { continue }
        memories[index].input.append(
          rows: rows, of: width, stride: width, to: &values["block.\(number).x", default: []])
      }
    }
    var tensors: [SafetensorsContents.Tensor] = []
    for (number, block) in network.architecture.blocks.enumerated() {
      for symbol in ["H", "T", "C", "y", "x"] {
        let name = "block.\(number).\(symbol)"
        guard description(ofBlock: block, has: symbol), let found = values[name] else { continue }
        tensors.append(
          tensor(name, [range.count] + block.positions + [block.features], found))
      }
      if let bias = network.gateBiases[number] {
        tensors.append(tensor("block.\(number).T.bias", [block.features], bias))
      }
    }
    if labels, let own = samples.split.labels?[range] {
      tensors.append(
        SafetensorsContents.Tensor(
          "labels", .i64, [range.count], LittleEndian.bytes(own.map { UInt64($0) })))
    }
    return SafetensorsContents(
      tensors: tensors,
      metadata: [("recording", description), ("classes", #"["a","b","c"]"#), ("epoch", "3")])
  }

  private func description(ofBlock block: Block, has symbol: String) -> Bool {
    let gating = block.gating ?? .coupled
    switch symbol {
    case "T": return gating.learnsTransformGate
    case "C": return gating.learnsCarryGate
    case "x": return keepsShape(block)
    default: return true
    }
  }

  private func tensor(
    _ name: String, _ shape: [Int], _ values: [Float]
  ) -> SafetensorsContents.Tensor {
    SafetensorsContents.Tensor(
      name, type, shape,
      type == .f32
        ? LittleEndian.bytes(values[...]) : LittleEndian.bytes(values.map { Self.half($0) }))
  }

  /// The nearest IEEE 754 half towards 0 of a value that is neither tiny nor large.
  static func half(_ value: Float) -> UInt16 {
    let sign = UInt16(value.sign == .minus ? 0x8000 : 0)
    guard value.magnitude >= 0x1p-14 else { return sign }
    let bits = value.magnitude.bitPattern
    return sign | UInt16((bits >> 13) - (112 << 10))
  }
}
