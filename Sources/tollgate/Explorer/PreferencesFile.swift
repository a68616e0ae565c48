import ExplorerUI
import HighwayNetworks
import TensorFiles

/// The file in ``StateDirectory`` that keeps how things were shown.
struct PreferencesFile {
  /// What the file holds; nil where there is none or it is broken.
  let stored: Preferences?
  /// What is wrong with the file; it is then left as it is.
  let problem: String?
  private let path: String

  /// The path of the file; nil where no directory is named.
  static var path: String? { StateDirectory.path.map { $0 + "/explorer.json" } }

  /// Reads the file at a path.
  init(_ path: String) {
    self.path = path
    do {
      let bytes = try InputFile.read(path, limit: 1 << 16)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw DescriptionError.syntax(.invalidUTF8(offset: 0))
      }
      stored = try Preferences(json: text)
      problem = nil
    } catch FileError.notFound {
      (stored, problem) = (nil, nil)
    } catch {
      stored = nil
      problem = "\(path): settings ignored and left as they are: \(Failure(error).line)"
    }
  }

  /// Writes what is to be remembered, where it differs from what is there; a broken file stays.
  ///
  /// - Throws: ``Failure`` where it cannot be written.
  func keep(_ preferences: Preferences) throws {
    let before = stored ?? Preferences(ExplorerState.Display())
    guard problem == nil, preferences != before else { return }
    do {
      let directory = Directory.parent(of: path)
      try StateDirectory.create(directory)
      AtomicFile.removeAbandoned(in: directory)
      try AtomicFile.write(path, preferences.json)
    } catch {
      throw Failure("the settings are not remembered: \(Failure(error).line)")
    }
  }
}
