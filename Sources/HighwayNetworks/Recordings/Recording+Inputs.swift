import TensorFiles

/// What the samples of a recording are made of, where that was written down too.
extension Recording {
  /// The most values of a sample that are shown.
  private static let mostInputs = 1 << 20

  /// The shape of a sample: of bytes a picture `[H, W]` or `[C, H, W]`, of other numbers a vector; nil where samples
  /// are texts, or nothing of them was recorded.
  package var inputShape: Shape? {
    guard let inputs = parts[0].inputs, !isText else { return nil }
    let extents = Array(inputs.shape.dropFirst())
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow, product > 0, product <= Self.mostInputs else { return nil }
      count = product
    }
    guard inputs.type.isByte, (2...3).contains(extents.count) else { return Shape(features: count) }
    return Shape(
      positions: Array(extents.suffix(2)), features: extents.count == 3 ? extents[0] : 1)
  }

  /// Whether inputs are numbers of words or characters.
  private var isText: Bool {
    guard let inputs = parts[0].inputs else { return false }
    return !vocabulary.isEmpty && inputs.type.isInteger && inputs.shape.count == 2
  }

  /// A sample as a picture, from black to white, or as a text.
  ///
  /// - Precondition: The sample is one of the recording's.
  /// - Throws: ``RecordingError`` where it cannot be read.
  package func input(of sample: Int) throws(RecordingError) -> (pixels: [UInt8], text: String?) {
    precondition((0..<samples).contains(sample), "the sample is one of the recording's")
    let (part, place) = place(of: sample)
    guard let inputs = part.inputs, let first = parts[0].inputs,
      inputs.shape.dropFirst() == first.shape.dropFirst(), inputs.type == first.type,
      let count = isText ? inputs.shape[1] : inputShape?.count, count <= Self.mostInputs
    else { return ([], nil) }
    let values: [Float]
    do {
      values = try part.file.values(of: inputs, place * count..<(place + 1) * count)
    } catch {
      throw .read(error)
    }
    if isText { return ([], text(values, sample)) }
    if inputs.type.isByte { return (values.map { UInt8($0) }, nil) }
    return (grayLevels(values), nil)
  }

  /// The words by their numbers, with blanks between them unless they are characters.
  private func text(_ numbers: [Float], _ sample: Int) -> String {
    let all = min(numbers.count, 4_096)
    let count = lengths.map { min(all, Int($0[sample])) } ?? all
    let words = numbers.prefix(count).map { number in
      let index = Int(exactly: number) ?? -1
      return vocabulary.indices.contains(index) ? vocabulary[index].excerpt : "?"
    }
    let isCharacters = vocabulary.allSatisfy { $0.count <= 1 }
    return words.joined(separator: isCharacters ? "" : " ").excerpt(4_096)
  }
}
