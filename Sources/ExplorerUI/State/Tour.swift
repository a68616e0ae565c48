/// The runs that the tour shows.
package struct TourModels: Hashable, Sendable {
  /// The name of the run that it goes through.
  package static let name = "mnist-highway-50"
  /// The names of the runs that it sets side by side: highway, residual and plain layers.
  package static let comparedNames = [
    "fashion-highway-50-b4", "fashion-residual-50", "fashion-plain-50",
  ]

  /// Where the run is that it goes through.
  package var path: String
  /// Where the runs are that it sets side by side.
  package var compared: [String]

  /// Names the runs by their paths.
  package init(path: String, compared: [String]) {
    self.path = path
    self.compared = compared
  }
}

/// How far someone has come on the tour, and what is put back when it ends.
package struct Tour: Sendable {
  /// What it shows.
  package let models: TourModels
  /// The index of the step.
  package internal(set) var step = 0
  /// How things were shown before.
  let display: ExplorerState.Display
  /// What was held and how units were ordered before, of the run of the tour; nil where another was open.
  let undoable: Undoable?
  /// The runs that were side by side before.
  let comparison: Comparison
}

extension ExplorerState {
  /// Whether the run of the tour is the one that is open.
  var showsTourModel: Bool {
    guard let tour, let model else { return false }
    return model.path == tour.models.path
  }

  /// Whether the keys of the tour are the tour's; training that runs is paused first.
  package var takesTourKeys: Bool {
    tour != nil && model != nil && !training.isActive
  }
}
