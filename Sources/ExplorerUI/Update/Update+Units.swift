import HighwayNetworks

extension ExplorerState {
  mutating func receive(_ histogram: UnitHistogram, for request: UnitRequest) {
    let fits =
      histogram.counts.count == classCount && histogram.means.count == classCount
      && histogram.samplesByClass.count == classCount
    if fits {
      results.unitHistograms.store(histogram, to: request)
    } else {
      results.unitHistograms.fail(request, "the histograms do not fit this network")
    }
  }

  /// Opens a view; what was opened in another is closed.
  mutating func show(_ view: View) {
    display.view = view
    display.isZoomed = false
  }

  /// Goes back from what Enter opened, or to the list of models.
  mutating func back() -> [Effect] {
    guard display.isZoomed else { return listModels() }
    display.isZoomed = false
    return []
  }
}
