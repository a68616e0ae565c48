public import TensorFiles

extension TrainingState {
  /// The prefix of tensor names for each moment that an optimizer keeps.
  private static let momentPrefixes = ["moments.", "squares."]

  /// Reads a state of a network of a known layout, with so many moments for each parameter.
  ///
  /// - Throws: ``CheckpointError`` where the file is not a whole state of such a network.
  public static func read(
    _ path: String, layout: ParameterLayout, moments count: Int = 1
  ) throws(CheckpointError) -> TrainingState {
    let file: SafetensorsFile
    do { file = try SafetensorsFile(path) } catch { throw CheckpointError(error) }
    guard let source = file["random"] else {
      throw .missingTensors(path: path, names: ["random"])
    }
    guard source.shape == [4] else {
      throw .wrongShape(path: path, tensor: "random", expected: [4], found: source.shape)
    }
    guard source.type == .u64 else {
      throw .wrongType(
        path: path, tensor: "random", expected: "U64", found: source.type.name)
    }
    let random: [UInt64]
    do {
      random = LittleEndian.words(try file.bytes(of: source), UInt64.self)
    } catch {
      throw CheckpointError(error)
    }
    guard random.contains(where: { $0 != 0 }) else { throw .randomStateIsZero(path: path) }
    var moments: [Float] = []
    for prefix in momentPrefixes.prefix(count) {
      moments += try file.parameters(layout, prefix: prefix)
    }
    var state = TrainingState(
      epoch: try number("epoch", in: file, path, atMost: EpochMetrics.maximumEpoch),
      step: try number("step", in: file, path, atMost: 1 << 53),
      parameters: try file.parameters(layout, prefix: "parameters."),
      moments: moments,
      random: random)
    if let factor = try measure("rateFactor", in: file, path) { state.rateFactor = Float(factor) }
    state.validationLoss = try measure("validationLoss", in: file, path)
    return state
  }

  /// A number of the metadata; nil where it is not there.
  private static func measure(
    _ key: String, in file: some TensorFile, _ path: String
  ) throws(CheckpointError) -> Double? {
    guard let text = file.metadata(key) else { return nil }
    do throws(DescriptionError) { return try JSONField(parsing: text).double() } catch {
      throw .metadata(path: path, key: key, error)
    }
  }

  /// Writes the state in place of what is at the path.
  ///
  /// - Precondition: The layout has a place for each parameter.
  /// - Throws: `FileError`; what was at the path is then untouched.
  public func write(to path: String, layout: ParameterLayout) throws(FileError) {
    let words = SafetensorsContents.Tensor("random", .u64, [4], LittleEndian.bytes(random))
    let kept = zip(
      Self.momentPrefixes, stride(from: 0, to: moments.count, by: max(1, layout.count)))
    let contents = SafetensorsContents(
      tensors: layout.contents(parameters, prefix: "parameters.")
        + kept.flatMap { prefix, start in
          layout.contents(Array(moments[start..<start + layout.count]), prefix: prefix)
        } + [words],
      metadata: [("epoch", String(epoch)), ("step", String(step))]
        + (rateFactor == 1 ? [] : [("rateFactor", JSON.real(rateFactor).text)])
        + (validationLoss.map { [("validationLoss", JSON.real($0).text)] } ?? []))
    try AtomicFile.write(path, contents.encoded)
  }

  private static func number(
    _ key: String, in file: some TensorFile, _ path: String, atMost limit: Int
  ) throws(CheckpointError) -> Int {
    do throws(DescriptionError) {
      guard let text = file.metadata(key) else { throw .missing(path: key) }
      return try JSONField(parsing: text).integer(in: 0...limit)
    } catch {
      throw .metadata(path: path, key: key, error)
    }
  }
}
