import TensorFiles

// What a data set holds.
extension Inspection {
  static func dataSet(_ place: DataPlace) -> Inspection {
    let path = place.path
    var inspection = Inspection(path, .unknown)
    do {
      let reader = try DataSet.reader(place)
      inspection.kind = .dataSet
      inspection.confirm("format", "format", reader.format, .string(reader.format))
      let set = try DataSet.open(reader, of: place)
      inspection.describe(set, namesClasses: reader.namesClasses)
      if !place.choice.transposes { inspection.describeOrientation(set) }
      inspection.describe(try reader.fingerprints())
    } catch {
      var line = "\(error)"
      // Data sets come in gzip too: of one, what was looked for says more.
      let isTar = path.hasSuffix(".tar.gz") || path.hasSuffix(".tgz")
      let isGzip = (try? DataSetLocation(place)).map { GzipReader.recognizes($0.prefix) } ?? false
      if case .notRecognized = error, isTar || !isGzip, let unread = try? UnreadFormat.of(path) {
        line = "\(path.printablePath): \(unread.name), which is not read; \(unread.advice)"
      }
      inspection.wrong.append(line)
    }
    return inspection
  }

  private mutating func describe(_ set: DataSet, namesClasses: Bool) {
    infer("name", "name", set.name.excerpt + " (after its path)", .string(set.name))
    let isVectors = set.shape.isVector
    let isSequences = set.shape.isSequence
    confirm(
      "shape", isVectors ? "vectors" : isSequences ? "sequences" : "images",
      "\(set.shape)"
        + (isVectors
          ? " features"
          : isSequences ? " (steps of the longest × features)" : " (channels×height×width)"),
      .array(set.shape.extents.map { .integer($0) }))
    describe(set.remarks)
    if let text = set.text {
      describe(text, set)
      return
    }
    let names = set.classNames.map(\.excerpt)
    let classes = Finding(
      "classes", "classes",
      [
        "\(names.count): " + names.prefix(Self.mostLines).joined(separator: ", ")
          + (names.count > Self.mostLines ? " …" : "")
      ], .strings(set.classNames))
    if namesClasses { confirmed.append(classes) } else { inferred.append(classes) }
    if !set.words.isEmpty {
      confirm(
        "words", "words",
        "\(NumberFormat.count(set.words.count)): "
          + set.words.prefix(Self.mostLines).map(\.excerpt).joined(separator: " ") + " …",
        .strings(set.words))
    }
    for (key, split) in [("train", set.train), ("test", set.test)] {
      describe(split, key: key, of: set)
    }
  }

  /// Repeats what is to be said of how the files were read, by what it is about.
  private mutating func describe(_ remarks: [DataRemark]) {
    var seen: Set<String> = []
    for label in remarks.map(\.label) where seen.insert(label).inserted {
      let own = remarks.filter { $0.label == label }
      let key = label == "classes" ? "classesFrom" : label
      let finding = Finding(
        key, label == "classes" ? "classes from" : label, own.map(\.text),
        .strings(own.map(\.text)))
      if own.allSatisfy(\.isCertain) {
        confirmed.append(finding)
      } else {
        inferred.append(finding)
      }
    }
  }

  /// Says where rows and columns of pictures seem to be exchanged; nothing where that is not sure.
  private mutating func describeOrientation(_ set: DataSet) {
    let split = set.train.count > 0 ? set.train : set.test
    let found = PictureOrientation(split, shape: set.shape, classes: set.classNames.count)
    let isEMNIST = set.name.hasPrefix("EMNIST")
    var text = "rows and columns of the pictures seem to be exchanged"
    if found.looksTransposed {
      text +=
        ": those of \(found.lying) of \(found.classes) classes are wider than tall and more like "
        + "themselves upside down than like their mirror image, those of \(found.standing) the other way"
    } else if isEMNIST, !found.looksUpright {
      text += ", as in EMNIST's own files"
    } else {
      return
    }
    infer("orientation", "orientation", text + "; --transpose turns them", .string("transposed"))
  }

  private mutating func describe(_ text: EncodedText, _ set: DataSet) {
    let corpus = text.corpus
    let words = text.encoding.vocabulary.words
    confirm(
      "tokens", "tokens",
      "\(NumberFormat.count(corpus.train.count)) to train on, "
        + "\(NumberFormat.count(corpus.validation.count)) for validation, "
        + "\(NumberFormat.count(corpus.test.count)) to test on",
      Self.object([
        ("train", .integer(corpus.train.count)), ("validation", .integer(corpus.validation.count)),
        ("test", .integer(corpus.test.count)),
      ]))
    confirm(
      "types", "different tokens", NumberFormat.count(corpus.types.count),
      .integer(corpus.types.count))
    let unknown = corpus.test.count { set.test.text?.lexicon.labelOfType[Int($0)] == 0 }
    let share = Double(unknown) / Double(max(1, corpus.test.count))
    infer(
      "vocabulary", "vocabulary",
      "\(NumberFormat.count(words.count)) words, \(NumberFormat.percent(share)) of the test part unknown: "
        + words.prefix(Self.mostLines).map(\.excerpt).joined(separator: " ") + " …",
      .strings(words))
    if set.characters > 0 {
      confirm(
        "characters", "characters", "\(set.characters), with 3 marks",
        .strings(text.encoding.vocabulary.alphabet))
    }
  }

