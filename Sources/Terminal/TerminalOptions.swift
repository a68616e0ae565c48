package import ExplorerUI

/// What a person asked of the terminal; nil leaves a choice to the terminal and the environment.
package struct TerminalOptions: Hashable, Sendable {
  /// How many colours to use.
  package var colors: Capabilities.ColorDepth?
  /// Whether to send ASCII only.
  package var ascii: Bool?
  /// Whether to ask for mouse reports; without them the terminal's own selection works.
  package var mouse: Bool
  /// Whether to ask the terminal for its background colour.
  package var asksForBackground: Bool

  package init(
    colors: Capabilities.ColorDepth? = nil, ascii: Bool? = nil, mouse: Bool = true,
    asksForBackground: Bool = true
  ) {
    self.colors = colors
    self.ascii = ascii
    self.mouse = mouse
    self.asksForBackground = asksForBackground
  }
}
