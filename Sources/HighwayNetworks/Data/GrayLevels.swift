/// Values as gray levels from black, the least of the finite ones, to white, the greatest.
///
/// What is not finite is in the middle, and so are all where they are the same or too far apart.
func grayLevels(_ values: some Collection<Float>) -> [UInt8] {
  let finite = values.lazy.filter(\.isFinite)
  let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 0)
  let spread = greatest - least
  guard spread > 0, spread.isFinite else { return [UInt8](repeating: 128, count: values.count) }
  return values.map { $0.isFinite ? UInt8((($0 - least) / spread * 255).rounded()) : 128 }
}
