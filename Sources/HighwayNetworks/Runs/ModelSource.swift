import TensorFiles

/// What a path that a person gives leads to: a run, or one checkpoint.
public enum ModelSource: Sendable {
  /// A run directory.
  case run(RunDirectory)
  /// One checkpoint, and the path of its file.
  case checkpoint(Checkpoint, path: String)

  /// Opens a path.
  ///
  /// - Throws: ``RunError`` where there is neither, or what is there is wrong.
  public static func open(_ path: String) throws(RunError) -> ModelSource {
    if Directory.exists(path) { return .run(try RunDirectory.open(path)) }
    do { return .checkpoint(try Checkpoint.read(path), path: path) } catch {
      throw .checkpoint(error)
    }
  }
}
