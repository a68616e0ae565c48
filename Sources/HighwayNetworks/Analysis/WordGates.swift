/// What a highway layer that sees one word at a time does with each: T of words by units, as in Kim's paper of 2015.
public struct WordGates: Hashable, Sendable {
  /// The layer's number, as in the checkpoint's tensor names.
  public let layer: Int
  /// The words, the most frequent first.
  public let words: [String]
  /// How many characters the convolution sees that finds the feature of each unit; `[units]`, none where features are
  /// not found by convolutions.
  public let widths: [Int]
  /// T; `[words, units]`.
  public let gates: [Float]

  /// The number of units.
  public var units: Int { gates.count / max(1, words.count) }

  /// The most words that are looked at.
  static let most = 4_000

  /// Puts the gates of words together.
  package init(layer: Int, words: [String], widths: [Int], gates: [Float]) {
    self.layer = layer
    self.words = words
    self.widths = widths
    self.gates = gates
  }

  /// The mean of T of each word over all units; `[words]`.
  public var means: [Float] {
    let units = units
    return words.indices.map { word in
      gates[word * units..<(word + 1) * units].reduce(0, +) / Float(max(1, units))
    }
  }
}

extension Inference {
  /// The gates of the first highway layer over words, for the most frequent of them; nil where the network reads no
  /// text, or has no such layer before its cells.
  public func wordGates(of samples: Samples) -> WordGates? {
    guard let block = wordBlocks.first,
      let index = stack.gatedLayer(block.number).signals.index(of: .transformGate)
    else { return nil }
    let layer = stack.gatedLayer(block.number)
    var gates: [Float] = []
    let words = runWords(of: samples, atMost: WordGates.most, through: block.number) {
      count, memories in
      switch layer.values(ofSignal: index, in: memories[block.number]) {
      case .rows(let rows, let stride):
        rows.append(rows: count, of: block.features, stride: stride, to: &gates)
      case .constant(let values):
        for _ in 0..<count { gates += values.array }
      case .complement: break
      }
    }
    guard let words, gates.count == words.count * block.features, !words.isEmpty else { return nil }
    return WordGates(
      layer: block.number, words: words, widths: filterWidths(before: block), gates: gates)
  }

  /// The highway layers that see one word at a time, before any cells.
  var wordBlocks: [Block] { architecture.blocks.prefix { !$0.isRecurrent && $0.isSequence } }

  /// The width of the convolution behind each unit of a layer that takes features as convolutions leave them.
  private func filterWidths(before block: Block) -> [Int] {
    guard block.number > 0,
      let spec = architecture.layers[block.number - 1].spec as? CharacterCNNSpec,
      spec.features == block.features
    else { return [] }
    return spec.kernels.flatMap { [Int](repeating: $0.width, count: $0.features) }
  }

  /// Runs the words that the network knows, the most frequent first, through its layers up to one; `body` is called
  /// with some of them at a time, their number and what the layers worked on.
  ///
  /// - Returns: The words; nil where the network reads no text.
  func runWords(
    of samples: Samples, atMost limit: Int = .max, through last: Int,
    _ body: (_ count: Int, [LayerMemory]) -> Void
  ) -> [String]? {
    guard let text = samples.split.text, stack.layers[last].input.isSequence else { return nil }
    let lexicon = text.lexicon
    let types = lexicon.types.indices.filter { lexicon.labelOfType[$0] > 0 }
      .sorted { lexicon.labelOfType[$0] < lexicon.labelOfType[$1] }.prefix(limit)
    useOneThreadPerProduct()
    let workspace = Workspace(stack, capacity: 1, for: .trace)
    let (steps, width) = (stack.input.positionCount, lexicon.features)
    for start in stride(from: 0, to: types.count, by: steps) {
      let own = types[start..<min(start + steps, types.count)]
      workspace.begin(examples: 1, lengths: [Int32(own.count)])
      workspace.input.fill(0)
      for (row, type) in own.enumerated() {
        workspace.input[row * width..<(row + 1) * width].assign(lexicon.input(of: Int32(type)))
      }
      let memories = stack.memories(parameters, prepared: prepared, in: workspace)
      stack.forward(memories, 0..<last + 1)
      body(own.count, memories)
    }
    return types.map { lexicon.types[$0] }
  }
}
