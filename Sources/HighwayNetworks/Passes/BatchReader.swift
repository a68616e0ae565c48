/// Turns images of a split, or sequences, into inputs of a network, a batch at a time.
struct BatchReader: Sendable {
  let samples: Samples
  private let pixelsPerImage: Int
  /// Whether the network sees maps, whose channels stand last; vectors keep the order of the file.
  private let isChannelsLast: Bool
  /// A pixel becomes `pixel · scale + shift`: one of each for all channels, or for each channel.
  private let scale: [Float]
  private let shift: [Float]
  /// What is taken from each input value, in the order of the pixels; empty for nothing.
  private let means: [Float]
  private let augmentation: Augmentation?

  /// How many images ahead one is prefetched.
  private static let readAhead = 6

  /// - Precondition: The images have as many values as the network's input; sequences as many steps.
  init(_ samples: Samples, for stack: LayerStack, augmentation: Augmentation? = nil) {
    precondition(samples.shape.count == stack.input.count, "images fit the input")
    self.samples = samples
    pixelsPerImage = samples.shape.count
    let normalization = samples.normalization
    let features = samples.shape.features
    isChannelsLast = !stack.input.isVector && features > 1
    self.augmentation = samples.shape.positions.count == 2 ? augmentation : nil
    // Images that are taken apart need one for each channel.
    let isApart = isChannelsLast || self.augmentation != nil || normalization.isOfEachImage
    let copies =
      normalization.mean.count == 1 && isApart && !samples.shape.isVector ? features : 1
    scale = normalization.std.flatMap { Array(repeating: 1 / (255 * $0), count: copies) }
    shift = zip(normalization.mean, normalization.std).flatMap {
      Array(repeating: -$0 / $1, count: copies)
    }
    let plane = max(1, pixelsPerImage / scale.count)
    means = normalization.pixelMean.enumerated().map { [scale] in
      $1 * 255 * scale[$0 / plane]
    }
  }

  /// Begins a pass over some examples.
  func read(_ batch: Batch, into workspace: Workspace) {
    if let range = batch.range {
      read(range, into: workspace)
    } else {
      read(batch.examples[...], into: workspace, continuing: batch.isContinued)
    }
  }

  /// Begins a pass over consecutive examples.
  func read(_ range: Range<Int>, into workspace: Workspace) {
    workspace.begin(
      examples: range.count, labels: samples.split.labels(of: range),
      lengths: samples.split.lengths?[range] ?? [])
    if samples.split.lengths != nil {
      for (row, example) in range.enumerated() { sequence(example, into: workspace, row) }
      return
    }
    if let vectors = samples.split.vectors {
      for (row, example) in range.enumerated() { numbers(vectors, example, into: workspace, row) }
      return
    }
    fill(workspace.input, pixels: samples.split.pixels[pixelRange(range)], count: range.count)
  }

