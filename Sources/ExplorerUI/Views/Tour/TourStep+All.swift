extension TourStep {
  /// The steps in order.
  static let all: [TourStep] = [
    // One network, one unit.
    TourStep(
      "A network that reads digits", TourPlace(view: SampleView.view), network, picture),
    TourStep("One unit: y = H·T + x·C", TourPlace(view: OverviewView.view), equation, nextLayer),
    // Figure 2.
    TourStep("Gate biases", TourPlace(view: OverviewView.view, panel: .gateBias), biases),
    TourStep(
      "Mean T", TourPlace(view: OverviewView.view, panel: .meanGate), meanGates, earlyWork),
    TourStep(
      "One picture opens few gates", TourPlace(view: OverviewView.view), openGates, otherPictures),
    TourStep(
      "Stripes: values kept", TourPlace(view: OverviewView.view, panel: .sampleOutput),
      stripes, deepSignals),
    // Figure 3.
    TourStep("Fig. 3: gates of class 0", TourPlace(view: ClassesView.view), zeros, zeroUnit),
    TourStep(
      "Fig. 3: gates of class 7", TourPlace(view: ClassesView.view, label: 7), sevens, differences),
    // Cells and lesions.
    TourStep("Carried, mixed, transformed", TourPlace(view: CellsView.view), cells, shares),
    TourStep(
      "A layer that is needed", TourPlace(view: LesionView.view, layer: 1, unit: 0),
      lesions, neededLayer),
    TourStep(
      "A layer that is not", TourPlace(view: LesionView.view, layer: 26, unit: 0),
      needlessLayer, harmlessLayers),
    // Training.
    TourStep(
      "Before training", TourPlace(view: OverviewView.view, epoch: 0, panel: .meanGate),
      untrained, guessing),
    TourStep(
      "The gates form", TourPlace(view: OverviewView.view, epoch: 5, panel: .meanGate),
      formed, epochs),
    // Other networks.
    TourStep(
      "A residual network beside", TourPlace(view: CompareView.view), networks, residual),
    TourStep("Where to go on", TourPlace(view: OverviewView.view), views, own),
  ]
}
