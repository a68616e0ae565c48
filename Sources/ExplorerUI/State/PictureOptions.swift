/// How a picture of a view differs from the screen.
package struct PictureOptions: Hashable, Sendable {
  /// What it is drawn on; nil for the ground of the screen.
  package var ground: Ground?
  /// The numbers of the panels that are drawn, side by side; none for all that the view shows, as it shows them.
  package var panels: [Int]
  /// Whether the cursor is drawn.
  package var showsCursor: Bool
  /// Whether the inspector is drawn.
  package var showsInspector: Bool

  /// Asks for the view alone, with all its panels.
  package init(
    ground: Ground? = nil, panels: [Int] = [], showsCursor: Bool = false,
    showsInspector: Bool = false
  ) {
    self.ground = ground
    self.panels = panels
    self.showsCursor = showsCursor
    self.showsInspector = showsInspector
  }
}
