import Foundation

/// A number with a fixed number of decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
  String(format: "%.\(decimals)f", value)
}

/// A positive number with at least three digits that count.
func significant(_ value: Double) -> String {
  if value >= 100 { return fixed(value, 0) }
  if value >= 10 { return fixed(value, 1) }
  return value >= 1 ? fixed(value, 2) : String(format: "%.3g", value)
}

/// A duration with a unit that suits it.
func duration(_ seconds: Double) -> String {
  if seconds >= 1 { return fixed(seconds, 2) + " s" }
  if seconds >= 1e-3 { return significant(seconds * 1e3) + " ms" }
  return significant(seconds * 1e6) + " µs"
}

/// A whole number with its thousands apart, such as `60,000`.
func grouped(_ value: Int) -> String {
  var digits = String(value)
  var end = digits.count - 3
  while end > 0 {
    digits.insert(",", at: digits.index(digits.startIndex, offsetBy: end))
    end -= 3
  }
  return digits
}
