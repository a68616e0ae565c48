import HighwayNetworks

extension ExplorerState {
  /// Begins the tour at its first step, once its run is open.
  mutating func beginTour(_ models: TourModels) -> [Effect] {
    let isOpen = model?.path == models.path
    tour = Tour(
      models: models, display: tour?.display ?? display,
      undoable: isOpen ? tour?.undoable ?? undoable : nil,
      comparison: tour?.comparison ?? comparison)
    knowsTour = true
    offersTour = false
    // What is typed or asked meanwhile comes first.
    if mode == .models, isOpen { mode = .normal }
    return enterTourStep()
  }

  /// Goes on where the run of the tour has been opened; while another one is open the tour waits for a key.
  mutating func resumeTour() -> [Effect] { showsTourModel ? enterTourStep() : [] }

  /// Goes back to the step where someone has left its place, else to the next one; the last one ends the tour.
  mutating func nextTourStep() -> [Effect] {
    guard let tour else { return [] }
    guard isAtTourPlace else { return enterTourStep() }
    guard tour.step + 1 < TourStep.all.count else {
      leaveTour()
      return []
    }
    self.tour?.step += 1
    return enterTourStep()
  }

  mutating func previousTourStep() -> [Effect] {
    guard let tour, tour.step > 0 else { return [] }
    self.tour?.step -= 1
    return enterTourStep()
  }

  /// Goes to the place of the step; opens the run of the tour where another one is open.
  private mutating func enterTourStep() -> [Effect] {
    guard let tour else { return [] }
    guard showsTourModel else { return open(path: tour.models.path) }
    let place = TourStep.all[tour.step].place
    go(to: place)
    guard place.view.subject == .runs, !comparesTourRuns else { return [] }
    return setRuns(tour.models.compared, left: 0)
  }

  /// Ends the tour and stays where it is.
  mutating func leaveTour() {
    guard tour != nil else { return }
    putBackFromTour()
    tour = nil
    message = Message(.notice, "the tour is over; T begins it again")
  }

  /// Puts back what the tour has set and nobody has changed since.
  private mutating func putBackFromTour() {
    guard let tour else { return }
    if display.thresholds == Thresholds() { display.thresholds = tour.display.thresholds }
    if display.threeWayThresholds == Thresholds() {
      display.threeWayThresholds = tour.display.threeWayThresholds
    }
    if display.sampleFilter == .all { display.sampleFilter = tour.display.sampleFilter }
    if let before = tour.undoable, model?.path == tour.models.path {
      if clamps.isEmpty { clamps = before.clamps }
      if arrangement == nil { arrangement = before.arrangement }
    }
    if comparesTourRuns { comparison = tour.comparison }
  }

  /// How things are shown, as far as it is worth remembering; the tour's view is not.
  package var preferences: Preferences {
    var state = self
    state.putBackFromTour()
    state.display.view = tour?.display.view ?? display.view
    return Preferences(state.display, knowsTour: knowsTour)
  }
}
