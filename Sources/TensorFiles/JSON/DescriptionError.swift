/// A way in which a description in JSON (an architecture, run.json, a line of metrics.jsonl) is wrong.
///
/// Paths are written like `layers[3].units`, with the position in the JSON list.
public enum DescriptionError: Error, Hashable, Sendable {
  /// The text is not JSON.
  case syntax(JSONError)
  /// A member that must be there is not.
  case missing(path: String)
  /// A member that nothing is known about, where ignoring it could mean something else.
  case unknown(path: String, expected: String)
  /// A value is not what it must be.
  case invalid(path: String, expected: String, found: String)
}

extension DescriptionError: CustomStringConvertible {
  /// What is wrong, where, what was expected and what was found.
  public var description: String {
    switch self {
    case .syntax(let error): "not JSON: \(error)"
    case .missing(let path): "\(path.excerpt) is missing"
    case .unknown(let path, let expected):
      "\(path.excerpt) is not known; expected only \(expected)"
    case .invalid(let path, let expected, let found):
      "\(path.isEmpty ? "the value" : path.excerpt): expected \(expected), found \(found)"
    }
  }
}
