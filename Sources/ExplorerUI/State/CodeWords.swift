package import HighwayNetworks

/// What a code comes to in words.
extension CodeStatistics {
  /// How far codes are from a standard normal one, and how many units say something of the samples; a collapse by its
  /// name.
  package var words: String { Self.words(kl: kl, active: activeUnits, of: divergence.count) }

  /// The same from numbers alone.
  static func words(kl: Double, active: Int, of units: Int? = nil) -> String {
    let nats = "KL \(NumberFormat.fixed(kl, 2)) nats"
    if isCollapsed(kl: kl) {
      return "posterior collapse: \(nats), "
        + (active == 0 ? "no active unit" : counted(active, "active unit"))
    }
    return units.map { "\(nats), \(active) of \($0) units active" }
      ?? "\(nats), \(active == 0 ? "no active unit" : counted(active, "active unit"))"
  }
}

extension CodeMetrics {
  /// The same of what was recorded after an epoch, with the weight that the divergence had.
  var words: String {
    CodeStatistics.words(kl: kl, active: activeUnits)
      + (klWeight < 0.9995 ? ", weight \(NumberFormat.fixed(klWeight, 3))" : "")
  }
}
