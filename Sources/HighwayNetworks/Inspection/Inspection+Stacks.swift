import TensorFiles

// What a file of another program holds.
extension Inspection {
  /// Says which networks are in a file, and of the only one, or the one that is named, what was taken
  /// for what; false where there is none.
  mutating func checkStacks(
    _ place: CheckpointPath, _ path: String, _ file: any TensorFile, _ choice: StackChoice
  ) -> Bool {
    let checkpoint: Checkpoint
    do throws(CheckpointError) {
      checkpoint = try Checkpoint(foreign: file, stack: place.stack, choice)
    } catch {
      switch error {
      case .convention(_, .noStack): return reportOptimizer(file)
      // Nothing is wrong with the file: one of the stacks has to be named.
      case .convention(_, .severalStacks): listStacks(file, place.file)
      default: wrong.append(error.description)
      }
      return true
    }
    reportPrefix(file)
    listStacks(file, place.file)
    if let origin = checkpoint.origin { report(origin) }
    confirm(checkpoint.network.architecture)
    confirm("loads", "loads", "yes", .bool(true))
    describe(checkpoint)
    let leftOut = Set(checkpoint.extraTensors)
    if !leftOut.isEmpty {
      let tensors = file.tensors.filter { leftOut.contains($0.name) }
      unknown.append(
        Finding(
          "extraTensors", "tensors", Self.shortened(TensorTable(tensors).lines),
          .strings(checkpoint.extraTensors)))
    }
    inferData(checkpoint.network.architecture)
    return true
  }

  /// Says where there is nothing but what an optimizer keeps; false where there is more.
  private mutating func reportOptimizer(_ file: any TensorFile) -> Bool {
    let arrays = NamedArrays(file)
    guard arrays.entries.isEmpty, arrays.asideCount > 0 else { return false }
    wrong.append(
      "holds \(NumberFormat.count(arrays.asideCount)) tensors that an optimizer keeps, and no network; "
        + "give the file with the weights")
    return true
  }

  private mutating func report(_ origin: StackOrigin) {
    let value = Self.object([
      ("stack", .string(origin.stack)), ("name", .string(origin.convention)),
      ("programs", .string(origin.programs)),
      ("gate", origin.gate.map { .string($0.rawValue) } ?? .null),
      ("gateConfirmed", .bool(origin.isConfirmed)),
    ])
    confirmed.append(
      Finding(
        "convention", "convention",
        ["\(origin.convention), stack \(origin.stack.excerpt)"] + origin.confirmed, value))
    inferred.append(
      Finding("convention", "convention", origin.inferred, .strings(origin.inferred)))
  }

  private mutating func listStacks(_ file: any TensorFile, _ path: String) {
    let stacks = (try? Conventions.networks(in: NamedArrays(file))) ?? []
    guard stacks.count > 1 else { return }
    confirmed.append(
      Finding(
        "stacks", "stacks",
        ["\(stacks.count), of which one is opened by \(path.printablePath)#NAME:"]
          + Self.shortened(
            stacks.map { stack in
              "\(stack.name.excerpt)  \(stack.text) (\(stack.conventionName))"
            }),
        .strings(stacks.map { $0.name })))
  }

  /// Says where all names begin alike.
  private mutating func reportPrefix(_ file: any TensorFile) {
    let firsts = Set(file.tensors.map { $0.name.prefix { $0 != "." } })
    guard file.tensors.count > 1, let first = firsts.first, firsts.count == 1 else { return }
    let prefix = String(first) + "."
    confirm(
      "prefix", "prefix",
      "all \(NumberFormat.count(file.tensors.count)) tensors stand behind \(prefix.excerpt)",
      .string(prefix))
  }

  /// Lists what is in the file and not read.
  mutating func reportUnreadable(_ file: any TensorFile) {
    let unreadable = file.unreadable
    guard !unreadable.isEmpty else { return }
    unknown.append(
      Finding(
        "unreadable", "not read",
        Self.shortened(
          unreadable.map { name, error in
            if case .format(_, let error) = error { return "\(name.excerpt): \(error)" }
            return "\(name.excerpt): \(error)"
          }),
        .strings(unreadable.map(\.name))))
  }
}
