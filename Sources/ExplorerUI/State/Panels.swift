/// One of the heatmaps of the overview, in the order of the paper's figure 2.
package enum OverviewPanel: Int, Hashable, Sendable, CaseIterable {
  /// The transform-gate biases.
  case gateBias
  /// The mean of T over the samples.
  case meanGate
  /// T of one sample.
  case sampleGate
  /// The block outputs of one sample.
  case sampleOutput
}

/// One of the heatmaps of the sample view.
package enum SamplePanel: Int, Hashable, Sendable, CaseIterable {
  /// T of the sample.
  case sample
  /// The mean of T over the samples.
  case mean
  /// T of the sample minus the mean.
  case difference
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
