/// One of the pictures of the network; the number is its key.
package enum View: Int, Hashable, Sendable, CaseIterable {
  /// Gate biases, mean T, T and y of one sample (figure 2).
  case overview = 1
  /// How T differs from class to class (figure 3).
  case classes = 2
  /// Carried, mixed and transformed cells of each layer.
  case cells = 3
  /// One sample: its input, its classes, and its gates beside the mean.
  case sample = 4
  /// What breaks when a layer's gates are held shut (figure 4), and what is held.
  case lesion = 5
  /// Loss and accuracy by epoch.
  case training = 6
  /// Several runs side by side.
  case compare = 7
  /// What happens along the depth of the network.
  case depth = 8

  /// The views in which Enter shows the unit under the cursor.
  package static let withUnits: Set<View> = [.overview, .classes, .cells, .sample]

  /// The title of the tab.
  package var title: String {
    switch self {
    case .overview: "Overview"
    case .classes: "Classes"
    case .cells: "Cells"
    case .sample: "Sample"
    case .lesion: "Lesion"
    case .training: "Training"
    case .compare: "Compare"
    case .depth: "Depth"
    }
  }
}

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
