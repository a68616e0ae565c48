import ArgumentParser
import HighwayNetworks

/// Which trials an experiment has.
struct TrialOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Compare these networks, each described in a file as tollgate inspect prints it, in place of \
      gatings, depths, units, activations and gate biases.
      """, valueName: "file"), transform: typedPath)
  var architecture: [String] = []

  @Option(help: "Gatings with commas between them: \(GatingChoice.choices).")
  var gating = CommaList(GatingChoice(.plain), GatingChoice(.residual), GatingChoice(.coupled))

  @Option(
    parsing: .unconditional,
    help: "Depths with commas between them: one plain layer and depth − 1 highway layers.")
  var depth = CommaList(10, 20, 50)

  @Option(
    help: """
      The units of a coupled layer; the other gatings get the width with as many parameters a layer, \
      71 for plain beside 50.
      """)
  var units = 50

  @Option(parsing: .unconditional, help: "Learning rates with commas between them.")
  var learningRate = CommaList<Float>(0.1)

  @Option(
    parsing: .unconditional,
    help: "Initial transform-gate biases with commas between them.")
  var gateBias = CommaList<Float>(-2)

  @Option(help: "Activations with commas between them: relu, tanh, sigmoid, linear.")
  var activation = CommaList(ActivationChoice(.tanh))

  @Option(
    parsing: .unconditional, help: "Seeds of initialization and shuffling with commas between them."
  )
  var seeds = CommaList<UInt64>(1)

  @Option(
    help: """
      Draw so many settings at random for each gating and depth instead of a grid: learning rate 0.001 \
      to 1, momentum 0.5 to 0.99, decay 0.9 to 1 an epoch, relu or tanh, gate bias −10 to −1.
      """)
  var runs: Int?

  @Option(parsing: .unconditional, help: "The seed of the random search.")
  var seed: UInt64 = 1

  func validate() throws {
    for depth in depth.elements where !(2...100_000).contains(depth) {
      throw ValidationError("--depth: expected 2 to 100000, found \(depth)")
    }
    guard (1...100_000).contains(units) else {
      throw ValidationError("--units: expected 1 to 100000, found \(units)")
    }
    for rate in learningRate.elements where !(rate.isFinite && rate > 0) {
      throw ValidationError("--learning-rate: expected positive numbers, found \(rate)")
    }
    for bias in gateBias.elements where !bias.isFinite {
      throw ValidationError("--gate-bias: expected numbers, found \(bias)")
    }
    if let runs, !(1...100_000).contains(runs) {
      throw ValidationError("--runs: expected 1 to 100000, found \(runs)")
    }
    guard descriptions.count == architecture.count else {
      throw ValidationError("--architecture: expected files of different names")
    }
  }

  /// The files of the described networks, from the root, by the networks' names: the files' own.
  var descriptions: [String: String] {
    Dictionary(
      architecture.map { path in
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return (file.hasSuffix(".json") ? String(file.dropLast(5)) : file, absolute(path))
      }, uniquingKeysWith: { first, _ in first })
  }

  func plan(base: Hyperparameters, data: DataPlace) throws -> ExperimentPlan {
    let search: ExperimentPlan.Search =
      if let runs {
        .random(runs: runs, seed: seed)
      } else {
        .grid(
          learningRates: learningRate.elements, gateBiases: gateBias.elements,
          activations: activation.elements.map(\.activation))
      }
    return ExperimentPlan(try networks(data), search: search, seeds: seeds.elements, base: base)
  }

  private func networks(_ data: DataPlace) throws -> ExperimentPlan.Networks {
    guard !architecture.isEmpty else {
      return .stacks(
        gatings: gating.elements.map(\.gating), depths: depth.elements, units: units)
    }
    let shape = try DataSet.openForTraining(data).shape
    return .described(
      try descriptions.sorted { $0.key < $1.key }.map { name, path in
        Trial.Described(name: name, architecture: try Architecture(file: path).fitted(to: shape))
      })
  }
}
