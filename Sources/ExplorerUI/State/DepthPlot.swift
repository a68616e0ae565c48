import HighwayNetworks

/// One of the quantities that the depth view follows through the layers.
package enum DepthPlot: Int, Hashable, Sendable, ViewPanel {
  /// How much each layer changes its input.
  case change
  /// What is left of the stage's input.
  case carryProduct
  /// How many layers transform on a path through the network.
  case pathLength
  /// How far each layer's output is from that of the last.
  case estimationError
  /// How far training moved the gate biases.
  case biasDrift
  /// Whether units with a low gate bias open more or less.
  case selectivity
  /// How much of T the class decides.
  case classShare
  /// How much each branch varies.
  case response
  /// How large each branch is beside its input.
  case relativeNorm
  /// Whether each branch points where its input does.
  case cosine
  /// How large the scale of each branch's last norm is.
  case branchScale
  /// How many steps cells remember.
  case memory
  /// What cells are made of.
  case cellParts
  /// How much each unit of a code says.
  case code
  /// At how many of the steps gates are nearly shut, and nearly open.
  case saturation

  package static func shown(by state: ExplorerState) -> [DepthPlot] {
    guard state.has(\.learnedGates) else {
      return [.change, .response, .relativeNorm, .cosine, .estimationError]
        + (state.hasMaps ? [.branchScale] : [])
    }
    var plots: [DepthPlot] = []
    if state.showsOutputs { plots.append(.change) }
    if state.followsDepth { plots += [.carryProduct, .pathLength] }
    if state.carriesAlongTime { plots += [.memory, .cellParts] }
    if state.model?.hasCode ?? false { plots.append(.code) }
    if state.hasSeveralGates, state.shownGate.isGate, !(state.model?.isRecording ?? true) {
      plots.append(.saturation)
    }
    if state.showsOutputs { plots.append(.estimationError) }
    if state.showsBiases {
      if state.has(\.weights) { plots.append(.biasDrift) }
      plots.append(.selectivity)
    }
    plots.append(.classShare)
    return plots
  }

  /// The quantity in words.
  package var title: String {
    switch self {
    case .change: "change, mean of |y − x|"
    case .carryProduct: "carry product, by stage"
    case .pathLength: "path length, probability"
    case .estimationError: "estimation error"
    case .memory: "memory in steps, −1/ln f"
    case .cellParts: "what cells are made of"
    case .code: "KL of the code by unit"
    case .saturation: "saturated gates"
    case .biasDrift: "gate-bias drift"
    case .selectivity: "selectivity over units"
    case .classShare: "class share η², mean"
    case .response: "response, std of F"
    case .relativeNorm: "‖F‖ / ‖x‖"
    case .cosine: "cos(F, x)"
    case .branchScale: "mean |γ| of the last norm"
    }
  }

  /// The quantity in a word or two, by which people ask for its plot.
  package var name: String {
    switch self {
    case .change: "change"
    case .carryProduct: "carry product"
    case .pathLength: "path length"
    case .estimationError: "estimation error"
    case .memory: "memory"
    case .cellParts: "cell parts"
    case .code: "code"
    case .saturation: "saturation"
    case .biasDrift: "bias drift"
    case .selectivity: "selectivity"
    case .classShare: "class share"
    case .response: "response"
    case .relativeNorm: "relative norm"
    case .cosine: "cosine"
    case .branchScale: "branch scale"
    }
  }

  /// What the quantity says, for the large plot.
  package var explanation: String {
    switch self {
    case .change:
      "How much a layer changes what it is given, over samples and units: 0 copies its input."
    case .carryProduct:
      "The product of mean C from the first layer of a stage on (a stage: layers of equal shape): how "
        + "much of the stage's input is still carried. Mean, least and most over the units."
    case .pathLength:
      "How many layers transform on a way through the network, where each does so with the probability "
        + "of its mean T: a Poisson-binomial law."
    case .estimationError:
      "y minus y of the stage's last layer, over samples and units: mean, and one standard deviation on "
        + "both sides. Layers that refine an estimate keep the mean at 0."
    case .memory:
      "How many steps a cell remembers: −1 / ln of the mean of f, least, mean and most over the units. Of a cell "
        + "that forgets half at each step it is 1.4."
    case .cellParts:
      "The shares of |f·c before|, kept along time, of |i·g|, new, and of |d·c below|, from the layer below, in what "
        + "cells are made of."
    case .code:
      "How far each unit of the code is from a standard normal one, mean over samples, in nats. A pale unit has nearly the "
        + "same mean for all of them and says nothing; where all do, the decoder goes without the code: posterior collapse."
    case .saturation:
      "The share of values of the gate below the low threshold, nearly shut, and above the high one, nearly open; "
        + "S goes to the next gate."
    case .biasDrift:
      "Each gate bias minus the bias it started from: mean, least and most over the units."
    case .selectivity:
      "The correlation of gate bias with mean T over a layer's units: below 0, the units with the "
        + "lowest bias are the most open ones."
    case .classShare:
      "The share of T's variance that lies between classes, mean over the units: 0 is the same for "
        + "every class, 1 means that the class alone decides."
    case .response:
      "The standard deviation of what a layer's branch F returns, over samples and units (He 2015, Fig. 7): "
        + "in the order of the layers, and sorted."
    case .relativeNorm:
      "How large F is beside the input x that it is added to. The derived gate ‖F‖ / (‖F‖ + ‖x‖) is no gate "
        + "of the network."
    case .cosine:
      "The angle between F and its input: 1 grows the input, −1 takes from it, 0 adds something new."
    case .branchScale:
      "The mean of |γ| of the norm that a branch ends with, which needs no samples: where it is 0, the branch "
        + "adds the same to every input."
    }
  }
}
