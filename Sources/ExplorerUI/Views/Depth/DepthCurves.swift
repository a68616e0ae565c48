import HighwayNetworks

/// What one plot of the depth view shows.
struct DepthCurves {
  var series: [LinePlot.Series] = []
  var isLogarithmic = false
  var yRange: ClosedRange<Double>?
  /// Where a vertical line marks the place at hand.
  var marker: Double?
  /// Where stages meet.
  var rules: [Double] = []
  /// What x is.
  var xTitle = "layer"
  /// The value at the cursor's layer, short.
  var value = ""
  /// The value at the cursor's layer, in words.
  var words = ""

  /// Whether there is nothing to plot.
  var isEmpty: Bool { !series.contains { $0.points.contains { $0.y.isFinite } } }

  /// Takes the curves of a plot; nil where what they are made of is not there.
  init?(_ plot: DepthPlot, _ state: ExplorerState, _ theme: Theme) {
    let numbers = state.rowNumbers
    let index = state.selection.block
    guard numbers.indices.contains(index) else { return nil }
    xTitle = state.rowWord
    marker = state.layerMarker
    let stages = state.stages
    rules = stages.dropFirst().map { stage in
      Double(numbers[stage.lowerBound - 1] + numbers[stage.lowerBound]) / 2
    }
    let first = Set(stages.dropFirst().map(\.lowerBound))
    func curve(_ name: String, _ style: Int, _ values: [Double], isParted: Bool = true) {
      let points = zip(numbers, values).enumerated().flatMap { index, point in
        let own = (x: Double(point.0), y: point.1)
        // What is carried cannot be followed from one stage to the next.
        return isParted && first.contains(index) ? [(x: own.x, y: .nan), own] : [own]
      }
      series.append(LinePlot.Series(name, points: points, style: theme.series(style)))
    }
    func spread(_ rows: [[Double]], digits: Int) {
      let mean = rows.map { $0.reduce(0, +) / Double(max(1, $0.count)) }
      curve("least", 1, rows.map { $0.min() ?? .nan })
      curve("most", 3, rows.map { $0.max() ?? .nan })
      curve("mean", 0, rows.map { $0.isEmpty ? .nan : $0.reduce(0, +) / Double($0.count) })
      guard let low = rows[index].min(), let high = rows[index].max() else { return }
      func text(_ value: Double) -> String {
        plot == .biasDrift ? NumberFormat.signed(value, digits) : NumberFormat.compact(value)
      }
      value = "\(text(mean[index])), \(text(low)) to \(text(high))"
    }
    if plot == .biasDrift {
      // The biases are in the checkpoint; no samples are needed.
      guard let biases = state.gateBiases.value, biases.count == numbers.count else { return nil }
      let drifts = biases.enumerated().map { index, biases -> [Double] in
        (biases ?? []).enumerated().compactMap { unit, bias in
          state.initialGateBias(block: index, unit: unit).map { Double(bias - $0) }
        }
      }
      guard drifts.contains(where: { !$0.isEmpty }) else { return }
      spread(drifts, digits: 2)
      words = "training moved its gate biases by \(value)"
      return
    }
    guard let statistics = state.statistics.value, statistics.layers.count == numbers.count
    else { return nil }
    let layers = statistics.layers
    switch plot {
    case .biasDrift: break
    case .change:
      curve("change", 0, layers.map(\.change))
      let change = layers[index].change
      value = change.isFinite ? NumberFormat.compact(change) : "none"
      words =
        change.isFinite || state.keepsExtents(at: index)
        ? "changes its input by \(value) on average"
        : state.block(at: index)?.microStep == nil
          ? "its output has other extents than its input, so no change is defined"
          : "it is given the state of the step before and the input, so no change is defined"
    case .carryProduct:
      spread(statistics.carryProducts, digits: 3)
      yRange = 0...max(1, statistics.carryProducts.joined().filter(\.isFinite).max() ?? 1)
      words = "a unit still carries \(value) of the stage's input"
    case .memory:
      let rows = layers.map { $0.memory ?? [] }
      spread(rows, digits: 1)
      words = "its cells remember \(value) steps"
    case .cellParts:
      let shares = layers.map { $0.cellParts?.shares }
      curve("kept f·c", 0, shares.map { $0?.kept ?? .nan })
      curve("new i·g", 1, shares.map { $0?.new ?? .nan })
      if shares.contains(where: { $0?.below ?? 0 > 0 }) {
        curve("below d·c", 3, shares.map { $0?.below ?? .nan })
      }
      yRange = 0...1
      if let own = shares[index] {
        value = [own.kept, own.new, own.below].map { NumberFormat.percent($0, 0) }
          .joined(separator: ", ")
        words =
          "its cells are \(NumberFormat.percent(own.kept)) kept, \(NumberFormat.percent(own.new)) new"
          + (own.below > 0 ? ", \(NumberFormat.percent(own.below)) from the layer below" : "")
      }
    case .code:
      guard let codes = statistics.codes else { return nil }
      series = [
        LinePlot.Series(
          "KL", points: codes.divergence.enumerated().map { (Double($0.offset), $0.element) },
          style: theme.series(0))
      ]
      (marker, rules) = (nil, [])
      xTitle = "unit"
      value = codes.words
      words = codes.words
    case .saturation:
      func share(_ count: (CellShares) -> Double) -> [Double] {
        layers.map { layer in
          let cells = CellShares(layer.cells)
          return count(cells) / max(1, cells.total)
        }
      }
      let (low, high) = (share(\.carried), share(\.transformed))
      curve("nearly shut", 0, low)
      curve("nearly open", 1, high)
      yRange = 0...1
      value = "\(NumberFormat.percent(low[index], 0)), \(NumberFormat.percent(high[index], 0))"
      words =
        "\(state.gateLetter) is nearly shut at \(NumberFormat.percent(low[index])) and nearly open at "
        + "\(NumberFormat.percent(high[index])) of the steps and units"
    case .pathLength:
      let own = stages.first { $0.contains(index) } ?? layers.indices
      series = (stages.isEmpty ? [own] : stages).enumerated().map { place, stage in
        let law = statistics.pathLengths(of: stage)
        return LinePlot.Series(
          stages.isEmpty ? "probability" : state.layerWords(stage),
          points: law.enumerated().map { (Double($0.offset), $0.element) },
          style: theme.series(place))
      }
      let mean = statistics.meanPathLength(of: own)
      (marker, rules) = (mean, [])
      xTitle = "path length"
      value = "mean \(NumberFormat.fixed(mean, 2)) of \(own.count)"
      words =
        "a way through the \(stages.isEmpty ? "network" : "stage") transforms in "
        + "\(NumberFormat.fixed(mean, 2)) of \(own.count) layers on average"
    case .estimationError:
      let means = layers.map(\.estimationErrorMean)
      let deviations = layers.map(\.estimationErrorStd)
      curve("− σ", 1, zip(means, deviations).map { $0 - $1 })
      curve("+ σ", 1, zip(means, deviations).map { $0 + $1 })
      curve("mean", 0, means)
      value =
        "\(NumberFormat.signed(means[index], 3)) ± \(NumberFormat.fixed(deviations[index], 3))"
      words = "its y is that of the stage's last layer plus \(value) (mean ± σ)"
    case .selectivity:
      let units = statistics.selectivityOverUnits
      curve("over units", 0, units.map { $0 ?? .nan })
      yRange = -1...1
      let over = statistics.selectivityOverLayers.map { NumberFormat.signed($0, 2) } ?? "none"
      let own = units[index].map { NumberFormat.signed($0, 2) } ?? "none"
      value = "\(own), over layers \(over)"
      words = "its gate biases and mean \(state.gateLetter) correlate over units with \(value)"
    case .classShare:
      let means = layers.map { layer in
        layer.classShare.reduce(0) { $0 + Double($1) } / Double(max(1, layer.units))
      }
      curve("mean", 0, means)
      yRange = 0...1
      value = NumberFormat.fixed(means[index], 3)
      words =
        "the class decides \(NumberFormat.percent(means[index])) of \(state.gateLetter)'s variance on average"
    case .response:
      let responses = layers.map { $0.response?.overall ?? .nan }
      curve("sorted", 1, responses.sorted(by: >), isParted: false)
      curve("by layer", 0, responses)
      value = NumberFormat.compact(responses[index])
      words = "its branch varies by \(value) (standard deviation over samples and units)"
    case .relativeNorm:
      let norms = layers.map { $0.response?.relativeNorm ?? .nan }
      curve("‖F‖ / ‖x‖", 0, norms)
      value = NumberFormat.compact(norms[index])
      let derived = NumberFormat.fixed(norms[index] / (1 + norms[index]), 3)
      words = "its branch is \(value) times as large as its input; derived gate \(derived)"
    case .branchScale:
      let scales = layers.map { $0.response?.scale ?? .nan }
      curve("mean |γ|", 0, scales)
      value = scales[index].isFinite ? NumberFormat.compact(scales[index]) : "none"
      words =
        "the last norm of its branch has a mean |γ| of \(value); 0 would add the same everywhere"
    case .cosine:
      let cosines = layers.map { $0.response?.cosine ?? .nan }
      curve("cos(F, x)", 0, cosines)
      yRange = -1...1
      value = NumberFormat.signed(cosines[index], 3)
      words = "the cosine of its branch and its input is \(value)"
    }
  }

  /// The curves as a plot.
  var plot: LinePlot {
    LinePlot(
      series, isLogarithmic: isLogarithmic, yRange: yRange, marker: marker, rules: rules,
      xTitle: xTitle)
  }
}
