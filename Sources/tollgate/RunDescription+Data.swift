import HighwayNetworks

extension RunDescription {
  /// Describes a run that begins on a data set.
  ///
  /// - Throws: `DataError` where the data set's files cannot be read.
  init(
    _ architecture: Architecture, on set: DataSet, at path: String, normalization: Normalization,
    _ hyperparameters: Hyperparameters, command: String? = nil
  ) throws {
    self.init(
      architecture: architecture,
      data: DataDescription(
        name: set.name, files: try DataSet.fingerprints(path), normalization: normalization,
        classNames: set.classNames, trainingExamples: set.train.count,
        testExamples: set.test.count),
      hyperparameters: hyperparameters, version: toolVersion, command: command)
  }
}
