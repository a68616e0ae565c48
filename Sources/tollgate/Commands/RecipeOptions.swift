import ArgumentParser
import HighwayNetworks

/// What a recipe has beside rate, schedule, momentum and decay; a preset has its own.
struct RecipeOptions: ParsableArguments {
  @Option(help: "sgd; or adam (Kingma and Ba 2015), which takes no momentum. (default: sgd)")
  var optimizer: String?

  @Option(help: "What the learning rate of biases is multiplied by. (default: 1)")
  var biasRate: Float?

  @Option(help: "What the weight decay of biases is multiplied by. (default: 1)")
  var biasDecay: Float?

  @Option(help: "What the weight decay of norms' scales is multiplied by. (default: 1)")
  var normDecay: Float?

  @Option(help: "What the weight decay of the output's weights is multiplied by. (default: 1)")
  var outputDecay: Float?

  @Option(
    help: ArgumentHelp(
      "The first epochs and what their learning rate is multiplied by, such as 1,0.1.",
      valueName: "epochs,factor"))
  var warmUp: String?

  @Option(
    help: ArgumentHelp(
      "Add so many rows and columns around training images and take a part at random.",
      valueName: "pixels"))
  var pad: Int?

  @Flag(help: "Exchange left and right in half of the training images.")
  var mirror = false

  @Option(help: "The norm to which a greater gradient of all parameters is scaled. (default: none)")
  var clipNorm: Float?

  @Option(help: "The probability with which a decoder is not given a word. (default: 0)")
  var wordDropout: Float?

  @Option(
    help: ArgumentHelp(
      """
      How fast the weight of the divergence of codes grows and the step at which it is one half, such as \
      0.0025,2500. (default: it is 1)
      """, valueName: "rate,step"))
  var klSchedule: String?

  /// A recipe with what is asked for.
  func changed(_ recipe: Hyperparameters) throws -> Hyperparameters {
    var settings = recipe
    if let optimizer {
      settings.optimizer = try Setting.optimizer.read(optimizer)
      // Adam has moments of its own.
      if settings.optimizer != .sgd { settings.momentum = 0 }
    }
    func set(
      _ path: WritableKeyPath<RoleFactors, Float>, _ name: String, _ value: Float?
    ) throws {
      guard let value else { return }
      settings.factors[keyPath: path] = try Setting<Float>.factor(name).checked(value)
    }
    try set(\.biasRate, "bias-rate", biasRate)
    try set(\.biasDecay, "bias-decay", biasDecay)
    try set(\.normDecay, "norm-decay", normDecay)
    try set(\.outputDecay, "output-decay", outputDecay)
    if let warmUp { settings.warmUp = try Setting.warmUp.read(warmUp) }
    if let clipNorm { settings.clipNorm = try Setting.clipNorm.checked(clipNorm) }
    if let wordDropout { settings.wordDropout = try Setting.wordDropout.checked(wordDropout) }
    if let klSchedule { settings.divergence = try Setting.divergence.read(klSchedule) }
    if pad != nil || mirror {
      var own = settings.augmentation ?? Augmentation()
      if let pad { own.padding = try Setting.padding.checked(pad) }
      own.mirrors = own.mirrors || mirror
      settings.augmentation = own
    }
    return settings
  }
}