  /// Begins a pass over chosen examples, changed as the augmentation says by what `key` fixes; segments of a text may
  /// continue those that went through last.
  func read(
    _ examples: ArraySlice<Int>, into workspace: Workspace, key: UInt64 = 0,
    continuing: Bool = false
  ) {
    let split = samples.split
    let labels = examples.flatMap { split.labels(of: $0..<$0 + 1) }
    let lengths = split.lengths.map { lengths in examples.map { lengths[$0] } }
    workspace.begin(
      examples: examples.count, labels: labels[...], lengths: ArraySlice(lengths ?? []),
      continuing: continuing)
    if split.lengths != nil {
      for (row, example) in examples.enumerated() { sequence(example, into: workspace, row) }
      return
    }
    if let vectors = samples.split.vectors {
      for (row, example) in examples.enumerated() {
        numbers(vectors, example, into: workspace, row)
      }
      return
    }
    for (row, example) in examples.enumerated() {
      // Images in random order are far apart in memory; the processor cannot predict the next.
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

  /// How many classes are asked of some examples.
  func targets(of examples: ArraySlice<Int>) -> Int {
    guard samples.split.isTagged else { return examples.count }
    return examples.reduce(0) { sum, example in
      sum + samples.split.labels(of: example..<example + 1).count { $0 >= 0 }
    }
  }

  /// Writes a vector, or pixels that are numbers, to its row as they are.
  private func numbers(
    _ values: [Float], _ example: Int, into workspace: Workspace, _ row: Int
  ) {
    let place = workspace.input.examples(row..<row + 1, each: pixelsPerImage)
    guard isChannelsLast else {
      place.assign(values[pixelRange(example..<example + 1)])
      return
    }
    let features = samples.shape.features
    let (start, plane) = (example * pixelsPerImage, pixelsPerImage / features)
    for channel in 0..<features {
      for position in 0..<plane {
        place[position * features + channel] = values[start + channel * plane + position]
      }
    }
  }

  /// Writes a sequence to its row: each channel normalized, and 0 behind its end.
  private func sequence(_ example: Int, into workspace: Workspace, _ row: Int) {
    guard let lengths = samples.split.lengths else { return }
    let features = samples.shape.features
    let place = workspace.input.examples(row..<row + 1, each: pixelsPerImage)
    if let text = samples.split.text {
      let steps = samples.shape.positionCount
      for step in 0..<steps {
        place[step * features..<(step + 1) * features].assign(
          text.lexicon.input(of: text.types[example * steps + step]))
      }
      return
    }
    guard let vectors = samples.split.vectors else { return }
    let normalization = samples.normalization
    let channels = normalization.mean.count
    let start = example * pixelsPerImage
    place.fill(0)
    for index in 0..<Int(lengths[example]) * features {
      let channel = index % channels
      place[index] =
        (vectors[start + index] - normalization.mean[channel]) / normalization.std[channel]
    }
  }

  private func pixelRange(_ examples: Range<Int>) -> Range<Int> {
    examples.lowerBound * pixelsPerImage..<examples.upperBound * pixelsPerImage
  }

  private func fill(_ values: FloatSlice, pixels: ArraySlice<UInt8>, count: Int) {
    if isChannelsLast || samples.normalization.isOfEachImage {
      for example in 0..<count {
        let start = pixels.startIndex + example * pixelsPerImage
        crop(
          values.examples(example..<example + 1, each: pixelsPerImage),
          pixels[start..<start + pixelsPerImage], Crop())
      }
    } else if scale.count == 1 {
      normalize(pixels, into: values, scale: scale[0], shift: shift[0])
    } else {
      let plane = pixelsPerImage / scale.count
      for index in 0..<count * scale.count {
        let channel = index % scale.count
        let start = pixels.startIndex + index * plane
        normalize(
          pixels[start..<start + plane], into: values[index * plane..<(index + 1) * plane],
          scale: scale[channel], shift: shift[channel])
      }
    }
  }

  /// Fills in one image, or a part of it.
  private func crop(_ values: FloatSlice, _ pixels: ArraySlice<UInt8>, _ crop: Crop) {
    let positions = samples.shape.positions
    let plane = pixelsPerImage / scale.count
    let extents = positions.count == 2 ? positions : [1, plane]
    let (scale, shift) = scaleAndShift(of: pixels)
    guard !isChannelsLast else {
      return cropImage(
        pixels, into: values, height: extents[0], width: extents[1], scale: scale[...],
        shift: shift[...], means: means[...], crop)
    }
    // A vector has one channel after the other.
    for channel in scale.indices {
      let range = channel * plane..<(channel + 1) * plane
      let start = pixels.startIndex + range.lowerBound
      cropImage(
        pixels[start..<start + plane], into: values[range], height: extents[0], width: extents[1],
        scale: scale[channel..<channel + 1], shift: shift[channel..<channel + 1],
        means: means.isEmpty ? [] : means[range], crop)
    }
  }

  /// The scales and shifts of an image's channels: of its own where its contrast is normalized.
  private func scaleAndShift(of pixels: ArraySlice<UInt8>) -> (scale: [Float], shift: [Float]) {
    guard samples.normalization.normalizesContrast else { return (scale, shift) }
    let (mean, deviation) = Normalization.contrast(of: pixels)
    let own = Float(1 / deviation)
    // pixel / 255 → (pixel / 255 − mean) / deviation, then what all images have.
    return (
      scale.map { $0 * own }, zip(scale, shift).map { $1 - Float(mean) * 255 * $0 * own }
    )
  }
}
