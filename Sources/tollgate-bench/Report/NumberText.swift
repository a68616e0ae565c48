import HighwayNetworks

/// A duration with a unit that suits it.
func duration(_ seconds: Double) -> String {
  if seconds >= 1 { return NumberFormat.fixed(seconds, 2) + " s" }
  if seconds >= 1e-3 { return NumberFormat.compact(seconds * 1e3) + " ms" }
  return NumberFormat.compact(seconds * 1e6) + " µs"
}
