/// A colour as the program under test sent it.
package enum VirtualColor: Hashable, Sendable {
  case standard
  case indexed(Int)
  case rgb(Int, Int, Int)
}

/// A column of a row of ``VirtualScreen``.
package struct VirtualGlyph: Hashable, Sendable {
  /// What is shown; nil in the right half of a wide character.
  package var scalar: Unicode.Scalar? = " "
  package var foreground: VirtualColor = .standard
  package var background: VirtualColor = .standard
  package var bold = false
  package var dim = false
  package var underline = false
  package var reverse = false

  package init() {}
}
