import TensorFiles

// What a file of tensors holds.
extension Inspection {
  /// What may stand in a checkpoint's metadata.
  private static let knownKeys = [
    "architecture", "classes", "epoch", "format", "normalization", "run",
  ]

  /// The most arrays of a data set: two parts of inputs, lengths and labels.
  private static let mostArrays = 6

  static func checkpoint(
    _ place: CheckpointPath, _ path: String, _ architecture: Architecture?, _ choice: StackChoice,
    _ data: DataChoice
  ) -> Inspection {
    let file: any TensorFile
    do { file = try TensorFileReader.open(place.file) } catch {
      var inspection = Inspection(path, .unknown)
      inspection.wrong = ["\(CheckpointError(error))"]
      return inspection
    }
    let names = file.tensors.map(\.name) + file.unreadable.map(\.name)
    let isDescribed = architecture != nil || file.metadata("architecture") != nil
    if !isDescribed {
      let data = DataPlace(place.file, choice: data)
      // No network has as few tensors as a file of vectors or sequences.
      if names.contains(where: { ArrayNames.role($0) != nil })
        || names.count <= mostArrays && (try? DataSet.reader(data)) != nil
      {
        return dataSet(data)
      }
      if names.contains("random"), names.contains(where: { $0.hasPrefix("moments.") }) {
        return trainingState(path, file)
      }
    }
    var inspection = Inspection(path, .checkpoint)
    inspection.describe(file)
    if isDescribed || !inspection.checkStacks(place, path, file, choice) {
      inspection.checkNetwork(path, file, architecture)
    }
    return inspection
  }

  /// Confirms what every file of tensors has: format, tensors, values, metadata.
  mutating func describe(_ file: any TensorFile) {
    let tensors = file.tensors
    let format = type(of: file).format
    confirm("format", "format", format, .string(format))
    confirmed.append(
      Finding(
        "tensors", "tensors",
        ["\(NumberFormat.count(tensors.count)):"] + Self.shortened(TensorTable(tensors).lines),
        .array(
          tensors.map { tensor in
            Self.object([
              ("name", .string(tensor.name)), ("dtype", .string(tensor.type.name)),
              ("shape", .array(tensor.shape.map { .integer($0) })),
            ])
          })))
    checkValues(file)
    reportUnreadable(file)
    let metadata = file.metadata
    guard !metadata.isEmpty else { return }
    confirmed.append(
      Finding(
        "metadata", "metadata",
        [Self.list(metadata.map(\.key.excerpt))],
        .object(metadata.map { JSON.Member($0.key, .string($0.value)) })))
  }

  /// Counts values, and those that are not finite.
  private mutating func checkValues(_ file: any TensorFile) {
    var count = 0
    var bad: [(name: String, count: Int)] = []
    for tensor in file.tensors where tensor.type.isReal {
      do {
        var notFinite = 0
        let pieces = try file.pieces(of: tensor)
        while let piece = try pieces.next() {
          let values = tensor.type.floats(piece)
          count += values.count
          notFinite += values.reduce(0) { $0 + ($1.isFinite ? 0 : 1) }
        }
        if notFinite > 0 { bad.append((tensor.name, notFinite)) }
      } catch {
        wrong.append(error.description)
        return
      }
    }
    let total = bad.reduce(0) { $0 + $1.count }
    confirm(
      "values", "values", "\(NumberFormat.count(count)) floating-point numbers", .integer(count))
    confirm(
      "notFinite", "not finite", total == 0 ? "none" : NumberFormat.count(total), .integer(total))
    for tensor in bad.prefix(Self.mostLines) {
      wrong.append(
        "tensor \"\(tensor.name.excerpt)\": "
          + (tensor.count == 1 ? "1 value is" : "\(NumberFormat.count(tensor.count)) values are")
          + " not finite")
    }
    if bad.count > Self.mostLines {
      wrong.append("and \(bad.count - Self.mostLines) more tensors with values that are not finite")
    }
  }
}

// MARK: - The network

extension Inspection {
  private mutating func checkNetwork(
    _ path: String, _ file: any TensorFile, _ given: Architecture?
  ) {
    reportUnknownMetadata(file)
    if let given {
      check(given, given: true, path, file)
      return
    }
    guard let description = file.metadata("architecture") else {
      wrong.append("metadata \"architecture\" is missing, so that the file cannot be opened")
      guessNetwork(file)
      return
    }
    let architecture: Architecture
    do { architecture = try Architecture(json: description) } catch {
      wrong.append("metadata \"architecture\": \(error)")
      guessNetwork(file)
      return
    }
    check(architecture, given: false, path, file)
  }

