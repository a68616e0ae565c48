import HighwayNetworks

/// The images that the cases run on.
struct BenchmarkData {
  /// Where Debian's package installs Fashion-MNIST.
  static let installed = "/usr/share/datasets/fashion-mnist"

  /// The number of samples of an epoch.
  static let epochSamples = 60_000

  let images: DataSet
  /// Where the images come from, in words.
  let origin: String

  /// The number of training samples.
  var fullCount: Int { images.train.count }

  /// Opens a data set.
  static func open(_ path: String, name: String?) throws(DataError) -> BenchmarkData {
    let set = try DataSet.open(path, name: name)
    return BenchmarkData(
      images: set, origin: "\(set.name), \(NumberFormat.count(set.train.count)) images")
  }

  /// Pixels drawn at random in the shape of Fashion-MNIST: half of them black, as there.
  static func synthetic() -> BenchmarkData {
    var random = RandomSource(seed: 7)
    let shape = Shape.image(channels: 1, height: 28, width: 28)
    var pixels = [UInt8](repeating: 0, count: epochSamples * shape.count)
    for index in pixels.indices {
      let word = random.next()
      pixels[index] = word & 0x100 == 0 ? 0 : UInt8(truncatingIfNeeded: word)
    }
    let labels = (0..<epochSamples).map { _ in UInt8.random(in: 0..<10, using: &random) }
    let set = DataSet(
      name: "synthetic", shape: shape, classNames: (0..<10).map(String.init),
      train: DataSet.Split(pixels: pixels, labels: labels), test: .empty)
    return BenchmarkData(
      images: set, origin: "synthetic pixels, since Fashion-MNIST is not at \(installed)")
  }

  /// The first training samples and no others, so that an epoch is training alone.
  func first(_ count: Int) -> DataSet {
    let pixels = images.train.pixels
    let train =
      count == fullCount
      ? images.train
      : DataSet.Split(
        pixels: Array(pixels[0..<count * images.shape.count]),
        labels: (images.train.labels ?? []).prefix(count))
    return DataSet(
      name: images.name, shape: images.shape, classNames: images.classNames, train: train,
      test: .empty)
  }

  /// The first training samples as inputs between 0 and 1.
  func samples(_ count: Int? = nil) -> Samples {
    Samples(images.train, shape: images.shape, normalization: Normalization(), first: count)
  }

  /// The input of one sample as the reference computes it; `[shape.count]`.
  func input(_ sample: Int) -> [Double] {
    let start = sample * images.shape.count
    return images.train.pixels[start..<start + images.shape.count].map { Double($0) / 255 }
  }

  /// The class of one sample.
  func label(_ sample: Int) -> Int { images.train.label(of: sample) ?? 0 }
}
