/// For which ground texts and lines are coloured.
package enum ThemeChoice: String, Hashable, Sendable, CaseIterable {
  /// For the one that the terminal has, as far as it can be found out.
  case auto
  /// For a dark one.
  case dark
  /// For a light one.
  case light

  /// The ground that was chosen; nil where it is the terminal's.
  package var ground: Ground? {
    switch self {
    case .auto: nil
    case .dark: .dark
    case .light: .light
    }
  }
}
