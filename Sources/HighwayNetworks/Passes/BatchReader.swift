/// Turns images of a split into inputs of a network, a batch at a time.
struct BatchReader: Sendable {
  let samples: Samples
  private let pixelsPerImage: Int
  /// For each channel, `pixel · scale + shift`.
  private let channels: [(scale: Float, shift: Float)]
  /// Whether the network sees maps, whose channels stand last; vectors keep the order of the file.
  private let isChannelsLast: Bool
  /// The same as `channels`, one for each channel of an image.
  private let scale: FloatSlice
  private let shift: FloatSlice
  private let augmentation: Augmentation?

  /// How many images before its turn one is asked for.
  private static let readAhead = 6

  /// - Precondition: The images have as many values as the network's input.
  init(_ samples: Samples, for stack: LayerStack, augmentation: Augmentation? = nil) {
    precondition(samples.shape.count == stack.input.count, "images fit the input")
    self.samples = samples
    pixelsPerImage = samples.shape.count
    let normalization = samples.normalization
    let pairs = zip(normalization.mean, normalization.std).map { mean, std in
      (scale: 1 / (255 * std), shift: -mean / std)
    }
    isChannelsLast = !stack.input.isVector && samples.shape.features > 1
    channels = pairs
    let each =
      pairs.count == 1 ? Array(repeating: pairs[0], count: samples.shape.features) : pairs
    scale = FloatBuffer(each.map(\.scale)).all
    shift = FloatBuffer(each.map(\.shift)).all
    self.augmentation = samples.shape.positions.count == 2 ? augmentation : nil
  }

  /// Begins a pass over consecutive examples.
  func read(_ range: Range<Int>, into workspace: Workspace) {
    workspace.begin(examples: range.count, labels: samples.split.labels?[range] ?? [])
    fill(workspace.input, pixels: samples.split.pixels[pixelRange(range)], count: range.count)
  }

  /// Begins a pass over chosen examples, changed as the augmentation says by what `key` fixes.
  func read(_ examples: ArraySlice<Int>, into workspace: Workspace, key: UInt64 = 0) {
    let labels = samples.split.labels.map { labels in examples.map { labels[$0] } }
    workspace.begin(examples: examples.count, labels: ArraySlice(labels ?? []))
    for (row, example) in examples.enumerated() {
      // Images drawn at random are nowhere near; the processor cannot guess the next one.
      let ahead = examples.startIndex + row + Self.readAhead
      if ahead < examples.endIndex {
        prefetch(samples.split.pixels[pixelRange(examples[ahead]..<examples[ahead] + 1)])
      }
      let values = workspace.input[row * pixelsPerImage..<(row + 1) * pixelsPerImage]
      let pixels = samples.split.pixels[pixelRange(example..<example + 1)]
      if let augmentation {
        crop(values, pixels, augmentation.crop(key: key, example: example))
      } else {
        fill(values, pixels: pixels, count: 1)
      }
    }
  }

  private func pixelRange(_ examples: Range<Int>) -> Range<Int> {
    examples.lowerBound * pixelsPerImage..<examples.upperBound * pixelsPerImage
  }

  private func fill(_ values: FloatSlice, pixels: ArraySlice<UInt8>, count: Int) {
    if isChannelsLast {
      for example in 0..<count {
        let start = pixels.startIndex + example * pixelsPerImage
        crop(
          values.examples(example..<example + 1, each: pixelsPerImage),
          pixels[start..<start + pixelsPerImage], Crop())
      }
    } else if channels.count == 1 {
      normalize(pixels, into: values, scale: channels[0].scale, shift: channels[0].shift)
    } else {
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

  /// Fills in one image, or a part of it.
  private func crop(_ values: FloatSlice, _ pixels: ArraySlice<UInt8>, _ crop: Crop) {
    let positions = samples.shape.positions
    let extents = positions.count == 2 ? positions : [1, samples.shape.positionCount]
    guard !isChannelsLast else {
      return cropImage(
        pixels, into: values, height: extents[0], width: extents[1], scale: scale, shift: shift,
        crop)
    }
    // A vector has one channel after the other.
    let plane = samples.shape.positionCount
    for channel in 0..<samples.shape.features {
      let start = pixels.startIndex + channel * plane
      cropImage(
        pixels[start..<start + plane], into: values[channel * plane..<(channel + 1) * plane],
        height: extents[0], width: extents[1], scale: scale[channel..<channel + 1],
        shift: shift[channel..<channel + 1], crop)
    }
  }
}
