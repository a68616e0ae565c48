import TensorFiles

/// A network made of what is in another program's file.
struct ForeignNetwork {
  let network: Network
  let origin: StackOrigin
  /// The names of tensors that are no part of it.
  let leftOut: [String]

  /// Finds the network in a file, or the one that is named, and brings its parameters into Tollgate's layout.
  ///
  /// - Throws: ``CheckpointError``.
  init(
    _ file: any TensorFile, stack name: String?, _ choice: StackChoice
  ) throws(CheckpointError) {
    func named<Value>(
      _ body: () throws(ConventionError) -> Value
    ) throws(CheckpointError) -> Value {
      do { return try body() } catch { throw .convention(path: file.path, error) }
    }
    func read<Value>(_ body: () throws(ReadError) -> Value) throws(CheckpointError) -> Value {
      do { return try body() } catch { throw CheckpointError(error) }
    }
    let convention = try choice.convention.map { name throws(CheckpointError) in
      try named { () throws(ConventionError) in try Conventions.named(name) }
    }
    let arrays = NamedArrays(file)
    let found = try read { () throws(ReadError) in
      try Conventions.networks(in: arrays, of: convention)
    }
    guard !found.isEmpty else {
      throw .convention(path: file.path, .noStack(tensors: file.tensors.count))
    }
    let chosen = try named { () throws(ConventionError) in try found.chosen(name) }
    let plan = try chosen.plan(choice, in: arrays)
    origin = plan.origin
    let used = Set(plan.sources.map(\.tensor.name))
    // How many batches a norm has seen is no part of what it computes.
    leftOut = file.tensors.map(\.name).filter {
      !used.contains($0) && !$0.hasSuffix("num_batches_tracked")
    }
    network = try read { () throws(ReadError) in try plan.network(file) }
  }
}
