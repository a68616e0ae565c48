/// Lines that a variational autoencoder writes on the way from the code of one line to that of another.
///
/// See Bowman et al. 2015, section 5: between two codes lie lines that are like both.
public struct CodeWalk: Sendable {
  /// A place on the way.
  public struct Stop: Hashable, Sendable {
    /// How far it is from the first code, 0, to the second, 1.
    public let place: Double
    /// What the decoder writes there, the likeliest token at each step, without the mark of the end.
    public let tokens: [String]
    /// The mean of T over the units of each highway layer before the code, where the encoder reads what was written;
    /// `[layersBefore]`.
    public let meanTBefore: [Float]
    /// The mean of T over the units of each highway layer behind the code; `[layers]`.
    public let meanT: [Float]

    /// Describes a place.
    public init(place: Double, tokens: [String], meanTBefore: [Float], meanT: [Float]) {
      self.place = place
      self.tokens = tokens
      self.meanTBefore = meanTBefore
      self.meanT = meanT
    }
  }

  /// The lines whose codes the way goes from and to, as they stand in the text.
  public let ends: [[String]]
  /// The mean of T over the units of each highway layer before the code, for both lines; `[2][layersBefore]`.
  public let meanTBefore: [[Float]]
  /// The numbers of the highway layers before the code.
  public let layersBefore: [Int]
  /// The numbers of the highway layers behind the code.
  public let layers: [Int]
  /// The places on the way, from the first to the second.
  public let stops: [Stop]

  /// Puts a way together.
  package init(
    ends: [[String]], meanTBefore: [[Float]], layersBefore: [Int], layers: [Int], stops: [Stop]
  ) {
    self.ends = ends
    self.meanTBefore = meanTBefore
    self.layersBefore = layersBefore
    self.layers = layers
    self.stops = stops
  }
}

extension Inference {
  /// Writes lines at places between the means of the codes of two samples; nil where the network has no code, or the
  /// samples are no text, or `continues`, which is called before each place, ended the work.
  ///
  /// One sample alone is a way of one stop: the line that is written from the mean of its code.
  ///
  /// - Precondition: `ends` are one or two samples of the split; there are at least two stops between two.
  public func walk(
    _ ends: [Int], of samples: Samples, stops: Int, continues: () -> Bool = { true }
  ) -> CodeWalk? {
    precondition(
      1...2 ~= ends.count && ends.allSatisfy { 0..<samples.count ~= $0 }
        && (ends.count == 1 || stops >= 2), "a walk has two ends")
    guard let latent = stack.latent, let text = samples.split.text,
      let lengths = samples.split.lengths
    else { return nil }
    useOneThreadPerProduct()
    let decoder = GreedyDecoder(self, latent: latent, words: text.lexicon.vocabulary)
    let reader = BatchReader(samples, for: stack)
    let highways = architecture.blocks.filter { !$0.isRecurrent }.map(\.number)
    let before = highways.filter { $0 < latent }
    let behind = highways.filter { $0 > latent }
    var codes: [[Float]] = []
    var meanTBefore: [[Float]] = []
    for end in ends {
      reader.read(Batch([end], isContinued: false), into: decoder.workspace)
      codes.append(decoder.code())
      meanTBefore.append(before.map(decoder.meanT))
    }
    var found: [CodeWalk.Stop] = []
    for stop in 0..<(ends.count == 1 ? 1 : stops) {
      guard continues() else { return nil }
      let place = stop == 0 ? 0 : Double(stop) / Double(stops - 1)
      let code = zip(codes[0], codes[ends.count - 1]).map { $0 + Float(place) * ($1 - $0) }
      let tokens = decoder.write(code)
      let meanT = behind.map(decoder.meanT)
      decoder.read(tokens)
      found.append(
        CodeWalk.Stop(
          place: place, tokens: tokens.map(decoder.word), meanTBefore: before.map(decoder.meanT),
          meanT: meanT))
    }
    return CodeWalk(
      ends: ends.map {
        text.tokens(of: $0, steps: stack.input.positionCount, length: Int(lengths[$0]))
      },
      meanTBefore: meanTBefore, layersBefore: before, layers: behind, stops: found)
  }
}

/// Writes a line from a code, at each step the likeliest token.
private struct GreedyDecoder {
  let workspace: Workspace
  private let stack: LayerStack
  private let latent: Int
  private let words: [String]
  private let memories: [LayerMemory]

  init(_ inference: Inference, latent: Int, words: [String]) {
    stack = inference.stack
    self.latent = latent
    self.words = words
    workspace = Workspace(stack, capacity: 1, for: .trace)
    workspace.begin(examples: 1)
    memories = stack.memories(
      inference.parameters, prepared: inference.prepared, in: workspace)
  }

  /// The mean of the code of the line that stands in the workspace.
  func code() -> [Float] {
    stack.forward(memories, 0..<latent + 1)
    return memories[latent].output.array
  }

  /// A token as the vocabulary has it.
  func word(_ token: Int) -> String { words.indices.contains(token) ? words[token] : "\(token)" }

  /// Lets the encoder read a line, with its end where there is room.
  func read(_ tokens: [Int]) {
    let line = (tokens + [DecoderLSTMSpec.end]).prefix(stack.input.positionCount)
    workspace.begin(examples: 1, lengths: [Int32(line.count)])
    workspace.input.fill(0)
    for (step, token) in line.enumerated() { workspace.input[step] = Float(token) }
    stack.forward(memories, 0..<latent + 1)
  }

  /// The tokens that are written from a code, until the end of a line or of the room; the mark of unknown words, which
  /// says nothing, is never one of them.
  func write(_ code: [Float]) -> [Int] {
    let steps = stack.input.positionCount
    let classes = workspace.output.count / steps
    let marks = [DecoderLSTMSpec.padding, DecoderLSTMSpec.begin, DecoderLSTMSpec.unknown]
    var tokens: [Int] = []
    workspace.begin(examples: 1)
    workspace.input.fill(0)
    memories[latent].output.assign(code)
    for step in 0..<steps {
      // The decoder is given the tokens that were written before; what it says of later steps is not looked at.
      stack.forward(memories, latent + 1..<memories.count)
      let scores = workspace.output[step * classes..<(step + 1) * classes]
      var best = DecoderLSTMSpec.end
      for token in 0..<classes
      where !marks.contains(token) && scores[token] > scores[best] {
        best = token
      }
      guard best != DecoderLSTMSpec.end else { break }
      tokens.append(best)
      workspace.input[step] = Float(best)
    }
    return tokens
  }

  /// The mean of T over the units of a highway layer, of what went through it last.
  func meanT(ofLayer number: Int) -> Float {
    let layer = stack.gatedLayer(number)
    guard let index = layer.signals.index(of: .transformGate) else { return .nan }
    let units = layer.output.count
    switch layer.values(ofSignal: index, in: memories[number]) {
    case .rows(let rows, _): return (0..<units).reduce(0) { $0 + rows[$1] } / Float(units)
    case .constant(let values): return (0..<units).reduce(0) { $0 + values[$1] } / Float(units)
    case .complement: return .nan
    }
  }
}
