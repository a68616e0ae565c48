import HighwayNetworks

extension ExplorerState {
  /// A heatmap of layers by units with what all of them have in common; the scale is made for its values.
  func gateHeatmap(
    _ title: String, _ content: Shown<HeatmapMatrix>, detail: String? = nil, meaning: String,
    isFocused: Bool,
    scale: (HeatmapMatrix?) -> ColorScale
  ) -> HeatmapPanel {
    HeatmapPanel(
      title: title, content: content, scale: scale(content.value), rowNumbers: rowNumbers,
      cursor: heatmapCursor, columnNumbers: columnNumbers, orderNote: orderNote, detail: detail,
      isFocused: isFocused && display.showsCursor, axes: (rowWord, unitWord), stages: stages,
      meaning: meaning)
  }

  /// The heatmap of the mean of T over the samples.
  func meanGateHeatmap(isFocused: Bool) -> HeatmapPanel {
    let content = statistics.map { heatmapMatrix($0.layers.lazy.map(\.meanT)) }
    return gateHeatmap(
      "mean \(gateLetter)" + heldNote, content, detail: constantGateWords ?? samplesInWords,
      meaning: constantGateWords ?? "mean \(gateLetter), \(gateMeaning)", isFocused: isFocused
    ) { matrix in
      display.fitsScale
        ? .clipping(0.002, of: matrix?.values ?? [], map: gateMap)
        : gateScale
    }
  }

  /// The colours of a gate over all values that it can take.
  var gateScale: ColorScale {
    ColorScale(gateMap, lower: gateRange.lowerBound, upper: gateRange.upperBound)
  }

  /// A heatmap's values by layer and unit, each unit at its position.
  func heatmapMatrix(_ rows: some Sequence<some Sequence<Float>>) -> HeatmapMatrix {
    HeatmapMatrix(rows: rows, columns: widestUnits, order: arrangement?.units)
  }
}
