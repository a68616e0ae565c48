import HighwayNetworks

/// What a step of the tour looks at.
struct TourPlace: Sendable {
  /// The view that is open.
  let view: View
  /// The number of the layer under the cursor.
  var layer = 5
  /// The unit under the cursor.
  var unit = 43
  /// The class.
  var label = 0
  /// The number of the test sample.
  var sample = 7
  /// The recorded epoch; nil for the last one.
  var epoch: Int?
  /// The heatmap of the overview that the keys act on.
  var panel = OverviewPanel.sampleGate
}

extension ExplorerState {
  /// Looks at a place with nothing held and everything else as it is at first, but for the colours.
  mutating func go(to place: TourPlace) {
    display.view = place.view
    display.isZoomed = false
    display.panel = place.panel
    display.showsAllClasses = false
    display.cellScope = .all
    display.sampleFilter = .all
    display.thresholds = Thresholds()
    display.threeWayThresholds = Thresholds()
    clamps = GateClamps()
    arrangement = nil
    selection.split = model?.samples(.test) == 0 ? .train : .test
    select(block: gatedLayers.firstIndex(of: place.layer) ?? place.layer, unit: place.unit)
    selection.label = min(place.label, max(0, classCount - 1))
    selection.sample = min(place.sample, max(0, sampleCount - 1))
    let entry = timeline.entries.firstIndex { $0.id == place.epoch.map { .recorded($0) } }
    let last = timeline.entries.lastIndex { if case .recorded = $0.id { true } else { false } }
    timeline.move(to: entry ?? last ?? 0)
  }

  /// Whether the runs of the tour are the ones that stand side by side.
  var comparesTourRuns: Bool {
    tour.map { comparison.entries.map(\.path) == $0.models.compared } ?? false
  }

  /// The state as the step of the tour has it, wherever someone has gone meanwhile; nil where another run is
  /// open.
  var atTourPlace: ExplorerState? {
    guard showsTourModel, let step = tourStep else { return nil }
    var state = self
    state.go(to: step.place)
    return state
  }

  /// Whether what is shown is what the step of the tour speaks of.
  var isAtTourPlace: Bool {
    guard let place = atTourPlace else { return false }
    return display == place.display && selection == place.selection && undoable == place.undoable
      && timeline.cursor == place.timeline.cursor
      && (display.view.subject != .runs || comparesTourRuns)
  }

  /// The step of the tour.
  var tourStep: TourStep? {
    guard let index = tour?.step, TourStep.all.indices.contains(index) else { return nil }
    return TourStep.all[index]
  }
}
