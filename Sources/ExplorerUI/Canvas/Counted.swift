import HighwayNetworks

/// A number with its noun, such as `1 epoch` and `3 epochs`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(NumberFormat.count(count)) \(noun)\(count == 1 ? "" : "s")"
}
