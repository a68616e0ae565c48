import TensorFiles

/// The transform-gate biases of a network, summed up for each run of layers of the same make.
struct GateBiasRuns {
  /// One run of highway layers that learn a transform gate.
  struct Run {
    /// The numbers of the first and the last layer.
    let layers: ClosedRange<Int>
    let gating: Gating
    /// The bias at the initialization, where the architecture tells it.
    let initial: Float?
    let mean: Double
    let minimum: Float
    let maximum: Float
  }

  /// The runs in the order of the network.
  let runs: [Run]

  /// Sums up a network's biases.
  init(_ network: Network) {
    let architecture = network.architecture
    let biases = network.gateBiases
    var runs: [Run] = []
    var members: [Float] = []
    var first: Int?
    let gated = architecture.gatedLayers
    for (index, layer) in gated.enumerated() {
      guard let own = biases[index],
        case .highway(_, _, let gating, let initial) = architecture.layers[layer]
      else { continue }
      members += own
      first = first ?? layer
      let goesOn =
        index + 1 < gated.count && gated[index + 1] == layer + 1
        && architecture.layers[layer + 1] == architecture.layers[layer]
      guard !goesOn, let start = first else { continue }
      runs.append(
        Run(
          layers: start...layer, gating: gating, initial: initial,
          mean: members.reduce(0) { $0 + Double($1) } / Double(max(1, members.count)),
          minimum: members.min() ?? .nan, maximum: members.max() ?? .nan))
      members = []
      first = nil
    }
    self.runs = runs
  }

  /// The runs in lines for people.
  var lines: [String] {
    Inspection.shortened(
      runs.map { run in
        let layers =
          run.layers.count == 1
          ? "layer \(run.layers.lowerBound)"
          : "layers \(run.layers.lowerBound)-\(run.layers.upperBound)"
        let values =
          "mean \(Inspection.rounded(run.mean)), \(Inspection.rounded(Double(run.minimum))) "
          + "to \(Inspection.rounded(Double(run.maximum)))"
        let drift = run.initial.map {
          "; from \($0), mean drift \(Inspection.rounded(run.mean - Double($0)))"
        }
        return "\(layers), \(run.gating.name): \(values)\(drift ?? "")"
      })
  }

  /// The runs for programs.
  var document: JSON {
    .array(
      runs.map { run in
        Inspection.object([
          ("first", .integer(run.layers.lowerBound)), ("last", .integer(run.layers.upperBound)),
          ("gating", .string(run.gating.name)),
          ("initial", run.initial.map { .real($0) } ?? .null), ("mean", .real(run.mean)),
          ("minimum", .real(run.minimum)), ("maximum", .real(run.maximum)),
        ])
      })
  }
}
