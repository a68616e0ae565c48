/// Why what someone typed names nothing that is there.
package enum LookupError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing was typed where something is needed.
  case missing(expected: String)
  /// More was typed than is needed.
  case tooMany(found: String, expected: String)
  /// It is not of the form that is expected.
  case malformed(what: String, found: String, expected: String)
  /// There is no such number; those that there are run from `first` to `last`.
  case outside(what: String, found: String, first: Int, last: Int)
  /// There is no such name.
  case unknown(what: String, found: String, expected: String)
  /// It cannot be done at the moment.
  case unavailable(reason: String)

  package var description: String {
    switch self {
    case .missing(let expected): "expected \(expected)"
    case .tooMany(let found, let expected): "expected \(expected) and no more, found \(found)"
    case .malformed(let what, let found, let expected):
      "\(what): expected \(expected), found \(found)"
    case .outside(let what, let found, let first, let last):
      last < first
        ? "no \(what) \(found); there are none"
        : "no \(what) \(found); they run from \(first) to \(last)"
    case .unknown(let what, let found, let expected):
      "no \(what) \(found); expected \(expected)"
    case .unavailable(let reason): reason
    }
  }
}