  private mutating func check(
    _ architecture: Architecture, given: Bool, _ path: String, _ file: any TensorFile
  ) {
    confirm(architecture)
    let layout = ParameterLayout(architecture)
    let isComplete = checkTensors(file, layout)
    let used = Set(layout.tensors.map(\.name))
    let extra = file.tensors.map(\.name).filter { !used.contains($0) }
    if !extra.isEmpty {
      unknown.append(
        Finding(
          "extraTensors", "tensors", Self.shortened(extra.map(\.excerpt)), .strings(extra)))
    }
    do {
      let checkpoint = try Checkpoint.read(path, architecture: given ? architecture : nil)
      confirm("loads", "loads", "yes", .bool(true))
      describe(checkpoint)
    } catch {
      confirm("loads", "loads", "no", .bool(false))
      if isComplete { wrong.append(error.description) }
    }
    inferData(architecture)
  }

  /// Confirms what a network is made of.
  mutating func confirm(_ architecture: Architecture) {
    confirmed.append(
      Finding(
        "architecture", "architecture", ArchitectureText(architecture).lines,
        architecture.document))
    let count = ParameterLayout(architecture).count
    confirm("parameters", "parameters", NumberFormat.count(count), .integer(count))
  }

  /// Compares tensors with what the architecture needs; false where something is wrong.
  private mutating func checkTensors(
    _ file: any TensorFile, _ layout: ParameterLayout
  ) -> Bool {
    var problems: [String] = []
    for tensor in layout.tensors {
      guard let found = file.shared(tensor.name) else {
        problems.append("tensor \"\(tensor.name)\" is missing")
        continue
      }
      if found.shape != tensor.shape {
        problems.append(
          "tensor \"\(tensor.name)\": expected shape \(StoredTensor.text(of: tensor.shape)), "
            + "found \(StoredTensor.text(of: found.shape))")
      } else if !found.type.isReal {
        problems.append(
          "tensor \"\(tensor.name)\": expected F32, F16, BF16 or F64, found \(found.type.name)")
      }
    }
    wrong += Self.shortened(problems)
    return problems.isEmpty
  }

  mutating func describe(_ checkpoint: Checkpoint) {
    if let epoch = checkpoint.epoch { confirm("epoch", "epoch", "\(epoch)", .integer(epoch)) }
    if let names = checkpoint.classNames {
      confirmed.append(
        Finding(
          "classes", "classes",
          [
            "\(names.count): "
              + names.prefix(Self.mostLines).map(\.excerpt).joined(separator: ", ")
          ],
          .strings(names)))
    } else if let vocabulary = checkpoint.vocabulary {
      let words = vocabulary.words
      confirmed.append(
        Finding(
          "vocabulary", "vocabulary",
          [
            "\(NumberFormat.count(words.count)): "
              + words.prefix(Self.mostLines).map(\.excerpt).joined(separator: " ") + " …",
            vocabulary.alphabet.isEmpty
              ? "read by their ids" : "read by \(vocabulary.alphabet.count) characters",
          ], .strings(words)))
    } else if let count = checkpoint.network.architecture.classes {
      infer("classes", "classes", "\(count), without names", .integer(count))
    }
    if let normalization = checkpoint.normalization {
      confirm(
        "normalization", "normalization",
        normalization.words,
        normalization.document)
    } else if checkpoint.network.architecture.classes != nil || checkpoint.origin == nil {
      infer(
        "normalization", "normalization", "none given: pixels / 255 as they are",
        Normalization().document)
    }
    if let text = checkpoint.run {
      do {
        let run = try RunDescription(json: text)
        if let data = run.data {
          confirm(
            "dataSet", "data set", data.name.excerpt + " (as the run says)", .string(data.name))
        }
      } catch {
        wrong.append("metadata \"run\": \(error)")
      }
    }
    let runs = GateBiasRuns(checkpoint.network)
    guard !runs.runs.isEmpty else { return }
    confirmed.append(Finding("gateBiases", "gate biases", runs.lines, runs.document))
  }

  private mutating func reportUnknownMetadata(_ file: any TensorFile) {
    let entries = file.metadata.filter { !Self.knownKeys.contains($0.key) }
    guard !entries.isEmpty else { return }
    unknown.append(
      Finding(
        "metadata", "metadata",
        Self.shortened(entries.map { "\($0.key.excerpt): \($0.value.excerpt)" }),
        .object(entries.map { JSON.Member($0.key, .string($0.value)) })))
  }
}

extension Normalization {
  /// What is done to the pixels, in words.
  fileprivate var words: String {
    var parts = [
      "mean \(Inspection.list(mean.map { "\($0)" })), std \(Inspection.list(std.map { "\($0)" }))"
    ]
    if !pixelMean.isEmpty {
      parts.insert("a mean for each of \(NumberFormat.count(pixelMean.count)) pixels", at: 0)
    }
    if normalizesContrast { parts.insert("contrast of each image", at: 0) }
    return parts.joined(separator: ", then ")
  }
}
