public import TensorFiles

/// A way in which a checkpoint, or a training state, cannot be read.
public enum CheckpointError: Error, Hashable, Sendable {
  /// The file cannot be read.
  case file(FileError)
  /// What is in the file is damaged, or not of its format.
  case content(ReadError)
  /// The file does not say what network it holds, and what other programs write is not found in it.
  case convention(path: String, ConventionError)
  /// The metadata of a key is wrong.
  case metadata(path: String, key: String, DescriptionError)
  /// Tensors that the architecture needs are not there.
  case missingTensors(path: String, names: [String])
  /// A tensor has another shape than the architecture gives it.
  case wrongShape(path: String, tensor: String, expected: [Int], found: [Int])
  /// A tensor's elements have a type that cannot be read as what the tensor holds.
  case wrongType(path: String, tensor: String, expected: String, found: String)
  /// The random state is all zero; a generator would stay there for ever.
  case randomStateIsZero(path: String)
}

extension CheckpointError {
  /// The error that reading a file ended with.
  init(_ error: ReadError) {
    switch error {
    case .file(let error): self = .file(error)
    case .format: self = .content(error)
    }
  }
}

extension CheckpointError: CustomStringConvertible {
  /// What is wrong, where, what was expected, what was found, and what to do about it.
  public var description: String {
    switch self {
    case .file(let error): return error.description
    case .content(let error): return error.description
    case .convention(let path, let error): return "\(path.printablePath): \(error)"
    case .metadata(let path, let key, let error):
      return "\(path.printablePath): metadata \"\(key.excerpt)\": \(error)"
    case .missingTensors(let path, let names):
      return
        "\(path.printablePath): \(names.count == 1 ? "a tensor is" : "\(names.count) tensors are") "
        + "missing that the architecture needs: "
        + TensorName.folded(names).joined(separator: ", ").excerpt(2_000)
    case .wrongShape(let path, let tensor, let expected, let found):
      return "\(path.printablePath): tensor \"\(tensor.excerpt)\": expected shape "
        + "\(StoredTensor.text(of: expected)), found \(StoredTensor.text(of: found))"
    case .wrongType(let path, let tensor, let expected, let found):
      return
        "\(path.printablePath): tensor \"\(tensor.excerpt)\": expected \(expected), found \(found)"
    case .randomStateIsZero(let path):
      return "\(path.printablePath): tensor \"random\": expected a state that is not all zero"
    }
  }
}
