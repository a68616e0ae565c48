import TensorFiles

/// The samples that a network runs over: a part of a data set, and how its pixels become inputs.
public struct Samples: Sendable {
  /// The images and labels.
  public let split: DataSet.Split
  /// The shape of one image.
  public let shape: Shape
  /// How pixels become inputs.
  public let normalization: Normalization
  /// How many of the split's samples are taken, from the first on.
  public let count: Int
  /// What the samples are grouped by; nil for their labels.
  public let grouping: Grouping?

  /// By which of the groupings of its tokens a text is grouped.
  public private(set) var tokenGrouping = 0

  /// Takes the samples of a split.
  ///
  /// - Precondition: `normalization` fits the shape, and so does the split.
  public init(
    _ split: DataSet.Split, shape: Shape, normalization: Normalization, first count: Int? = nil,
    grouping: Grouping? = nil
  ) {
    precondition(split.valueCount == split.count * shape.count, "one image for each example")
    precondition(normalization.fits(shape), "a normalization of such images")
    self.split = split
    self.shape = shape
    self.normalization = normalization
    self.count = min(max(0, count ?? split.count), split.count)
    self.grouping = grouping
    precondition(
      grouping.map {
        $0.of.count == split.count || $0.of.count == split.count * shape.positionCount
      } ?? true, "a group for each example, or for each of its steps")
  }

  /// Takes the samples of a data set for a network.
  ///
  /// - Throws: ``SamplesError`` where the network cannot have such images, tells fewer classes apart than
  ///   the data set has, or nobody knows how pixels become its inputs.
  public init(
    _ split: DataSet.Split, of data: DataSet, for architecture: Architecture,
    normalization: Normalization?, first count: Int? = nil
  ) throws(SamplesError) {
    guard let normalization else { throw .normalizationMissing(data: data.name) }
    try Self.check(data, for: architecture, normalization: normalization)
    self.init(split, shape: data.shape, normalization: normalization, first: count)
  }

  /// Says whether a network can have the images of a data set.
  ///
  /// - Throws: ``SamplesError``.
  public static func check(
    _ data: DataSet, for architecture: Architecture, normalization: Normalization
  ) throws(SamplesError) {
    let architecture = architecture.fitted(to: data.shape)
    let isByLines = data.text.map { $0.encoding.vocabulary.isByLines }
    guard architecture.task.readsText == (data.text != nil),
      isByLines.map({ $0 == (architecture.task == .autoencode) }) ?? true
    else {
      throw .wrongTask(expected: architecture.task, data: data.name)
    }
    // Of maps every extent counts; a vector has the values in the order of the file.
    let seesMaps = !architecture.shapes[0].isVector
    guard
      seesMaps
        ? data.shape == architecture.input : data.shape.count == architecture.input.count
    else {
      throw .wrongInput(expected: architecture.input, data: data.name, found: data.shape)
    }
    let isTagged = [data.train, data.test].filter { $0.labels != nil && $0.count > 0 }
      .map(\.isTagged)
    // Without an output, labels group samples or steps, whichever they belong to.
    guard
      architecture.classes == nil
        || isTagged.allSatisfy({ $0 == architecture.task.hasOutputPerStep })
    else { throw .wrongTask(expected: architecture.task, data: data.name) }
    if let classes = architecture.classes, data.outputs > classes {
      throw .tooManyClasses(expected: classes, data: data.name, found: data.outputs)
    }
    if let tokens = architecture.tokens, data.words.count > tokens {
      throw .wrongVocabulary(data: data.name, expected: tokens, found: data.words.count)
    }
    if let vocabulary = data.text?.encoding.vocabulary {
      let found = architecture.readsCharacters ? vocabulary.alphabet.count : vocabulary.words.count
      let limit = architecture.alphabet ?? architecture.tokens ?? 0
      guard found <= limit, architecture.readsCharacters == !vocabulary.alphabet.isEmpty else {
        throw .wrongVocabulary(data: data.name, expected: limit, found: found)
      }
    }
    guard normalization.pixelMean.isEmpty || normalization.pixelMean.count == data.shape.count
    else {
      throw .wrongPixelMean(
        data: data.name, values: data.shape.count, found: normalization.pixelMean.count)
    }
    guard normalization.fits(data.shape) else {
      throw .wrongNormalization(
        data: data.name, channels: data.shape.features, found: normalization.mean.count)
    }
  }

