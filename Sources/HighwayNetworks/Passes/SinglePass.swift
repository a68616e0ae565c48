private import Synchronization

/// The memory of passes over one example, made once and used again for the next.
struct SinglePass: @unchecked Sendable {
  let workspace: Workspace
  /// What each layer works on, the same for every example.
  let memories: [LayerMemory]
  /// What is read of the gated layers.
  let plans: [TracePlan]
  /// The number of values that are read of them.
  let valueCount: Int

  init(_ inference: Inference) {
    workspace = Workspace(inference.stack, capacity: 1, for: .trace)
    workspace.begin(examples: 1)
    memories = inference.stack.memories(
      inference.parameters, prepared: inference.prepared, in: workspace)
    plans = inference.stack.gated.map { [memories] index in
      TracePlan(inference.stack.gatedLayer(index), layer: index, memories[index])
    }
    valueCount = plans.reduce(0) { $0 + $1.valueCount }
  }
}

/// What a network makes of one input.
public struct Prediction: Hashable, Sendable {
  /// What the last layer returned: the scores of the classes where there is an output.
  public let output: [Float]
  /// The probability of each class; none where there is no output.
  public let probabilities: [Float]
}

extension Inference {
  /// Runs one example with the memory that is kept for it, and reads the result.
  func withSinglePass<Result>(
    begin: (Workspace, [LayerMemory]) -> Void, read: (SinglePass) -> sending Result
  ) -> sending Result {
    single.withLock { kept in
      let pass = kept ?? SinglePass(self)
      kept = pass
      useOneThreadPerProduct()
      begin(pass.workspace, pass.memories)
      stack.forward(pass.memories)
      return read(pass)
    }
  }

  /// Runs the network on one input.
  ///
  /// - Parameter input: The values as the network takes them, after normalization; `[input.count]`, maps
  ///   channels last, or the steps of a sequence, of which there may be fewer.
  /// - Returns: The output and the probabilities.
  /// - Throws: ``InputError`` where there are more or fewer values than the input has.
  public func callAsFunction(_ input: [Float]) throws(InputError) -> Prediction {
    guard stack.takes(input) else {
      throw InputError(expected: stack.input.count, found: input.count)
    }
    return withSinglePass(
      begin: { workspace, _ in stack.begin(input, in: workspace) },
      read: { pass in
        let output = pass.workspace.output.array
        _ = stack.objective.measure(pass.workspace)
        return Prediction(
          output: output,
          probabilities: stack.objective == .none ? [] : pass.workspace.output.array)
      })
  }

  /// The probabilities of the classes for each of some samples; `[samples, classes]`.
  ///
  /// - Returns: The probabilities; none where the network has no output.
  public func probabilities(of samples: Samples, threads: Int = processorCount()) -> [Float] {
    guard stack.objective != .none else { return [] }
    let stack = stack
    let parts = reduce(
      samples, .batches, threads: threads, continues: { _ in true }, begin: { [Float]() },
      makeWorker: { [examplesAtOnce] in
        Workspace(stack, capacity: examplesAtOnce, for: .result)
      },
      add: { [self] sums, workspace, reader, batch in
        run(reader, batch, in: workspace)
        sums += workspace.output.array
      })
    return (parts ?? []).flatMap { $0 }
  }
}

extension LayerStack {
  /// Whether an input has as many values as one example, or as some steps of it.
  fileprivate func takes(_ input: [Float]) -> Bool {
    self.input.isSequence
      ? input.count.isMultiple(of: self.input.features)
        && 1...self.input.count ~= input.count
      : input.count == self.input.count
  }

  /// Begins a pass over one input.
  ///
  /// - Precondition: The network takes such an input.
  func begin(_ input: [Float], in workspace: Workspace) {
    precondition(takes(input), "the input is one of the network's")
    let length = Int32(input.count / self.input.features)
    workspace.begin(examples: 1, lengths: self.input.isSequence ? [length] : [])
    workspace.input.fill(0)
    workspace.input.first(input.count).assign(input)
  }
}

/// An input of a wrong size.
public struct InputError: Error, Hashable, Sendable {
  /// How many values the network takes.
  public let expected: Int
  /// How many there were.
  public let found: Int
}
