private import CKernels

// The kernels on feature maps with their extents checked; the equations stand in maps.h.

/// What the windows of a pooling layer go over.
struct Windows: Hashable, Sendable {
  /// The extents of the map.
  let height: Int
  let width: Int
  /// How many windows there are in each direction.
  let rows: Int
  let columns: Int
  /// The extent of a window.
  let kernel: Int
  /// How far windows are apart.
  let stride: Int
  /// How far the first begins before the map.
  var padding = 0

  fileprivate var code: tg_windows {
    tg_windows(
      height: height, width: width, rows: rows, columns: columns, kernel: kernel, stride: stride,
      padding: padding)
  }

  /// The number of features of maps, where the extents agree.
  fileprivate func features(_ maps: FloatSlice, pooled: FloatSlice, examples: Int) -> Int {
    let features = maps.count / max(1, examples * height * width)
    precondition(
      maps.count == examples * height * width * features
        && pooled.count == examples * rows * columns * features && padding >= 0
        && padding < kernel && (rows - 1) * stride < height + padding
        && (columns - 1) * stride < width + padding, "the extents agree")
    return features
  }
}

/// output ← the greatest value of each window.
func maxPool(_ input: FloatSlice, into output: FloatSlice, examples: Int, _ windows: Windows) {
  let features = windows.features(input, pooled: output, examples: examples)
  var code = windows.code
  unsafe tg_max_pool(input.base, output.base, examples, features, &code)
}

/// inputGradient ← gradient where the value of a window came from, the first of several.
func maxPoolBackward(
  _ gradient: FloatSlice, input: FloatSlice, output: FloatSlice, inputGradient: FloatSlice,
  examples: Int, _ windows: Windows
) {
  let features = windows.features(input, pooled: output, examples: examples)
  precondition(
    gradient.count == output.count && inputGradient.count == input.count, "the extents agree")
  var code = windows.code
  unsafe tg_max_pool_backward(
    input.base, output.base, gradient.base, inputGradient.base, examples, features, &code)
}

/// output ← the mean of what each window has.
func averagePool(_ input: FloatSlice, into output: FloatSlice, examples: Int, _ windows: Windows) {
  let features = windows.features(input, pooled: output, examples: examples)
  var code = windows.code
  unsafe tg_average_pool(input.base, output.base, examples, features, &code)
}

/// inputGradient ← the gradient of the means, divided among the values of each window.
func averagePoolBackward(
  _ gradient: FloatSlice, inputGradient: FloatSlice, examples: Int, _ windows: Windows
) {
  let features = windows.features(inputGradient, pooled: gradient, examples: examples)
  var code = windows.code
  unsafe tg_average_pool_backward(
    gradient.base, inputGradient.base, examples, features, &code)
}

/// to `[examples, columns, rows]` ← from `[examples, rows, columns]`, each transposed.
func transpose(_ from: FloatSlice, into to: FloatSlice, rows: Int, columns: Int) {
  precondition(
    from.count == to.count && from.count.isMultiple(of: rows * columns), "the extents agree")
  unsafe tg_transpose(from.base, to.base, from.count / (rows * columns), rows, columns)
}

/// to ← from, each value 0 with probability p and otherwise divided by 1 − p; `[examples, count]`.
///
/// What is dropped depends on the key, the number of the example and the place within it.
func dropOut(
  _ from: FloatSlice, into to: FloatSlice, examples: Int, key: UInt64, firstExample: Int, p: Float
) {
  precondition(
    from.count == to.count && from.count.isMultiple(of: max(1, examples)) && 0 <= p && p < 1,
    "the extents agree")
  unsafe tg_dropout(
    from.base, to.base, examples, from.count / max(1, examples), key, firstExample,
    UInt32(Double(p) * 0x1p32), 1 / (1 - p))
}

/// The place of an image that an example shows.
struct Crop: Hashable, Sendable {
  /// The row and the column at which it begins, which may lie outside the image.
  var row = 0
  var column = 0
  /// Whether left and right are exchanged.
  var isMirrored = false
}

/// values `[height, width, channels]` ← pixels `[channels, height, width]` · scale + shift − means, cropped.
///
/// The means are laid out as the pixels, or none; what lies outside the image is 0.
func cropImage(
  _ pixels: ArraySlice<UInt8>, into values: FloatSlice, height: Int, width: Int,
  scale: ArraySlice<Float>, shift: ArraySlice<Float>, means: ArraySlice<Float> = [], _ crop: Crop
) {
  precondition(
    pixels.count == values.count && values.count == height * width * scale.count
      && shift.count == scale.count && (means.isEmpty || means.count == pixels.count),
    "the extents agree")
  var code = tg_crop(row: crop.row, column: crop.column, mirrored: crop.isMirrored ? 1 : 0)
  unsafe pixels.withUnsafeBufferPointer { pixels in
    unsafe scale.withUnsafeBufferPointer { scale in
      unsafe shift.withUnsafeBufferPointer { shift in
        unsafe means.withUnsafeBufferPointer { means in
          guard let pixel = pixels.baseAddress, let scales = scale.baseAddress,
            let shifts = shift.baseAddress
          else { return }
          unsafe tg_crop_image(
            values.base, pixel, scale.count, height, width, scales, shifts,
            means.isEmpty ? nil : means.baseAddress, &code)
        }
      }
    }
  }
}
