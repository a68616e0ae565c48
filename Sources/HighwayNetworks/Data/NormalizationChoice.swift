/// A way to normalize images whose numbers are taken from a data set.
package enum NormalizationChoice: String, CaseIterable, Sendable {
  /// `pixel / 255` as it is.
  case none
  /// Mean 0 and deviation 1 in each channel.
  case standard
  /// A mean for each pixel, and one deviation.
  case perPixel = "per-pixel"
  /// The contrast of each image, then mean 0 and deviation 1 in each channel.
  case contrast
  /// The contrast of each image, then a mean for each pixel, and one deviation.
  case contrastPerPixel = "contrast-per-pixel"

  /// The normalization by the training images of a data set.
  package func normalization(of set: DataSet) -> Normalization {
    guard self != .none, set.text == nil, set.words.isEmpty else { return Normalization() }
    return .standard(
      of: set.train, shape: set.shape,
      contrast: self == .contrast || self == .contrastPerPixel,
      perPixel: self == .perPixel || self == .contrastPerPixel)
  }
}
