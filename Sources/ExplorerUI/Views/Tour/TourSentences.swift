import HighwayNetworks

/// What the steps of the tour say. Each sentence is true of the run that comes with the program; a test walks
/// through them.
extension TourStep {
  static func network(_ state: ExplorerState) throws(TourGap) -> String {
    "This network reads digits: \(state.gatedLayers.count) highway layers of \(state.widestUnits) units. "
      + "Each unit has a gate T: where it is open (1), the unit computes a new value; where it is closed "
      + "(0), the unit hands on the value that it gets."
  }

  static func picture(_ state: ExplorerState) throws(TourGap) -> String {
    let (share, samples) = try state.accuracy()
    let record = try state.sample.current()
    let name = record.prediction.map(state.className) ?? "nothing"
    return
      "Sample \(state.selection.sample), at the left, is read as \(name); \(percent(share)) of "
      + "\(NumberFormat.count(samples)) test pictures are read correctly."
  }

  static func equation(_ state: ExplorerState) throws(TourGap) -> String {
    let cell = try TourCell(state)
    return
      "Unit \(state.selection.unit) of layer \(cell.layer), same picture: H = \(three(cell.blockState)) is "
      + "new, x = \(three(cell.input)) comes from the layer before. The gate is open, "
      + "T = \(three(cell.transformGate)), C = 1 − T: y = H·T + x·C = "
      + "\(three(cell.blockState))·\(three(cell.transformGate)) + "
      + "\(three(cell.input))·\(three(cell.carryGate)) = \(three(cell.output))."
  }

  static func nextLayer(_ state: ExplorerState) throws(TourGap) -> String {
    let next = try TourCell(state, further: 1)
    return
      "In layer \(next.layer) the gate is closed, T = \(three(next.transformGate)): "
      + "y = \(three(next.output)), nearly as before."
  }

  static func biases(_ state: ExplorerState) throws(TourGap) -> String {
    "Each row is a layer, each column a unit; the colour is the bias of its gate (Fig. 2 of the highway "
      + "paper). All began at \(NumberFormat.fixed(try state.startBias(), 0)), nearly closed; "
      + "\(percent(try state.lowerBiases())) are lower now: training closed the gates further, and each "
      + "opens only when its input asks for it."
  }

  static func meanGates(_ state: ExplorerState) throws(TourGap) -> String {
    let (first, others) = try state.meanGates()
    let samples = NumberFormat.count(try state.accuracy().samples)
    return
      "T averaged over \(samples) test pictures: \(three(first)) in the first ten layers, "
      + "\(three(others)) in the others."
  }

  static func earlyWork(_ state: ExplorerState) throws(TourGap) -> String {
    "Every layer could work equally hard, but training gave the large changes to the first ones; the "
      + "later ones mostly hand on what they get."
  }

  static func openGates(_ state: ExplorerState) throws(TourGap) -> String {
    let (all, first) = try state.openGates()
    return "T for sample \(state.selection.sample) alone: \(NumberFormat.count(all)) of "
      + "\(NumberFormat.count(state.gateCount)) gates are open (T above 0.5), "
      + "\(NumberFormat.count(first)) of them in the first ten layers."
  }

  static func otherPictures(_ state: ExplorerState) throws(TourGap) -> String {
    "The mean hides this. Another picture opens other gates: the key . shows the next one, Enter "
      + "comes back."
  }

  static func stripes(_ state: ExplorerState) throws(TourGap) -> String {
    let (first, others) = try state.outputChanges()
    return
      "The block outputs y. A vertical stripe is a unit that keeps its value: from layer to layer "
      + "y changes by \(two(first)) on average up to layer 10 and by \(two(others)) after it."
  }

  static func deepSignals(_ state: ExplorerState) throws(TourGap) -> String {
    "Values, and the gradients of training, pass many layers almost unchanged: so a network this deep "
      + "can be trained."
  }

  static func zeros(_ state: ExplorerState) throws(TourGap) -> String {
    "Mean T over the zeros minus mean T over all digits: red gates are more open for a zero, blue ones "
      + "less."
  }

  static func zeroUnit(_ state: ExplorerState) throws(TourGap) -> String {
    "Unit \(state.selection.unit) of layer \(state.cursorLayer), under the cursor: mean T is "
      + "\(two(try state.meanGate(class: 0))) for zeros and \(two(try state.meanGate())) for all "
      + "digits. It opens for zeros."
  }

  static func sevens(_ state: ExplorerState) throws(TourGap) -> String {
    "The same for sevens: other gates are red. The unit under the cursor has a mean T of "
      + "\(two(try state.meanGate(class: 7))) for sevens, \(two(try state.meanGate(class: 0))) for "
      + "zeros."
  }

  static func differences(_ state: ExplorerState) throws(TourGap) -> String {
    "\(NumberFormat.count(try state.differingGates(0, 7))) of "
      + "\(NumberFormat.count(state.gateCount)) gates differ by more than 0.1 between the two: the way "
      + "through the network depends on the picture."
  }

