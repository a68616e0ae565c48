import ExplorerUI
import Terminal

/// A path on the command line, with the home directory in place of a tilde at its beginning: a shell leaves the one
/// of `--data=~/images` as it is.
func typedPath(_ text: String) -> String {
  expandingHome(text, to: TerminalEnvironment.variable("HOME"))
}
