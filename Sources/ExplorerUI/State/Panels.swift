/// A part of a view that Tab goes to.
package protocol ViewPanel: CaseIterable, Equatable, RawRepresentable<Int> {
  /// The parts that there are for the model that is open, in order; at least one.
  static func shown(by state: ExplorerState) -> [Self]
}

extension ViewPanel {
  package static func shown(by state: ExplorerState) -> [Self] { Array(allCases) }
}

extension ExplorerState {
  /// The part that the keys act on: the one that was chosen or, where there is none such, the first.
  func focus<Panel: ViewPanel>(_ path: KeyPath<ExplorerState, Panel>) -> Panel {
    let (all, chosen) = (Panel.shown(by: self), self[keyPath: path])
    return all.contains(chosen) ? chosen : all.first ?? chosen
  }
}

/// One of the heatmaps of the overview, in the order of the paper's figure 2; those of responses for networks
/// that learn no gate.
package enum OverviewPanel: Int, Hashable, Sendable, ViewPanel {
  /// The transform-gate biases.
  case gateBias
  /// The mean of T over the samples.
  case meanGate
  /// T of one sample.
  case sampleGate
  /// The block outputs of one sample.
  case sampleOutput
  /// How much the branches vary over the samples.
  case response
  /// What the branches return for one sample.
  case sampleBranch

  package static func shown(by state: ExplorerState) -> [OverviewPanel] {
    guard state.has(\.learnedGates) else { return [.response, .sampleBranch, .sampleOutput] }
    return (state.showsBiases ? [.gateBias] : []) + [.meanGate, .sampleGate]
      + (state.showsOutputs ? [.sampleOutput] : [])
  }
}

/// One of the heatmaps of the sample view.
package enum SamplePanel: Int, Hashable, Sendable, ViewPanel {
  /// T of the sample.
  case sample
  /// The mean of T over the samples.
  case mean
  /// T of the sample minus the mean.
  case difference
  /// Where in the image each layer of maps transforms.
  case places

  package static func shown(by state: ExplorerState) -> [SamplePanel] {
    (state.hasMaps ? [.places] : []) + heatmaps
  }

  /// Those of layers by units.
  static let heatmaps: [SamplePanel] = [.sample, .mean, .difference]
}

/// One of the parts of the training view that can be drawn alone.
package enum TrainingPanel: Int, Hashable, Sendable, ViewPanel {
  /// The loss by epoch.
  case loss
  /// The accuracy by epoch.
  case accuracy
  /// The mean of T over the samples.
  case meanGate

  package static func shown(by state: ExplorerState) -> [TrainingPanel] {
    state.has(\.learnedGates) ? allCases : [.loss, .accuracy]
  }
}

/// One of the curves of the lesion view.
package enum LesionPanel: Int, Hashable, Sendable, ViewPanel {
  /// The loss with each layer's T held at 0.
  case loss
  /// The error with each layer's T held at 0.
  case error
}

/// Over which samples cells are counted.
package enum CellScope: Hashable, Sendable, CaseIterable {
  /// All of them.
  case all
  /// Those of the class that is chosen.
  case oneClass
  /// The sample that is chosen.
  case sample

  /// The next one in turn.
  package var next: CellScope {
    switch self {
    case .all: .oneClass
    case .oneClass: .sample
    case .sample: .all
    }
  }
}