  static func cells(_ state: ExplorerState) throws(TourGap) -> String {
    let (low, high) = (state.display.thresholds.low, state.display.thresholds.high)
    return
      "A cell is one unit of one layer, for one picture. With T below \(two(low)) it is carried: "
      + "it keeps its value. With T above \(two(high)) it is transformed: it gets a new one."
  }

  static func shares(_ state: ExplorerState) throws(TourGap) -> String {
    let cells = try state.cellShares()
    func share(_ count: Double) -> String { percent(count / max(1, cells.total)) }
    return "\(share(cells.carried)) are carried, \(share(cells.mixed)) mixed and "
      + "\(share(cells.transformed)) transformed: most layers change a little and replace nothing."
  }

  static func lesions(_ state: ExplorerState) throws(TourGap) -> String {
    "The curves show what happens when one layer after the other is held at T = 0, so that it only "
      + "copies its input."
  }

  static func neededLayer(_ state: ExplorerState) throws(TourGap) -> String {
    let lesions = try TourLesions(state)
    return "Without layer \(state.cursorLayer), \(NumberFormat.count(lesions.lesioned)) of "
      + "\(NumberFormat.count(lesions.samples)) test pictures are read wrongly instead of "
      + "\(NumberFormat.count(lesions.intact))."
  }

  static func needlessLayer(_ state: ExplorerState) throws(TourGap) -> String {
    let lesions = try TourLesions(state)
    let wrong = NumberFormat.count(lesions.lesioned)
    let intact = NumberFormat.count(lesions.intact)
    return lesions.lesioned == lesions.intact
      ? "Without layer \(state.cursorLayer), \(wrong) are read wrongly, as many as with it."
      : "Without layer \(state.cursorLayer), \(wrong) are read wrongly instead of \(intact)."
  }

  static func harmlessLayers(_ state: ExplorerState) throws(TourGap) -> String {
    let lesions = try TourLesions(state)
    return
      "Each of \(lesions.harmless) of the \(state.gatedLayers.count) layers, taken out alone, changes the "
      + "error by at most half a point: where values are carried on, a single layer can be missed."
  }

  static func untrained(_ state: ExplorerState) throws(TourGap) -> String {
    let (least, most) = try state.meanGateRange()
    return
      "Mean T again, at epoch 0: that of every gate lies between \(two(least)) and \(two(most)). "
      + "Nothing has been learned yet:"
  }

  static func guessing(_ state: ExplorerState) throws(TourGap) -> String {
    let guess = 1 / Double(max(1, state.classCount))
    return
      "\(percent(try state.accuracy().share)) of the test pictures are read correctly, and "
      + "guessing gives \(percent(guess))."
  }

  static func formed(_ state: ExplorerState) throws(TourGap) -> String {
    let (least, most) = try state.meanGateRange()
    let epochs = state.timeline.current?.id.number ?? 0
    return
      "After \(epochs) epochs (times through the training pictures) the range is \(two(least)) to "
      + "\(two(most)) and \(percent(try state.accuracy().share)) are read correctly: gates have begun "
      + "to differ."
  }

  static func epochs(_ state: ExplorerState) throws(TourGap) -> String {
    "The keys < and > go through the recorded epochs; watch the picture change."
  }

  static func networks(_ state: ExplorerState) throws(TourGap) -> String {
    let runs = try TourRun.all(state)
    guard let epoch = runs.first?.epoch, let depth = runs.first?.depth,
      runs.allSatisfy({ $0.epoch == epoch && $0.depth == depth })
    else { throw .unavailable("the networks are not alike") }
    let results = runs.map { "\($0.name) \(percent($0.accuracy))" }.joined(separator: ", ")
    return
      "Three networks of \(depth) layers, after \(epoch) epochs on pictures of clothes. Correct: "
      + "\(results)."
  }

  static func residual(_ state: ExplorerState) throws(TourGap) -> String {
    "A residual layer is y = H + x: both gates stand open (T = C = 1), and there is nothing to choose. In "
      + "a highway layer the network decides itself, and you can look at it."
  }

  static func views(_ state: ExplorerState) throws(TourGap) -> String {
    "1 to 8 open the views (8 follows the values through the depth), arrows move the cursor, ? lists all "
      + "keys, : takes commands, M lists the other models."
  }

  static func own(_ state: ExplorerState) throws(TourGap) -> String {
    "N trains a network of your own: watch its gates form. Enter or Esc ends the tour; T begins it again."
  }

  private static func two(_ value: some BinaryFloatingPoint) -> String {
    NumberFormat.fixed(value, 2)
  }
  private static func three(_ value: some BinaryFloatingPoint) -> String {
    NumberFormat.fixed(value, 3)
  }
  private static func percent(_ share: Double) -> String { NumberFormat.percent(share) }
}