  /// The picture of a sample: its pixels, or the values of a vector from black, the least, to white; `[shape.count]`.
  ///
  /// Of a sequence, the steps of one channel after those of the other, black behind its end.
  ///
  /// - Precondition: The sample is one of the split's.
  public func picture(of sample: Int) -> [UInt8] {
    if split.text != nil { return [] }
    if split.lengths != nil { return sequencePicture(of: sample) }
    let range = sample * shape.count..<(sample + 1) * shape.count
    guard let vector = split.vectors?[range] else { return Array(split.pixels[range]) }
    return grayLevels(vector)
  }

  /// The tokens of a segment of a text; none where samples are none.
  ///
  /// - Precondition: The sample is one of the split's.
  public func tokens(of sample: Int) -> [String] {
    guard let text = split.text, let lengths = split.lengths else { return [] }
    return text.tokens(of: sample, steps: shape.positionCount, length: Int(lengths[sample]))
  }

  /// The words that a network tells apart; none where samples are no text.
  public var vocabulary: [String] { split.text?.lexicon.vocabulary ?? [] }

  /// What follows each token of a segment, as the vocabulary has it; nil behind the last of the text.
  ///
  /// - Precondition: The sample is one of the split's.
  public func nextWords(of sample: Int) -> [String?] {
    guard let text = split.text, let lengths = split.lengths else { return [] }
    let labels = split.labels(of: sample..<sample + 1).prefix(Int(lengths[sample]))
    return labels.map { $0 < 0 ? nil : text.lexicon.vocabulary[Int($0)] }
  }

  private func sequencePicture(of sample: Int) -> [UInt8] {
    let levels = grayLevels(sequence(of: sample))
    let steps = levels.count / shape.features
    var picture = [UInt8](repeating: 0, count: shape.count)
    for channel in 0..<shape.features {
      for step in 0..<steps {
        picture[channel * shape.positionCount + step] = levels[step * shape.features + channel]
      }
    }
    return picture
  }

  /// How many classes are asked of a network: one of each sample, or one of each step.
  var targets: Int {
    split.isTagged
      ? split.labels(of: 0..<count).count { $0 >= 0 } : count
  }

  /// The values of a sequence as they are in the data set, without what stands behind its end; `[steps, features]`,
  /// none where samples are no sequences.
  ///
  /// - Precondition: The sample is one of the split's.
  public func sequence(of sample: Int) -> [Float] {
    guard let vectors = split.vectors, let lengths = split.lengths else { return [] }
    let start = sample * shape.count
    return Array(vectors[start..<start + Int(lengths[sample]) * shape.features])
  }

  /// The class of each step of a sequence up to its end; none where nobody knows, or the sequence has one class.
  ///
  /// - Precondition: The sample is one of the split's.
  public func stepLabels(of sample: Int) -> [Int] {
    guard split.isTagged, let lengths = split.lengths else { return [] }
    return split.labels(of: sample..<sample + 1).prefix(Int(lengths[sample])).map { Int($0) }
  }

  /// The groupings that the tokens of a text have; none where samples are none.
  public var tokenGroupings: [TokenGrouping] { split.text?.lexicon.groupings ?? [] }

  /// The same samples, the tokens of a text grouped by one of its groupings.
  ///
  /// - Precondition: A text has such a grouping.
  public func groupingTokens(by grouping: Int) -> Samples {
    guard split.text != nil else { return self }
    precondition(tokenGroupings.indices.contains(grouping), "the text has such a grouping")
    var samples = self
    samples.tokenGrouping = grouping
    return samples
  }

