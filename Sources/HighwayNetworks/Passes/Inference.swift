import Synchronization

/// A network made ready once, to run over many samples: its layers, parameters and prepared weights, with
/// some gates held.
///
/// Every result is the same to the last bit on any number of threads, and may be asked for from any thread.
public final class Inference: Sendable {
  /// The most examples that go through a network at once.
  static let batchSize = 200
  /// How many bytes of activations that are kept may take for one thread: 128 MiB, or 16 MiB of sequences, whose many
  /// scores are then still in the processor's caches when they become probabilities.
  private static let (memoryLimit, memoryLimitOfSequences) = (1 << 27, 1 << 24)

  /// The number of examples that go through this network at once.
  let examplesAtOnce: Int

  /// What the network is made of.
  public let architecture: Architecture
  /// The gates that are held.
  public let clamps: GateClamps
  /// The transform-gate biases of each gated layer, `[units]`; nil where a layer has none.
  public let gateBiases: [[Float]?]
  /// The mean of |γ| of the last norm in the branch of each gated layer; nil where its branch has no norm.
  public let branchScales: [Double?]
  let stack: LayerStack
  let parameters: FloatSlice
  let prepared: [(any PreparedMap)?]
  /// What runs one example; made when it is first asked for.
  let single: Mutex<SinglePass?>

  /// Where the memory of statistics comes from and goes to; nil where it is not kept.
  let workspaces: WorkspacePool?
  /// The processes that passes over samples are divided among.
  let ranks: Ranks

  /// Makes a network ready, on one process or on some that divide outcomes, statistics, lesions and codes.
  public convenience init(
    _ network: Network, clamps: GateClamps = GateClamps(), ranks: Ranks = .alone
  ) {
    self.init(network, clamps: clamps, workspaces: nil, ranks: ranks)
  }

  /// Makes a network ready, with memory for statistics that others of its architecture have used.
  package init(
    _ network: Network, clamps: GateClamps = GateClamps(), workspaces: WorkspacePool?,
    ranks: Ranks = .alone
  ) {
    self.workspaces = workspaces
    self.ranks = ranks
    architecture = network.architecture
    self.clamps = clamps
    gateBiases = network.gateBiases
    branchScales = network.branchScales
    stack = LayerStack(network.architecture, holding: clamps)
    parameters = FloatBuffer(network.parameters).all
    prepared = stack.prepared(parameters)
    single = Mutex(nil)
    let bytes = 4 * Workspace.valuesPerExample(stack)
    examplesAtOnce =
      stack.carriesState
      ? Streams.mostOfPart
      : max(
        1,
        min(
          Self.batchSize,
          (stack.input.isSequence ? Self.memoryLimitOfSequences : Self.memoryLimit) / bytes))
  }

  /// Asks whether a pass should go on.
  ///
  /// It is called on the calling thread with the fraction that is done; false ends the pass.
  public typealias Continues = (_ fraction: Double) -> Bool

  /// How a pass divides its batches among accumulators.
  enum Division {
    /// A fixed number of them, whatever the number of threads: sums of floats depend on their order.
    case shards
    /// One for each batch.
    case batches
  }

  /// Runs the network over samples, batch by batch on several threads.
  ///
  /// Of a text, batches are segments of streams that go on from one to the next. Each of the accumulators that `begin` makes takes the batches that belong to it, one after the other,
  /// by `add`; a thread keeps what `makeWorker` returns for all its batches and gives it to `endWorker`. Where a batch
  /// runs for one of `groups` of layers, there is an accumulator for each of them, after each other.
  ///
  /// - Returns: The accumulators in their order, of all parts or of those that `own` chooses of so many, or nil where
  ///   `continues` ended the pass.
  func reduce<Sums: Sendable, Worker>(
    _ samples: Samples, _ division: Division, groups: Int = 1,
    own: (_ parts: Int) -> Range<Int> = { 0..<$0 }, threads: Int, continues: Continues,
    begin: @escaping @Sendable () -> Sums, makeWorker: @escaping @Sendable () -> Worker,
    endWorker: @escaping @Sendable (Worker) -> Void = { _ in },
    add: @escaping @Sendable (inout Sums, Worker, BatchReader, Batch) -> Void
  ) -> [Sums]? {
    let reader = BatchReader(samples, for: stack)
    if stack.carriesState {
      // An accumulator takes some of the streams, from the first segment of each to the last.
      let streams = Streams(evaluating: samples.count)
      let parts = parts(of: samples, division)
      return reduceBatches(
        parts * groups * streams.length, parts: parts * groups, own: own(parts * groups),
        threads: threads, continues: continues, begin: begin, makeWorker: makeWorker,
        endWorker: endWorker,
        add: { sums, worker, index in
          let (number, group) = index.quotientAndRemainder(dividingBy: groups)
          let own = Shards.range(number % parts, of: parts, batch: streams.count)
          var batch = streams.batch(step: number / parts, of: own)
          batch.group = group
          if !batch.examples.isEmpty { add(&sums, worker, reader, batch) }
        })
    }
    let size = examplesAtOnce
    let batches = (samples.count + size - 1) / size
    let parts = groups * parts(of: samples, division)
    return reduceBatches(
      batches * groups, parts: parts, own: own(parts), threads: threads, continues: continues,
      begin: begin, makeWorker: makeWorker, endWorker: endWorker,
      add: { sums, worker, index in
        let (number, group) = index.quotientAndRemainder(dividingBy: groups)
        var batch = Batch(number * size..<min((number + 1) * size, samples.count))
        batch.group = group
        add(&sums, worker, reader, batch)
      })
  }

  /// How many accumulators the batches of samples are divided among, if layers are not.
  func parts(of samples: Samples, _ division: Division) -> Int {
    if stack.carriesState { return min(Shards.limit, Streams(evaluating: samples.count).count) }
    let batches = (samples.count + examplesAtOnce - 1) / examplesAtOnce
    return division == .shards ? max(1, min(Shards.limit, batches)) : batches
  }

  /// The same, divided among the ranks, each of which gets all accumulators.
  ///
  /// - Returns: The accumulators in their order, or nil where `continues` ended the pass on any rank.
  func reduceAmongRanks<Sums: Sendable & Transferable, Worker>(
    _ samples: Samples, _ division: Division, groups: Int = 1, threads: Int, continues: Continues,
    begin: @escaping @Sendable () -> Sums, makeWorker: @escaping @Sendable () -> Worker,
    endWorker: @escaping @Sendable (Worker) -> Void = { _ in },
    add: @escaping @Sendable (inout Sums, Worker, BatchReader, Batch) -> Void
  ) -> [Sums]? {
    let own = reduce(
      samples, division, groups: groups, own: { ranks.share(of: $0) }, threads: threads,
      continues: continues, begin: begin, makeWorker: makeWorker, endWorker: endWorker, add: add)
    return ranks.count > 1 ? ranks.gather(own, begin: begin) : own
  }
}

extension Inference {
  /// Memory for a batch that keeps every layer's output; ``end(_:)`` takes it back.
  func workspace() -> Workspace {
    workspaces?.take() ?? Workspace(stack, capacity: examplesAtOnce, for: .statistics)
  }

  /// Takes back a workspace of ``workspace()``.
  func end(_ workspace: Workspace) { workspaces?.put(workspace) }

  /// Runs every layer over some examples.
  ///
  /// - Returns: The number of examples that are right.
  @discardableResult
  func run(_ reader: BatchReader, _ batch: Batch, in workspace: Workspace) -> Int {
    reader.read(batch, into: workspace)
    return stack.forward(parameters, prepared: prepared, in: workspace)
  }
}
