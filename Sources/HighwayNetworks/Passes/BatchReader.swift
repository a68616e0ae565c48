/// Turns images of a split into inputs of a network, a batch at a time.
struct BatchReader: Sendable {
  let samples: Samples
  private let pixelsPerImage: Int
  /// For each channel, `pixel · scale + shift`.
  private let channels: [(scale: Float, shift: Float)]
  /// Whether the network sees maps, whose channels stand last; vectors keep the order of the file.
  private let isChannelsLast: Bool

  /// How many images before its turn one is asked for.
  private static let readAhead = 6

  /// - Precondition: The images have as many values as the network's input.
  init(_ samples: Samples, for stack: LayerStack) {
    precondition(samples.shape.count == stack.input.count, "images fit the input")
    self.samples = samples
    pixelsPerImage = samples.shape.count
    let normalization = samples.normalization
    let pairs = zip(normalization.mean, normalization.std).map { mean, std in
      (scale: 1 / (255 * std), shift: -mean / std)
    }
    isChannelsLast = !stack.input.isVector && samples.shape.features > 1
    channels =
      isChannelsLast && pairs.count == 1
      ? Array(repeating: pairs[0], count: samples.shape.features) : pairs
  }

  /// Begins a pass over consecutive examples.
  func read(_ range: Range<Int>, into workspace: Workspace) {
    workspace.begin(examples: range.count, labels: samples.split.labels?[range] ?? [])
    fill(workspace.input, pixels: samples.split.pixels[pixelRange(range)], count: range.count)
  }

  /// Begins a pass over chosen examples.
  func read(_ examples: ArraySlice<Int>, into workspace: Workspace) {
    let labels = samples.split.labels.map { labels in examples.map { labels[$0] } }
    workspace.begin(examples: examples.count, labels: ArraySlice(labels ?? []))
    for (row, example) in examples.enumerated() {
      // Images drawn at random are nowhere near; the processor cannot guess the next one.
      let ahead = examples.startIndex + row + Self.readAhead
      if ahead < examples.endIndex {
        prefetch(samples.split.pixels[pixelRange(examples[ahead]..<examples[ahead] + 1)])
      }
      fill(
        workspace.input[row * pixelsPerImage..<(row + 1) * pixelsPerImage],
        pixels: samples.split.pixels[pixelRange(example..<example + 1)], count: 1)
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
      let own = pixels[start..<start + plane]
      if isChannelsLast {
        let example = index / channels.count * pixelsPerImage
        for (position, pixel) in own.enumerated() {
          values[example + position * channels.count + index % channels.count] =
            Float(pixel) * channel.scale + channel.shift
        }
      } else {
        normalize(
          own, into: values[index * plane..<(index + 1) * plane], scale: channel.scale,
          shift: channel.shift)
      }
    }
  }
}
