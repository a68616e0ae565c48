import TensorFiles

/// One file of recorded gates, open, every claim of its description checked against its tensors.
final class RecordingFile: Sendable {
  let file: SafetensorsFile
  let description: RecordingDescription
  /// The number of samples; 0 where nothing was recorded of any.
  let samples: Int
  /// The class of each sample, −1 for one in none; nil where nobody says.
  let labels: [Int32]?
  /// How many steps of each sample count; nil where all do.
  let lengths: [Int32]?
  /// What the samples are made of, where that was recorded.
  let inputs: StoredTensor?
  /// The tensors of the signals; `[blocks][signals]`.
  private let tensors: [[StoredTensor]]

  var path: String { file.path }

  /// More samples than this are not read of one file.
  static let mostSamples = 1 << 26
  /// More classes than this are not told apart.
  static let mostClasses = 10_000

  /// Opens a file.
  ///
  /// - Throws: ``RecordingError`` for the first thing that is wrong.
  init(_ path: String) throws(RecordingError) {
    let file: SafetensorsFile
    do { file = try SafetensorsFile(path) } catch { throw .read(error) }
    guard let text = file.metadata("recording") else { throw .notARecording(path: path) }
    let description: RecordingDescription
    do { description = try RecordingDescription(json: text) } catch {
      throw .metadata(path: path, key: "recording", error)
    }
    var samples: Int?
    var tensors: [[StoredTensor]] = []
    for (number, block) in description.blocks.enumerated() {
      var own: [StoredTensor] = []
      for signal in block.signals {
        own.append(
          try Self.tensor("block.\(number).\(signal.signal.symbol)", of: block, in: file, &samples))
      }
      tensors.append(own)
    }
    let count = samples ?? 0
    self.file = file
    self.description = description
    self.samples = count
    self.tensors = tensors
    let steps = description.blocks.compactMap(\.positions.first).max() ?? 1
    labels = try Self.numbers("labels", in: file, samples: count, -1...Self.mostClasses - 1)
    lengths = try Self.numbers("lengths", in: file, samples: count, 0...steps)
    inputs = file["inputs"]
    if let inputs, inputs.shape.first != count || !inputs.type.isNumber {
      throw .wrongShape(
        path: path, tensor: "inputs", expected: "[\(count), ...] of numbers", found: inputs.shape)
    }
  }

  /// The tensor of a signal: a row for each sample and position, or one row for all of them.
  private static func tensor(
    _ name: String, of block: RecordedBlock, in file: SafetensorsFile, _ samples: inout Int?
  ) throws(RecordingError) -> StoredTensor {
    guard let tensor = file[name] else {
      throw .missingTensor(path: file.path, tensor: name)
    }
    guard tensor.type.isReal else {
      throw .wrongType(
        path: file.path, tensor: name, expected: "floating-point numbers", found: tensor.type.name)
    }
    if tensor.shape == [block.units] { return tensor }
    let rest = block.positions + [block.units]
    guard tensor.shape.count == rest.count + 1, Array(tensor.shape.dropFirst()) == rest,
      tensor.shape[0] > 0, samples == nil || samples == tensor.shape[0]
    else {
      let first = samples.map(String.init) ?? "samples"
      let extents = [first] + rest.map(String.init)
      throw .wrongShape(
        path: file.path, tensor: name, expected: "[" + extents.joined(separator: ", ") + "]",
        found: tensor.shape)
    }
    guard tensor.shape[0] <= mostSamples else {
      throw .tooMany(
        path: file.path, what: "samples", limit: mostSamples, found: tensor.shape[0])
    }
    samples = tensor.shape[0]
    return tensor
  }

  /// Whole numbers, one for each sample; nil where there is no such tensor.
  private static func numbers(
    _ name: String, in file: SafetensorsFile, samples: Int, _ range: ClosedRange<Int>
  ) throws(RecordingError) -> [Int32]? {
    guard let tensor = file[name] else { return nil }
    guard tensor.shape == [samples] else {
      throw .wrongShape(
        path: file.path, tensor: name, expected: "[\(samples)]", found: tensor.shape)
    }
    guard tensor.type.isInteger else {
      throw .wrongType(
        path: file.path, tensor: name, expected: "whole numbers", found: tensor.type.name)
    }
    var values: [Double] = []
    do throws(ReadError) {
      let pieces = try file.pieces(of: tensor)
      while let piece = try pieces.next() { values += tensor.type.doubles(piece) }
    } catch {
      throw .read(error)
    }
    let wrong = values.firstIndex { value in
      Int32(exactly: value).map { !range.contains(Int($0)) } ?? true
    }
    if let wrong {
      throw .wrongValue(
        path: file.path, tensor: name, sample: wrong,
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
        found: ElementType.text(values[wrong]))
    }
    return values.map { Int32($0) }
  }

  /// Whether a signal was recorded once and not of each sample.
  func isConstant(block: Int, signal: Int) -> Bool { tensors[block][signal].shape.count == 1 }

  /// Rows of a signal, counted over samples and positions; the one row of a signal that has no others.
  func rows(
    _ rows: Range<Int>, ofSignal signal: Int, block: Int
  ) throws(RecordingError) -> [Float] {
    let units = description.blocks[block].units
    let rows = isConstant(block: block, signal: signal) ? 0..<1 : rows
    do {
      return try file.values(
        of: tensors[block][signal], rows.lowerBound * units..<rows.upperBound * units)
    } catch {
      throw .read(error)
    }
  }

  /// The biases of a signal, `[units]`; nil where none were recorded.
  ///
  /// - Throws: ``RecordingError`` where they have another shape.
  func bias(ofSignal signal: Int, block: Int) throws(RecordingError) -> [Float]? {
    let described = description.blocks[block]
    let name = "block.\(block).\(described.signals[signal].signal.symbol).bias"
    guard let tensor = file[name] else { return nil }
    guard tensor.shape == [described.units], tensor.type.isReal else {
      throw .wrongShape(
        path: path, tensor: name, expected: "[\(described.units)] of floating-point numbers",
        found: tensor.shape)
    }
    do { return try file.values(of: tensor) } catch { throw .read(error) }
  }
}
