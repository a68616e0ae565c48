package import HighwayNetworks

/// What is known about one sample: its way through the network, its class and its picture.
package struct SampleRecord: Sendable {
  /// The values at every highway layer.
  package var trace: SampleTrace
  /// The true class, where it is known.
  package var label: Int?
  /// The pixels, 0–255; `[channels, height, width]`.
  package var pixels: [UInt8]
  /// The number of channels of ``pixels``.
  package var channels: Int
  /// The height of the picture.
  package var height: Int
  /// The width of the picture.
  package var width: Int
  /// What the sample says, where it is no picture; a text of strangers.
  package var text: String?

  /// Describes a sample.
  package init(
    trace: SampleTrace, label: Int?, pixels: [UInt8], channels: Int, height: Int, width: Int,
    text: String? = nil
  ) {
    self.text = text
    self.trace = trace
    self.label = label
    self.pixels = pixels
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// The class that the network gives the sample.
  package var prediction: Int? {
    trace.probabilities.indices.max { trace.probabilities[$0] < trace.probabilities[$1] }
  }
}
