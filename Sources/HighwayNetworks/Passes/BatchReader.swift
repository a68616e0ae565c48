/// Turns images of a split into inputs of a network, a batch at a time.
struct BatchReader: Sendable {
  let split: DataSet.Split
  private let pixelsPerImage: Int
  /// For each channel, `pixel · scale + shift`.
  private let channels: [(scale: Float, shift: Float)]

  /// How many images before its turn one is asked for.
  private static let readAhead = 6

  /// - Precondition: `normalization` has one value, or one per channel of `shape`.
  init(_ split: DataSet.Split, shape: Shape, normalization: Normalization) {
    self.split = split
    pixelsPerImage = shape.count
    let count = normalization.mean.count
    precondition(count == 1 || count == shape.extents[0], "one normalization, or one per channel")
    channels = zip(normalization.mean, normalization.std).map { mean, std in
      (scale: 1 / (255 * std), shift: -mean / std)
    }
  }

  /// Begins a pass over consecutive examples.
  func read(_ range: Range<Int>, into workspace: Workspace) {
    workspace.begin(labels: split.labels[range])
    fill(workspace.input, pixels: split.pixels[pixelRange(range)], count: range.count)
  }

  /// Begins a pass over chosen examples.
  func read(_ examples: ArraySlice<Int>, into workspace: Workspace) {
    workspace.begin(labels: ArraySlice(examples.map { split.labels[$0] }))
    for (row, example) in examples.enumerated() {
      // Images drawn at random are nowhere near; the processor cannot guess the next one.
      let ahead = examples.startIndex + row + Self.readAhead
      if ahead < examples.endIndex {
        prefetch(split.pixels[pixelRange(examples[ahead]..<examples[ahead] + 1)])
      }
      fill(
        workspace.input[row * pixelsPerImage..<(row + 1) * pixelsPerImage],
        pixels: split.pixels[pixelRange(example..<example + 1)], count: 1)
    }
  }

  private func pixelRange(_ examples: Range<Int>) -> Range<Int> {
    examples.lowerBound * pixelsPerImage..<examples.upperBound * pixelsPerImage
  }

  private func fill(_ values: FloatSlice, pixels: ArraySlice<UInt8>, count: Int) {
    if channels.count == 1 {
      normalize(pixels, into: values, scale: channels[0].scale, shift: channels[0].shift)
      return
    }
    let plane = pixelsPerImage / channels.count
    for index in 0..<count * channels.count {
      let channel = channels[index % channels.count]
      let start = pixels.startIndex + index * plane
      normalize(
        pixels[start..<start + plane], into: values[index * plane..<(index + 1) * plane],
        scale: channel.scale, shift: channel.shift)
    }
  }
}
