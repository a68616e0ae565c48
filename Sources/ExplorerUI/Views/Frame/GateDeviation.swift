import HighwayNetworks

/// How far T of the sample is from its mean, under the cursor.
struct GateDeviation {
  /// T of the sample minus the mean.
  let difference: Float
  /// The same in standard deviations over the samples; nil where T is the same in all of them.
  let sigmas: Float?

  var words: String {
    guard let sigmas else { return "as for every sample" }
    let size = NumberFormat.fixed(sigmas.magnitude, 1)
    return size == "0.0" ? "its mean" : "\(size) σ \(sigmas > 0 ? "above" : "below") its mean"
  }
}

extension ExplorerState {
  /// How far T of the sample is from its mean, under the cursor.
  var cursorDeviation: GateDeviation? {
    let (index, unit) = (selection.block, selection.unit)
    guard let layer = layerStatistics(index), unit < layer.units,
      let trace = sample.value?.trace, trace.layers.indices.contains(index),
      unit < trace.layers[index].units
    else { return nil }
    let difference = trace.layers[index].unitMeans(.transformGate)[unit] - layer.meanT[unit]
    let spread = layer.stdT[unit]
    let isSpread = layer.maxT[unit] > layer.minT[unit] && spread > 0
    return GateDeviation(difference: difference, sigmas: isSpread ? difference / spread : nil)
  }
}
