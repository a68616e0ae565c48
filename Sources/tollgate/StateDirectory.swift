import TensorFiles
import Terminal

/// The directory that the XDG specification gives for what a program remembers by itself.
enum StateDirectory {
  /// Its path; nil where the environment names no place.
  ///
  /// A relative path in the environment is to be taken for none.
  static var path: String? {
    if let state = TerminalEnvironment.variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/tollgate"
    }
    guard let home = TerminalEnvironment.variable("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/tollgate"
  }

  /// Creates a directory in it, or itself, for its owner alone, as the specification asks.
  static func create(_ path: String) throws(FileError) {
    try Directory.create(path, mode: 0o700)
  }
}
