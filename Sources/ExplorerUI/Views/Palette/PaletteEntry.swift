import HighwayNetworks

/// One thing that can be typed into the palette.
package struct PaletteEntry: Sendable {
  /// What it does.
  enum Deed: Sendable {
    /// What a command does.
    case command(Command.ID)
    /// What a command does that is not looked up by an ID.
    case own(Command)
  }
}
