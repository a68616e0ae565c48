package import TensorFiles

/// A network of a paper with the recipe that it was trained by, fitted to the images or sequences of a data set.
package struct Preset: Hashable, Sendable {
  /// What it is called on the command line, such as `resnet-20`.
  package let name: String
  /// The shape of the images in the paper, or of sequences, which have any number of steps.
  package let paperInput: Shape
  /// The epoch to train up to.
  package let epochs: Int
  /// What is done to the images.
  package let normalization: NormalizationChoice
  let family: Family
  private let settings: Hyperparameters

  enum Family: Hashable, Sendable {
    /// Ten layers of so many maps (Highway Networks, table 1).
    case mnist(maps: Int)
    /// Nineteen layers (Highway Networks, table 3).
    case cifar
    /// 6n + 2 layers (He et al. 2015), its shortcuts gated or not (He et al. 2016, table 1).
    case residual(n: Int, isGated: Bool)
    /// So many layers of LSTM cells, all but the first with a depth gate (Zhang et al. 2015).
    case depthGated(layers: Int, cells: Int)
    /// Words by their characters (Kim et al. 2015).
    case characters(CharacterModel)
    /// Words by recurrent highway layers, the output tied to their vectors (Zilly et al. 2016).
    case recurrentHighway(depth: Int, units: Int, words: Int)
    /// Lines by way of a code, with highway layers before and behind it (Bowman et al. 2015).
    case sentences(units: Int, code: Int, words: Int)
  }

  /// The extents of a network that reads words by their characters.
  struct CharacterModel: Hashable, Sendable {
    /// The widths of the convolutions, from 1 on.
    let widths: Int
    /// The features of a convolution for each character of its width.
    let features: Int
    let cells: Int
    let dropout: String
    /// Whether a highway layer stands between the convolutions and the cells.
    var hasHighway = true
    /// The most words that are told apart.
    let words: Int
  }

  /// All presets.
  package static let all: [Preset] =
    [
      highway("highway-mnist-10", .mnist(maps: 32)),
      highway("highway-mnist-10-narrow", .mnist(maps: 16)),
      highway("highway-cifar-19", .cifar),
    ]
    + [3, 5, 7, 9, 18].map { residual("resnet-\(6 * $0 + 2)", n: $0) }
    + [
      residual("resnet-110-shortcut-only", n: 18, isGated: true), highwayLSTM,
      kim(
        "kim-small", epochs: 25,
        CharacterModel(widths: 6, features: 25, cells: 300, dropout: "0.5", words: 10_000)),
      kim(
        "kim-small-kjv", epochs: 10,
        CharacterModel(widths: 5, features: 15, cells: 150, dropout: "0.2", words: 4_000)),
      kim(
        "kim-small-kjv-plain", epochs: 10,
        CharacterModel(
          widths: 5, features: 15, cells: 150, dropout: "0.2", hasHighway: false, words: 4_000)),
      recurrentHighway, sentences,
    ]

  /// Kim's recipe: gradients summed over 35 steps, the rate halved where validation hardly gains.
  private static func kim(_ name: String, epochs: Int, _ model: CharacterModel) -> Preset {
    Preset(
      name: name,
      paperInput: .sequence(steps: TextEncoding.usualSteps, features: TextEncoding.mostCharacters),
      epochs: epochs, normalization: .none, family: .characters(model),
      settings: Hyperparameters(
        batchSize: 20, learningRate: 1, schedule: .validation(factor: 0.5, least: 1), momentum: 0,
        clipNorm: 5, sumsSteps: true, initialBound: 0.05))
  }

  /// How many words the network tells apart at the most; nil where it reads no text.
  package var words: Int? {
    switch family {
    case .characters(let model): model.words
    case .recurrentHighway(_, _, let words), .sentences(_, _, let words): words
    case .mnist, .cifar, .residual, .depthGated: nil
    }
  }

  /// Whether it reads a text line by line.
  package var readsLines: Bool { if case .sentences = family { true } else { false } }

  /// Whether it reads words by their characters.
  package var readsCharacters: Bool { if case .characters = family { true } else { false } }

  /// The data set that the network is made for, where it is one alone.
  package var dataName: String? {
    name.hasPrefix("kim-small-kjv") || readsLines ? KingJamesBible.name : nil
  }

  /// The authors' solvers: biases at twice the rate and without decay, the output's weights with ten times
  /// the decay.
  private static func highway(_ name: String, _ family: Family) -> Preset {
    let isMNIST = family != .cifar
    return Preset(
      name: name,
      paperInput: isMNIST
        ? .image(channels: 1, height: 28, width: 28) : .image(channels: 3, height: 32, width: 32),
      epochs: isMNIST ? 300 : 400, normalization: isMNIST ? .none : .contrastPerPixel,
      family: family,
      settings: Hyperparameters(
        batchSize: 100, learningRate: isMNIST ? 0.01 : 0.025,
        // After 60,000 and 120,000 steps of 600 to the epoch; after 100,000 to 200,000 of 500.
        schedule: .steps(after: isMNIST ? [100, 200] : [200, 300, 350], factor: 0.1),
        momentum: 0.9, nesterov: true, weightDecay: 1e-3,
        factors: RoleFactors(biasRate: 2, biasDecay: 0, normDecay: 0, outputDecay: 10),
        augmentation: isMNIST ? nil : Augmentation(padding: 8, mirrors: true)))
  }

  /// The paper's three layers in small, by Adam in place of its recipe for hours of speech.
  private static let highwayLSTM = Preset(
    name: "hlstm-3", paperInput: .sequence(steps: 1, features: 80), epochs: 60,
    normalization: .standard, family: .depthGated(layers: 3, cells: 32),
    settings: Hyperparameters(
      batchSize: 30, learningRate: 0.003, schedule: .steps(after: [30, 45], factor: 0.3),
      optimizer: .adam(), momentum: 0, clipNorm: 5))

  /// The paper's recipe, whose rate falls from epoch 20 on, for a network of a fifth of its width.
  private static let recurrentHighway = Preset(
    name: "rhn-5", paperInput: .sequence(steps: TextEncoding.usualSteps, features: 1), epochs: 30,
    normalization: .none, family: .recurrentHighway(depth: 5, units: 200, words: 4_000),
    settings: Hyperparameters(
      batchSize: 20, learningRate: 0.2,
      schedule: .steps(after: Array(20..<300), factor: 1 / 1.02), momentum: 0, weightDecay: 1e-7,
      clipNorm: 10, sumsSteps: true, initialBound: 0.04))

  /// The paper's annealing and word dropout, with the numbers of a later program, of which the paper's table is none.
  private static let sentences = Preset(
    name: "sentence-vae",
    paperInput: .sequence(steps: TextEncoding.usualLineSteps, features: 1), epochs: 12,
    normalization: .none, family: .sentences(units: 256, code: 16, words: 4_000),
    settings: Hyperparameters(
      batchSize: 32, learningRate: 0.001, optimizer: .adam(), momentum: 0, clipNorm: 5,
      sumsSteps: true, wordDropout: 0.4,
      divergence: DivergenceSchedule(rate: 0.0025, middle: 2_500)))

  /// Weights alone decay; the deepest networks begin with a tenth of the rate.
  private static func residual(_ name: String, n: Int, isGated: Bool = false) -> Preset {
    Preset(
      name: name, paperInput: .image(channels: 3, height: 32, width: 32), epochs: 164,
      normalization: .perPixel, family: .residual(n: n, isGated: isGated),
      settings: Hyperparameters(
        batchSize: 128, learningRate: 0.1,
        // After 32,000 and 48,000 steps of 391 to the epoch.
        schedule: .steps(after: [82, 123], factor: 0.1), momentum: 0.9, weightDecay: 1e-4,
        factors: RoleFactors(biasDecay: 0, normDecay: 0),
        warmUp: n == 18 ? WarmUp(epochs: 1, factor: 0.1) : nil,
        augmentation: Augmentation(padding: 4, mirrors: true)))
  }

  /// The recipe, with a seed.
  package func hyperparameters(seed: UInt64) -> Hyperparameters {
    var settings = settings
    settings.seed = seed
    return settings
  }

  /// The network for images or sequences of a shape.
  ///
  /// Where they are those of a text, it says how it is read.
  ///
  /// - Throws: `DescriptionError` where such images are too small for it, or it takes the one and not the other.
  package func architecture(
    input: Shape, classes: Int, text: TextEncoding? = nil
  ) throws(DescriptionError) -> Architecture {
    guard (words != nil) == (text != nil) else {
      throw .invalid(
        path: "input",
        expected: words == nil
          ? "images or sequences of vectors" : "a text, since the network reads words",
        found: words == nil ? "a text" : "\(input)")
    }
    guard input.positions.count == paperInput.positions.count else {
      throw .invalid(
        path: "input",
        expected: paperInput.isSequence
          ? "sequences, since the network goes over time"
          : "images, since the network goes over maps", found: "\(input)")
    }
    let extents = input.extents.map(String.init).joined(separator: ",")
    let task =
      readsLines
      ? #""task":"autoencode","#
      : words != nil
        ? #""task":"next-token","# : input.isSequence ? #""task":"classify-sequence","# : ""
    let layers = layers(
      input, classes: classes, characters: text?.vocabulary.alphabet.count ?? 0)
    let tied = if case .recurrentHighway = family { #""tied":{"layer":0},"# } else { "" }
    return try Architecture(
      json: """
        {"input":[\(extents)],\(task)"classes":\(classes),\(tied)"layers":[\(layers.joined(separator: ","))]}
        """)
  }

  /// How the network differs from the paper's, for data of a shape; nil where it does not.
  package func adaptation(to input: Shape) -> String? {
    if case .recurrentHighway(_, let units, let words) = family {
      return
        "\(name) is the paper's network in small, \(units) units in place of 1,000 and \(words) words in place "
        + "of 10,000, with ordinary dropout in place of one mask for all steps of a sequence"
    }
    if case .sentences(let units, let code, let words) = family {
      return
        "\(name) is the paper's network as far as its text tells: \(units) cells, a code of \(code), two highway layers "
        + "before it and two behind it, \(words) words, and lines of at most \(input.positionCount) tokens; longer "
        + "lines are left out"
    }
    if case .characters(let model) = family {
      return model.words == TextEncoding.usualWords
        ? "\(name) is the paper's network; words, characters and their numbers are those of the text"
        : "\(name) is the paper's network in small: five convolutions of 225 features in place of six of 525, "
          + "150 cells in place of 300, \(model.words) words in place of 10,000"
          + (model.hasHighway ? "" : ", without its highway layer")
    }
    if paperInput.isSequence {
      return
        "\(name) is the paper's network in small, 32 cells a layer in place of 1,024 that are projected to "
        + "512, for \(input.features) values a step in place of \(paperInput.features), and a class for each sequence "
        + "in place of each step; it is trained by Adam"
    }
    return input == paperInput
      ? nil
      : "\(name) is the paper's network for images of \(paperInput); here they are \(input), so its "
        + "maps have other extents and its first layer other weights"
  }
}

extension Setting<Preset> {
  /// The name of a preset.
  package static let preset = Setting(
    "preset", Preset.all.map(\.name).joined(separator: ", "),
    parse: { name in Preset.all.first { $0.name == name } })
}
