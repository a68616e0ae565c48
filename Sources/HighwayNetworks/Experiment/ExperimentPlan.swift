import Libc

/// The trials of an experiment: every combination of its settings, or settings drawn at random.
public struct ExperimentPlan: Hashable, Sendable {
  /// How learning rate, momentum, decay, activation and gate bias are chosen.
  public enum Search: Hashable, Sendable {
    /// Every combination.
    case grid(learningRates: [Float], gateBiases: [Float], activations: [Activation])
    /// So many settings for each network, the same ones for all of them.
    ///
    /// As in Highway Networks §3.1 the learning rate, the momentum, the factor by which the rate decays,
    /// relu or tanh, and the gate bias from −1 to −10 are drawn. The paper does not give the first three
    /// ranges; these are 0.001 to 1 on a logarithmic scale, 0.5 to 0.99 (1 − momentum on a logarithmic
    /// scale), and 0.9 to 1.
    case random(runs: Int, seed: UInt64)
  }

  /// Which networks are compared.
  public enum Networks: Hashable, Sendable {
    /// Stacks of each gating and depth.
    ///
    /// Coupled layers have so many units; the others have as many parameters a layer, as nearly as can be.
    case stacks(gatings: [Gating], depths: [Int], units: Int)
    /// Networks by their descriptions, each with a name of its own.
    ///
    /// Activation and gate bias are those of the description.
    case described([Trial.Described])
  }

  /// The networks that are compared.
  public var networks: Networks
  /// How the other settings are chosen.
  public var search: Search
  /// The seeds that every setting is trained with.
  public var seeds: [UInt64]
  /// What all trials have in common; rate and seed, and with a random search momentum and schedule, are
  /// each trial's own.
  public var base: Hyperparameters

  /// Creates a plan.
  ///
  /// - Precondition: Depths and units are positive.
  public init(
    _ networks: Networks, search: Search, seeds: [UInt64], base: Hyperparameters
  ) {
    self.networks = networks
    self.search = search
    self.seeds = seeds
    self.base = base
  }

  /// All trials, each once.
  public var trials: [Trial] {
    var seen: Set<Trial> = []
    var trials: [Trial] = []
    for candidate in candidates {
      for setting in settings {
        for seed in seeds {
          var trial = Trial(candidate(setting), hyperparameters: setting.hyperparameters)
          trial.hyperparameters.seed = seed
          // Networks without a transform gate have the same trial for every gate bias.
          if seen.insert(trial).inserted { trials.append(trial) }
        }
      }
    }
    return trials
  }

  /// The network that a setting makes of each gating and depth, or of each description.
  private var candidates: [(Setting) -> Trial.Network] {
    switch networks {
    case .stacks(let gatings, let depths, let units):
      gatings.flatMap { gating in
        depths.map { depth in
          { setting in
            .stack(
              Trial.Stack(
                gating: gating, depth: depth, units: gating.width(matchingCoupled: units),
                activation: setting.activation, gateBias: setting.gateBias))
          }
        }
      }
    case .described(let described):
      described.map { network in { _ in .described(network) } }
    }
  }

  private struct Setting {
    var activation: Activation
    var gateBias: Float
    var hyperparameters: Hyperparameters
  }

  private var settings: [Setting] {
    switch search {
    case .grid(let learningRates, let gateBiases, let activations):
      return activations.flatMap { activation in
        learningRates.flatMap { rate in
          gateBiases.map { bias in
            var hyperparameters = base
            hyperparameters.learningRate = rate
            return Setting(
              activation: activation, gateBias: bias, hyperparameters: hyperparameters)
          }
        }
      }
    case .random(let runs, let seed):
      var random = RandomSource(seed: seed)
      return (0..<runs).map { _ in
        var hyperparameters = base
        hyperparameters.learningRate = random.magnitude(from: 1e-3, to: 1)
        hyperparameters.momentum = rounded(1 - random.magnitude(from: 0.01, to: 0.5), digits: 3)
        hyperparameters.schedule = .exponential(
          factor: rounded(0.9 + 0.1 * random.uniform(), digits: 3))
        let activation = random.uniform() < 0.5 ? Activation.relu : .tanh
        let bias = rounded(-1 - 9 * random.uniform(), digits: 1)
        return Setting(activation: activation, gateBias: bias, hyperparameters: hyperparameters)
      }
    }
  }
}

extension RandomSource {
  /// A number between two positive ones, evenly spread on a logarithmic scale, with two digits.
  fileprivate mutating func magnitude(from low: Double, to high: Double) -> Float {
    let value = low * pow(high / low, Double(uniform()))
    let unit = pow(10, log10(value).rounded(.down) - 1)
    return Float((value / unit).rounded() * unit)
  }
}

private func rounded(_ value: Float, digits: Int) -> Float {
  let scale = pow(10, Double(digits))
  return Float((Double(value) * scale).rounded() / scale)
}
