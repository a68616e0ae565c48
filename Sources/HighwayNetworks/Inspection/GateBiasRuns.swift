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
    let gated = architecture.gatedLayers
    var runs: [Run] = []
    for shared in architecture.runs {
      // Layers of one shape may still be gated differently.
      var start = shared.lowerBound
      while start < shared.upperBound {
        let layer = architecture.layers[gated[start]]
        let end =
          shared[start...].firstIndex { architecture.layers[gated[$0]] != layer }
          ?? shared.upperBound
        let members = (start..<end).flatMap { network.gateBias(ofLayer: gated[$0]) ?? [] }
        if let gating = layer.gating, gating.learnsTransformGate, !members.isEmpty {
          runs.append(
            Run(
              layers: gated[start]...gated[end - 1], gating: gating, initial: layer.gateBias,
              mean: members.reduce(0) { $0 + Double($1) } / Double(members.count),
              minimum: members.min() ?? .nan, maximum: members.max() ?? .nan))
        }
        start = end
      }
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
          "mean \(NumberFormat.rounded(run.mean)), \(NumberFormat.rounded(Double(run.minimum))) "
          + "to \(NumberFormat.rounded(Double(run.maximum)))"
        let drift = run.initial.map {
          "; from \($0), mean drift \(NumberFormat.rounded(run.mean - Double($0)))"
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