  /// The first samples of these.
  public func first(_ count: Int) -> Samples {
    let samples = Samples(
      split, shape: shape, normalization: normalization, first: min(count, self.count),
      grouping: grouping)
    return samples.groupingTokens(by: tokenGrouping)
  }
}

/// A division of samples, or of their steps, into groups other than their classes.
public struct Grouping: Hashable, Sendable {
  /// The group of each example or of each of its steps, −1 for one in none; `[examples]` or `[examples, steps]`.
  public let of: [Int32]
  /// The number of groups.
  public let count: Int

  /// Groups examples.
  ///
  /// - Precondition: Each entry is −1 or at least 0 and less than `count`.
  public init(_ groups: [Int32], count: Int) {
    precondition(groups.allSatisfy { -1 <= $0 && $0 < count }, "a group is one of those counted")
    of = groups
    self.count = count
  }
}

/// Why a network cannot run over the images of a data set.
public enum SamplesError: Error, Hashable, Sendable {
  /// The images have another number of values than the network's input.
  case wrongInput(expected: Shape, data: String, found: Shape)
  /// Examples have one class where each step should have its own, or the other way round.
  case wrongTask(expected: Architecture.Task, data: String)
  /// The data set has more classes than the network tells apart.
  case tooManyClasses(expected: Int, data: String, found: Int)
  /// The network reads fewer different tokens or characters than the text has.
  case wrongVocabulary(data: String, expected: Int, found: Int)
  /// The normalization has neither one value nor one per channel.
  case wrongNormalization(data: String, channels: Int, found: Int)
  /// The normalization has the means of another number of pixels.
  case wrongPixelMean(data: String, values: Int, found: Int)
  /// Neither the checkpoint nor the caller says how pixels become inputs.
  case normalizationMissing(data: String)
  /// A normalization is asked for, but the values are taken as they are.
  case takenAsItIs(data: String)
  /// A network without an output cannot be trained.
  case noOutput(data: String)
  /// The data set has no training images.
  case nothingToTrainOn(data: String)
  /// The data set has no part by which training could decide.
  case nothingToValidateOn(data: String)
  /// The images have no labels to train on.
  case noLabels(data: String)
}

extension SamplesError: CustomStringConvertible {
  /// What was expected and what was found.
  public var description: String {
    switch self {
    case .wrongInput(let expected, let data, let found):
      "the network takes inputs of \(expected.count) values, but the images of \(data.excerpt) are "
        + "\(found), \(found.count) values"
    case .wrongTask(.nextToken, let data):
      "the network predicts the next word of a text, but \(data.excerpt) is none"
    case .wrongTask(.autoencode, let data):
      "the network writes lines of a text anew, but \(data.excerpt) is not read line by line"
    case .wrongTask(let expected, let data):
      "the network gives a class to each \(expected == .tagSequence ? "step" : "example"), but those of "
        + "\(data.excerpt) belong to \(expected == .tagSequence ? "examples" : "steps")"
    case .tooManyClasses(let expected, let data, let found):
      "the network tells \(expected) classes apart, but \(data.excerpt) has \(found)"
    case .wrongVocabulary(let data, let expected, let found):
      "the network reads \(expected) different tokens or characters, but \(data.excerpt) has \(found)"
    case .wrongNormalization(let data, let channels, let found):
      "the model normalizes \(found) channels, but the images of \(data.excerpt) have \(channels)"
    case .wrongPixelMean(let data, let values, let found):
      "the model has the means of \(found) pixels, but the images of \(data.excerpt) have \(values)"
    case .normalizationMissing(let data):
      "nothing says how pixels of \(data.excerpt) become inputs; give a normalization"
    case .takenAsItIs(let data):
      "the numbers of \(data.excerpt) are taken as they are; leave --normalization out"
    case .noOutput(let data):
      "the network has no output layer, so it cannot be trained on \(data.excerpt)"
    case .nothingToTrainOn: "the data set has no training images"
    case .nothingToValidateOn(let data):
      "the learning rate depends on a validation part, which \(data.excerpt) does not have"
    case .noLabels(let data): "the images of \(data.excerpt) have no labels to train on"
    }
  }
}
