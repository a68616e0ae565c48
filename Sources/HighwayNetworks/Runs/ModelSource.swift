import TensorFiles

/// What a path that a person gives leads to: a run, or one checkpoint.
public enum ModelSource: Sendable {
  /// A run directory.
  case run(RunDirectory)
  /// One checkpoint, and the path of its file.
  case checkpoint(Checkpoint, path: String)

  /// The file that other programs name a network's parameters by, in a directory of its own.
  private static let modelFile = "model.safetensors"

  /// Opens a path: a run, a checkpoint, or a directory that is no run and holds a checkpoint of the usual name.
  ///
  /// - Throws: ``RunError`` where there is neither, or what is there is wrong.
  public static func open(_ path: String) throws(RunError) -> ModelSource {
    var path = path
    if Directory.exists(path) {
      do throws(RunError) {
        return .run(try RunDirectory.open(path))
      } catch {
        let names = (try? Directory.names(in: path)) ?? []
        guard case .notARun = error, names.contains(modelFile) else { throw error }
        path += "/" + modelFile
      }
    }
    do { return .checkpoint(try Checkpoint.read(path), path: path) } catch {
      throw .checkpoint(error)
    }
  }
}
