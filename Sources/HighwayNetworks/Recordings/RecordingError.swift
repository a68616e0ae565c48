package import TensorFiles

/// A way in which recorded gates cannot be read.
package enum RecordingError: Error, Hashable, Sendable {
  /// The file cannot be read, or is damaged.
  case read(ReadError)
  /// The file or the directory holds no recording.
  case notARecording(path: String)
  /// What stands under a key of the metadata is wrong.
  case metadata(path: String, key: String, DescriptionError)
  /// A tensor that the description speaks of is not there.
  case missingTensor(path: String, tensor: String)
  /// A tensor has another shape than the description gives it.
  case wrongShape(path: String, tensor: String, expected: String, found: [Int])
  /// A tensor's elements are of another type than it needs.
  case wrongType(path: String, tensor: String, expected: String, found: String)
  /// A label or a length is not one.
  case wrongValue(path: String, tensor: String, sample: Int, expected: String, found: String)
  /// There is more of something than is read.
  case tooMany(path: String, what: String, limit: Int, found: Int)
  /// The files of one epoch describe other blocks, or the same epochs do.
  case differs(path: String, from: String)
  /// No epoch is whole.
  case noEpoch(path: String)
  /// That epoch is not recorded.
  case noSuchEpoch(path: String, epoch: Int, recorded: Int)
}

extension RecordingError: CustomStringConvertible {
  /// What is wrong, where, what was expected, what was found, and what to do about it.
  package var description: String {
    switch self {
    case .read(let error): error.description
    case .notARecording(let path):
      "\(path.printablePath): no recording; expected a safetensors file with metadata \"recording\", "
        + "or a directory of recording-0000.safetensors and so on"
    case .metadata(let path, let key, let error):
      "\(path.printablePath): metadata \"\(key.excerpt)\": \(error)"
    case .missingTensor(let path, let tensor):
      "\(path.printablePath): tensor \"\(tensor.excerpt)\" is missing, which metadata \"recording\" describes"
    case .wrongShape(let path, let tensor, let expected, let found):
      "\(path.printablePath): tensor \"\(tensor.excerpt)\": expected shape \(expected), found "
        + StoredTensor.text(of: found)
    case .wrongType(let path, let tensor, let expected, let found):
      "\(path.printablePath): tensor \"\(tensor.excerpt)\": expected \(expected), found \(found.excerpt)"
    case .wrongValue(let path, let tensor, let sample, let expected, let found):
      "\(path.printablePath): tensor \"\(tensor.excerpt)\", sample \(sample): expected \(expected), found "
        + found
    case .tooMany(let path, let what, let limit, let found):
      "\(path.printablePath): \(found) \(what), but at most \(limit) are read"
    case .differs(let path, let other):
      "\(path.printablePath): has other blocks than \(other.printablePath); files of one timeline describe "
        + "the same, with as many steps"
    case .noEpoch(let path):
      "\(path.printablePath): no recording is whole yet; expected recording-0000.safetensors"
    case .noSuchEpoch(let path, let epoch, let recorded):
      "\(path.printablePath): epoch \(epoch) is not recorded; \(recorded) epochs are"
    }
  }
}
