/// Why a picture cannot be made.
package enum PictureError: Error, Hashable, CustomStringConvertible {
  /// The Cairo library is not installed.
  case noCairo
  /// No font is installed.
  case noFont
  /// A PNG would have more pixels across or down than can be drawn.
  case tooLarge(most: Int)
  /// There is no memory to draw in, or to compress a PNG.
  case noMemory

  /// One line for a person.
  package var description: String {
    switch self {
    case .noCairo:
      "PNG and PDF need the Cairo library, which is not installed: apt install libcairo2; SVG does not"
    case .noFont:
      "PNG and PDF need a font, and none is installed: apt install fonts-dejavu-core; SVG does not"
    case .tooLarge(let most):
      "a PNG has at most \(most) pixels across and down; choose a smaller size or scale"
    case .noMemory: "there is not enough memory for the picture; choose a smaller size"
    }
  }
}
