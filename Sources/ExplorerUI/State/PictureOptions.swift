/// How a picture of a view differs from the screen.
package struct PictureOptions: Hashable, Sendable {
  /// What it is drawn on; nil for the ground of the screen.
  package var ground: Ground?
  /// The number of the one panel that is drawn; nil for all that the view shows.
  package var panel: Int?
  /// Whether the cursor is drawn.
  package var showsCursor: Bool
  /// Whether the inspector is drawn.
  package var showsInspector: Bool

  /// Asks for the view alone, with all its panels.
  package init(
    ground: Ground? = nil, panel: Int? = nil, showsCursor: Bool = false,
    showsInspector: Bool = false
  ) {
    self.ground = ground
    self.panel = panel
    self.showsCursor = showsCursor
    self.showsInspector = showsInspector
  }
}
