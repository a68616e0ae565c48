import Libc

extension String {
  /// The text as it may stand in a message: at most 60 characters of it, with everything that a
  /// terminal would obey, reorder or hide written out.
  ///
  /// Names in files come from strangers.
  package var excerpt: String { excerpt(60) }

  /// A path as ``excerpt``, but never cut before its end, which says the most.
  ///
  /// No system opens a longer path than this shows.
  package var printablePath: String { excerpt(4_096) }

  /// The same with another limit.
  package func excerpt(_ limit: Int) -> String {
    var result = ""
    var count = 0
    for scalar in unicodeScalars {
      guard count < limit else { return result + "..." }
      count += 1
      if let byte = scalar.escapedByte {
        result += "\\x" + String(byte, radix: 16)
      } else if scalar.isPlain {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether a terminal shows this as it is, and does not obey it, reorder by it or hide it.
  package var isPlain: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}
