import HighwayNetworks

/// What can be shown and done with a model as it is here; of each thing that cannot, why.
package struct Abilities: Hashable, Sendable {
  /// Whether something can be had.
  package enum Ability: Hashable, Sendable {
    /// It can.
    case present
    /// It cannot; a sentence that says why, and what to do where something helps.
    case absent(String)

    /// Why it cannot be had; nil where it can.
    package var problem: String? {
      if case .absent(let reason) = self { reason } else { nil }
    }

    fileprivate init(problem: String?) {
      self = problem.map(Ability.absent) ?? .present
    }

    /// Both; of what is absent, the first says why.
    fileprivate func and(_ other: Ability) -> Ability { problem == nil ? other : self }
  }

  /// Gates to look at.
  package let gates: Ability
  /// Gates that are learned; without them, T and C are what the gating says.
  package let learnedGates: Ability
  /// Samples to run the network on.
  package let samples: Ability
  /// Classes that samples are grouped by.
  package let groups: Ability
  /// A loss and an error to measure.
  package let loss: Ability
  /// Samples that are right or wrong as a whole.
  package let verdicts: Ability
  /// Lesions, measured by their error.
  package let lesions: Ability
  /// Training from here on.
  package let training: Ability
  /// The network's weights, to run it with gates held.
  package let weights: Ability
  /// Gate biases.
  package let biases: Ability
  /// What blocks are given and what they give on.
  package let outputs: Ability
  /// How gates combine, so that what is carried can be followed through the depth.
  package let depth: Ability

  /// Says what a network can do.
  ///
  /// - Parameters:
  ///   - architecture: What the network is made of.
  ///   - labelCount: The number of classes that the samples' labels tell; nil where there are no samples.
  ///   - dataProblem: Why there are no samples; nil where there are.
  ///   - trainingProblem: Why samples cannot be trained on; nil where they can.
  init(
    _ architecture: Architecture, labelCount: Int?, dataProblem: String?, trainingProblem: String?
  ) {
    gates =
      architecture.gatedLayers.isEmpty
      ? .absent("this network has no highway layers") : .present
    let blocks = architecture.blocks
    learnedGates =
      blocks.isEmpty || blocks.contains { $0.gating?.learnsGates ?? true }
      ? gates
      : .absent(
        "this network learns no gates; 1 Overview and 8 Depth show what its branches return")
    samples = Ability(problem: dataProblem)
    if labelCount == 0 {
      groups = .absent("the samples have no labels")
    } else {
      let hasClasses = architecture.classes != nil || labelCount != nil
      groups = hasClasses ? .present : .absent("this network has no classes")
    }
    loss = samples.and(
      architecture.classes == nil
        ? .absent("this network has no output, so that there is no loss") : groups)
    verdicts =
      architecture.task.hasOutputPerStep
      ? .absent("each step is predicted by itself, so that no sample is right or wrong") : loss
    lesions = gates.and(loss)
    training = loss.and(Ability(problem: trainingProblem))
    (weights, biases, outputs, depth) = (.present, .present, .present, .present)
  }

  /// Says what can be done with recorded gates.
  init(recorded blocks: [Block], hasClasses: Bool, hasBiases: Bool) {
    func present(_ isPresent: Bool, _ reason: String) -> Ability {
      isPresent ? .present : .absent(reason)
    }
    (gates, learnedGates, samples) = (.present, .present, .present)
    groups = present(hasClasses, "this recording has no labels")
    let network = "this is a recording: it holds what gates did, not the network"
    loss = .absent("\(network), so it predicts nothing")
    verdicts = loss
    lesions = .absent("\(network), so no gate can be held")
    training = .absent("\(network), so it cannot be trained here")
    weights = lesions
    biases = present(hasBiases, "this recording has no gate biases")
    outputs = present(
      blocks.contains { $0.signals.contains(.blockOutput) }, "this recording has no block outputs")
    depth = present(
      blocks.contains { $0.gating != nil }, "this recording does not say how its gates combine")
  }
}

extension ExplorerState {
  /// Why something cannot be had of the model that is open; nil where it can.
  package func problem(_ ability: KeyPath<Abilities, Abilities.Ability>) -> String? {
    guard let model else { return "no model is open" }
    return model.abilities[keyPath: ability].problem
  }

  /// Whether something can be had of the model that is open.
  func has(_ ability: KeyPath<Abilities, Abilities.Ability>) -> Bool { problem(ability) == nil }
}
