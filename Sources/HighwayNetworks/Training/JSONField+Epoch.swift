package import TensorFiles

extension JSONField {
  /// The number of an epoch, at most ``EpochMetrics/maximumEpoch``.
  package func epoch() throws(DescriptionError) -> Int {
    try integer(in: 0...EpochMetrics.maximumEpoch)
  }
}
