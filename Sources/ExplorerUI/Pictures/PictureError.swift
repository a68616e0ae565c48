/// Why a picture cannot be made.
package enum PictureError: Error, Hashable, CustomStringConvertible {
  /// There is no memory to compress a PNG.
  case noMemory

  /// One line for a person.
  package var description: String {
    switch self {
    case .noMemory: "a PNG cannot be compressed: there is not enough memory; choose a smaller size"
    }
  }
}
