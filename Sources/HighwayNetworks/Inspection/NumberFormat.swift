/// Writes numbers for people, without regard to any locale.
package enum NumberFormat {
  private static let powersOfTen: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6]

  /// A number with a fixed number of digits after the point, such as `-0.42`.
  ///
  /// Numbers too large to be exact in this form are written with an exponent. Digits above 6 count as 6.
  package static func fixed(_ value: some BinaryFloatingPoint, _ digits: Int) -> String {
    let value = Double(value)
    let digits = min(max(0, digits), powersOfTen.count - 1)
    guard value.isFinite else { return nonFinite(value) }
    guard value.magnitude < 1e12 else { return engineering(value) }
    let whole = Int64(nearest(value.magnitude, times: powersOfTen[digits]))
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard digits > 0 else { return sign + String(whole) }
    let unit = Int64(powersOfTen[digits])
    let fraction = String(whole % unit)
    return sign + String(whole / unit) + "."
      + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  /// The whole number nearest to a product, as if it had not been rounded before.
  private static func nearest(_ value: Double, times scale: Double) -> Double {
    let product = value * scale
    let rest = (-product).addingProduct(value, scale)
    let isHalf = product - product.rounded(.down) == 0.5
    if isHalf && rest != 0 { return product.rounded(rest > 0 ? .up : .down) }
    return product.rounded(.toNearestOrEven)
  }

  /// A number with its sign, such as `+0.02`.
  package static func signed(_ value: some BinaryFloatingPoint, _ digits: Int) -> String {
    let text = fixed(value, digits)
    return value.isFinite && value > 0 && !text.hasPrefix("+") ? "+" + text : text
  }

  /// A number in three significant digits: with a fixed point where it is of ordinary size, with an
  /// exponent that is a multiple of three where it is tiny or huge, such as `12.0e-6`.
  package static func compact(_ value: some BinaryFloatingPoint) -> String {
    let value = Double(value)
    guard value.isFinite else { return nonFinite(value) }
    switch value.magnitude {
    case 0: return "0"
    case 0.1..<1: return fixed(value, 3)
    case 0.001..<0.1: return fixed(value, 4)
    case 1..<10: return fixed(value, 2)
    case 10..<100: return fixed(value, 1)
    case 100..<1e6: return fixed(value, 0)
    default: return engineering(value)
    }
  }

  /// A loss in four digits after the point, or more where it is so small that they would say little.
  package static func loss(_ value: Double) -> String {
    switch value.magnitude {
    case 1e-5..<1e-3: fixed(value, 6)
    case 0..<1e-5 where value != 0: compact(value)
    default: fixed(value, 4)
    }
  }

  /// A fraction as a percentage, such as `97.31 %`.
  package static func percent(_ fraction: some BinaryFloatingPoint, _ digits: Int = 1) -> String {
    let value = Double(fraction)
    guard value.isFinite else { return nonFinite(value) }
    return fixed(value * 100, digits) + " %"
  }

  /// A number to at most four digits after the point, without zeros at its end.
  static func rounded(_ value: Double) -> String {
    value.isFinite && value.magnitude < 1e12
      ? "\((value * 1e4).rounded() / 1e4)" : "\(value)"
  }

  /// A count with a comma after each three digits, such as `10,000`.
  package static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// A duration in its two largest units, such as `1 h 02 m`, `3 m 20 s` or `8.5 s`.
  package static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "unknown" }
    if seconds < 9.95 { return fixed(seconds, 1) + " s" }
    let whole = Int(seconds.rounded())
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) m \(two(whole % 60)) s" }
    if whole < 86_400 { return "\(whole / 3600) h \(two(whole % 3600 / 60)) m" }
    return "\(whole / 86_400) d \(two(whole % 86_400 / 3600)) h"
  }

  private static func engineering(_ value: Double) -> String {
    var mantissa = value
    var exponent = 0
    while mantissa.magnitude >= 999.5, exponent < 400 {
      mantissa /= 1000
      exponent += 3
    }
    while mantissa.magnitude < 0.9995, mantissa != 0, exponent > -400 {
      mantissa *= 1000
      exponent -= 3
    }
    let digits = mantissa.magnitude < 9.995 ? 2 : mantissa.magnitude < 99.95 ? 1 : 0
    let text = fixed(mantissa, digits)
    return exponent == 0 ? text : text + "e\(exponent)"
  }

  private static func nonFinite(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf"
  }
}
