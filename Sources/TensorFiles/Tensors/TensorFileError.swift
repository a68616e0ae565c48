/// A way in which a file is not what its reader needs, whatever its format.
public enum TensorFileError: FormatError {
  /// The file is of none of the formats that are read.
  case notRecognized(expected: String, found: [UInt8])
  /// The file is of a known format that is not read.
  case notRead(format: String, advice: String)
  /// The elements of a tensor are not read as numbers.
  case notNumbers(tensor: String, type: String)

  /// What is wrong, what was expected and what was found.
  public var description: String {
    switch self {
    case .notRecognized(let expected, let found):
      "expected \(expected), found "
        + (found.isEmpty ? "an empty file" : "a file that starts with bytes \(Self.text(found))")
    case .notRead(let format, let advice): "\(format), which is not read; \(advice)"
    case .notNumbers(let tensor, let type):
      "tensor \"\(tensor.excerpt)\": expected numbers, found \(type.excerpt)"
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    bytes.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}
