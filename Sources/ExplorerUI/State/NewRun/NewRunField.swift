import HighwayNetworks

/// A line of the form for a new network.
package enum NewRunField: Hashable, Sendable, CaseIterable {
  case preset
  case gating
  case constant
  case gateBias
  case depth
  case width
  case activation
  case learningRate
  case schedule
  case momentum
  case nesterov
  case weightDecay
  case batchSize
  case epochs
  case seed
  case data

  /// What stands before the value.
  var title: String {
    switch self {
    case .preset: "preset"
    case .gating: "gating"
    case .constant: "constant T, p"
    case .gateBias: "gate bias"
    case .depth: "depth"
    case .width: "width"
    case .activation: "activation"
    case .learningRate: "learning rate"
    case .schedule: "schedule"
    case .momentum: "momentum"
    case .nesterov: "Nesterov"
    case .weightDecay: "weight decay"
    case .batchSize: "batch size"
    case .epochs: "epochs"
    case .seed: "seed"
    case .data: "data"
    }
  }

  /// What the value means.
  var help: String {
    switch self {
    case .preset:
      "a paper's network and recipe, or none: " + choices.dropFirst().joined(separator: ", ")
    case .gating: "how T and C of the highway layers are made: " + choices.joined(separator: ", ")
    case .constant: "T of frozen gates is p, C is 1 − p"
    case .gateBias: "the transform gates' initial bias; negative carries"
    case .depth: "one plain layer and depth − 1 highway layers, then the softmax output"
    case .width: "the number of units of each layer"
    case .activation: "of all layers: " + choices.joined(separator: ", ")
    case .learningRate: "of the first epoch"
    case .schedule: "constant; exponential=0.98 for each epoch; steps=0.1@20,40 after those"
    case .momentum: "0 or more and less than 1"
    case .nesterov: "whether the momentum is Nesterov's"
    case .weightDecay: "the factor of the parameters that is added to their gradients"
    case .batchSize: "the number of images of a mini-batch"
    case .epochs: "trains up to this epoch; space pauses it and goes on"
    case .seed: "fixes initialization and shuffling: the same seed gives the same network"
    case .data: "a directory or file with a data set; Tab completes"
    }
  }

  /// The values to choose among; empty where a text is typed.
  var choices: [String] {
    switch self {
    case .preset: [NewRunForm.noPreset] + Preset.all.map(\.name)
    case .gating: Gating.names
    case .activation: Activation.allCases.map(\.rawValue)
    case .nesterov: ["no", "yes"]
    case .constant, .gateBias, .depth, .width, .learningRate, .schedule, .momentum, .weightDecay,
      .batchSize, .epochs, .seed, .data:
      []
    }
  }
}