  private mutating func describe(_ split: DataSet.Split, key: String, of set: DataSet) {
    guard split.count > 0 else {
      confirm(key, key, "no examples", .object([JSON.Member("examples", .integer(0))]))
      return
    }
    var counts = [Int](repeating: 0, count: set.classNames.count)
    for label in split.labels ?? [] where label >= 0 { counts[Int(label)] += 1 }
    if let vectors = split.vectors {
      let what =
        set.shape.isVector ? "vectors" : set.shape.isSequence ? "sequences" : "examples"
      let classes = split.labels == nil ? [] : counts
      describe(vectors, counts: classes, "\(NumberFormat.count(split.count)) \(what)", split, key)
      return
    }
    let pixels = PixelStatistics(split, shape: set.shape)
    func text(_ values: [Double]) -> String {
      Self.list(values.map { NumberFormat.rounded($0) })
    }
    confirmed.append(
      Finding(
        key, key,
        [
          "\(NumberFormat.count(split.count)) examples",
          split.labels == nil
            ? "without labels"
            : "per class " + counts.prefix(Self.mostLines).map(String.init).joined(separator: " ")
              + (counts.count > Self.mostLines ? " …" : ""),
          "pixels / 255: mean \(text(pixels.means)), std \(text(pixels.deviations))",
        ],
        Self.object([
          ("examples", .integer(split.count)),
          ("classCounts", .array(counts.map { .integer($0) })),
          ("mean", .array(pixels.means.map { .real($0) })),
          ("std", .array(pixels.deviations.map { .real($0) })),
        ])))
    let empty = counts.indices.filter { counts[$0] == 0 }
    guard split.labels != nil, !empty.isEmpty else { return }
    unknown.append(
      Finding(
        key + "EmptyClasses", key,
        [
          "no example of \(empty.count) of \(counts.count) classes: "
            + empty.prefix(8).map { set.classNames[$0].excerpt }.joined(separator: ", ")
            + (empty.count > 8 ? " …" : "")
        ],
        .array(empty.map { .integer($0) })))
  }

  private mutating func describe(
    _ vectors: [Float], counts: [Int], _ what: String, _ split: DataSet.Split, _ key: String
  ) {
    let total = Double(vectors.count)
    let mean = vectors.reduce(0) { $0 + Double($1) } / total
    let square = vectors.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / total
    let ends = (vectors.min() ?? 0, vectors.max() ?? 0)
    let classes =
      counts.isEmpty
      ? "without labels"
      : "per class " + counts.prefix(Self.mostLines).map(String.init).joined(separator: " ")
    confirmed.append(
      Finding(
        key, key,
        [
          what, classes,
          "values from \(ends.0) to \(ends.1), mean \(NumberFormat.rounded(mean)), "
            + "std \(NumberFormat.rounded(square.squareRoot()))"
            + (split.lengths == nil ? "; taken as they are, with no normalization" : ""),
        ],
        Self.object([
          ("examples", .integer(split.count)), ("classCounts", .array(counts.map { .integer($0) })),
          ("mean", .array([.real(mean)])), ("std", .array([.real(square.squareRoot())])),
        ])))
  }

  private mutating func describe(_ fingerprints: [FileFingerprint]) {
    confirmed.append(
      Finding(
        "files", "SHA-256", fingerprints.map { "\($0.sha256)  \($0.name.excerpt)" },
        .array(
          fingerprints.map {
            Self.object([("name", .string($0.name)), ("sha256", .string($0.sha256))])
          })))
  }

  /// One array by itself, which may be the images or the labels of a data set.
  static func array(_ path: String) -> Inspection {
    var inspection = Inspection(path, .array)
    let file: NPYFile
    do { file = try NPYFile(path) } catch {
      inspection.wrong = ["\(error)"]
      return inspection
    }
    inspection.confirm("format", "format", NPYFile.format, .string("npy"))
    var uses: [String] = []
    for tensor in file.tensors {
      inspection.confirm(
        "elements", "elements", tensor.type.name.excerpt, .string(tensor.type.name))
      inspection.confirm(
        "shape", "shape", StoredTensor.text(of: tensor.shape),
        .array(tensor.shape.map { .integer($0) }))
      let order = tensor.isFortranOrder ? "Fortran" : "C"
      inspection.confirm("order", "order", order, .string(order))
      let array = StoredArray(file: file, tensor: tensor)
      if (try? ImageArray(array)) != nil { uses.append("images") }
      if (try? LabelArray(array)) != nil { uses.append("labels") }
    }
    let text =
      uses.isEmpty
      ? "neither images nor labels of a data set"
      : "could be the \(uses.joined(separator: " or ")) of a data set; give their directory"
    inspection.infer("use", "use", text, .strings(uses))
    return inspection
  }
}

/// The mean and the standard deviation of pixels / 255, for each channel.
private struct PixelStatistics {
  var means: [Double] = []
  var deviations: [Double] = []

  init(_ split: DataSet.Split, shape: Shape) {
    let channels = shape.features
    let plane = shape.count / channels
    let examples = split.count
    for channel in 0..<channels {
      var counts = [Int](repeating: 0, count: 256)
      for example in 0..<examples {
        let start = (example * channels + channel) * plane
        for pixel in split.pixels[start..<start + plane] { counts[Int(pixel)] += 1 }
      }
      let total = Double(examples * plane)
      var mean = 0.0
      var squares = 0.0
      for (pixel, count) in counts.enumerated() {
        let value = Double(pixel) / 255
        mean += value * Double(count) / total
        squares += value * value * Double(count) / total
      }
      means.append(mean)
      deviations.append(max(0, squares - mean * mean).squareRoot())
    }
  }
}
