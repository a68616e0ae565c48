import HighwayNetworks
import TensorFiles
import Testing

@testable import HighwayNetworks

@Suite struct NormalizationTests {
  /// Three images of two channels, 2 × 2, channel by channel.
  private static let pixels: [UInt8] = [
    10, 20, 30, 40, 50, 60, 70, 80,  //
    0, 0, 255, 255, 1, 2, 3, 4,  //
    7, 7, 7, 7, 7, 7, 7, 7,
  ]
  private static let shape = Shape(positions: [2, 2], features: 2)
  private static let split = DataSet.Split(pixels: pixels, labels: [0, 1, 0])

  /// What the network sees of the images, channel by channel, by what a normalization says alone.
  private func expected(_ normalization: Normalization) -> [Double] {
    (0..<3).flatMap { image in
      var values = Self.pixels[image * 8..<image * 8 + 8].map { Double($0) / 255 }
      if normalization.normalizesContrast {
        let mean = values.reduce(0, +) / 8
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 8
        values = values.map { ($0 - mean) / (variance > 1e-12 ? variance.squareRoot() : 1) }
      }
      return values.enumerated().map { index, value in
        let channel = normalization.mean.count == 1 ? 0 : index / 4
        let own = normalization.pixelMean.isEmpty ? 0 : Double(normalization.pixelMean[index])
        return (value - own - Double(normalization.mean[channel]))
          / Double(normalization.std[channel])
      }
    }
  }

  private func normalization(_ choice: NormalizationChoice) -> Normalization {
    choice.normalization(
      of: DataSet(
        name: "images", shape: Self.shape, classNames: ["0", "1"], train: Self.split, test: .empty))
  }

  @Test(arguments: NormalizationChoice.allCases, [true, false])
  func aNetworkSeesWhatTheNormalizationSays(_ choice: NormalizationChoice, seesMaps: Bool) throws {
    let normalization = normalization(choice)
    let architecture = try Architecture(
      json: seesMaps
        ? #"{"input":[2,2,2],"classes":2,"layers":[{"kind":"flatten"}]}"#
        : #"{"input":[8],"classes":2,"layers":[{"kind":"dense","units":2,"activation":"relu"}]}"#)
    let stack = LayerStack(architecture)
    let workspace = Workspace(stack, capacity: 3, for: .result)
    BatchReader(
      Samples(Self.split, shape: Self.shape, normalization: normalization), for: stack
    ).read(0..<3, into: workspace)
    let found = workspace.input.array
    for (index, value) in expected(normalization).enumerated() {
      let (image, place) = index.quotientAndRemainder(dividingBy: 8)
      // Maps have the channels last.
      let at = image * 8 + (seesMaps ? place % 4 * 2 + place / 4 : place)
      #expect(abs(Double(found[at]) - value) < 1e-5, "\(choice), value \(index)")
    }
  }

  @Test func whatIsTakenFromAnImageMovesWithItsPart() {
    let values = FloatBuffer(count: 6).all
    cropImage(
      [1, 2, 3, 4, 5, 6], into: values, height: 2, width: 3, scale: [1], shift: [0],
      means: [1, 1, 1, 4, 4, 4], Crop(row: 1, column: 1, isMirrored: true))
    #expect(values.array == [0, 2, 1, 0, 0, 0], "what lies outside stays 0")
  }

  @Test(arguments: [NormalizationChoice.standard, .contrast])
  func theTrainingImagesHaveMeanZeroAndDeviationOne(_ choice: NormalizationChoice) {
    let values = expected(normalization(choice))
    for channel in 0..<2 {
      let own = values.enumerated().filter { $0.offset / 4 % 2 == channel }.map(\.element)
      let mean = own.reduce(0, +) / Double(own.count)
      let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count)
      // Means and deviations are rounded to four digits.
      #expect(abs(mean) < 2e-3 && abs(variance - 1) < 5e-3, "\(channel): \(mean) \(variance)")
    }
  }

  @Test func eachPixelHasAMeanOfItsOwn() {
    let values = expected(normalization(.perPixel))
    for pixel in 0..<8 {
      let mean = (values[pixel] + values[8 + pixel] + values[16 + pixel]) / 3
      #expect(abs(mean) < 2e-3, "\(pixel)")
    }
  }

  @Test(arguments: NormalizationChoice.allCases)
  func whatIsWrittenIsReadAgain(_ choice: NormalizationChoice) throws {
    let normalization = normalization(choice)
    let text = normalization.document.text
    #expect(try Normalization(JSONField(parsing: text)) == normalization)
    #expect(text.contains("contrast") == normalization.normalizesContrast)
    #expect(text.contains("pixelMean") == !normalization.pixelMean.isEmpty)
  }

  @Test func aMeanOfOtherPixelsIsRefused() throws {
    let data = DataSet(
      name: "images", shape: Self.shape, classNames: ["0", "1"], train: Self.split, test: .empty)
    let architecture = try Architecture(
      json: #"{"input":[2,2,2],"classes":2,"layers":[{"kind":"flatten"}]}"#)
    let normalization = Normalization(pixelMean: [0, 0, 0])
    #expect(
      throws: SamplesError.wrongPixelMean(data: "images", values: 8, found: 3),
      performing: { try Samples.check(data, for: architecture, normalization: normalization) })
    #expect(throws: DescriptionError.self) {
      try Normalization(JSONField(parsing: #"{"mean":0,"std":1,"pixelMean":[1e999]}"#))
    }
  }
}
