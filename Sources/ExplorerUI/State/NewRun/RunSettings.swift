package import HighwayNetworks

/// What a new network is made of.
package enum RunNetwork: Hashable, Sendable {
  /// One plain layer and highway layers of equal width.
  case layers(NetworkSettings)
  /// The network of a paper.
  case preset(Preset)

  /// The network for data of a shape.
  ///
  /// - Throws: ``SettingError`` or `DescriptionError` where such data do not go with it.
  package func architecture(input: Shape, classes: Int) throws -> Architecture {
    switch self {
    case .layers(let settings):
      try settings.architecture(inputs: input.count, classes: classes)
    case .preset(let preset): try preset.architecture(input: input, classes: classes)
    }
  }

  /// What is done to the images.
  package var normalization: NormalizationChoice {
    switch self {
    case .layers: .standard
    case .preset(let preset): preset.normalization
    }
  }
}

/// What a new network is to be, and how it is to be trained; all of it checked.
package struct RunSettings: Hashable, Sendable {
  /// What it is made of.
  package var network: RunNetwork
  /// What training is set to.
  package var hyperparameters: Hyperparameters
  /// The epoch to train up to.
  package var epochs: Int
  /// Where the data set is.
  package var dataPath: String

  /// Takes settings.
  package init(
    network: RunNetwork, hyperparameters: Hyperparameters, epochs: Int, dataPath: String
  ) {
    self.network = network
    self.hyperparameters = hyperparameters
    self.epochs = epochs
    self.dataPath = dataPath
  }
}

/// What is known of a data set that can be trained on; its name may come from a file.
package struct RunData: Hashable, Sendable {
  /// Where it is.
  package var path: String
  /// What it is called.
  package var name: String
  /// The shape of one image.
  package var input: Shape
  /// The number of classes.
  package var classes: Int
  /// The number of images to train on.
  package var trainSamples: Int
  /// The number of images to test with.
  package var testSamples: Int

  /// Describes a data set.
  package init(
    path: String, name: String, input: Shape, classes: Int, trainSamples: Int, testSamples: Int
  ) {
    self.path = path
    self.name = name
    self.input = input
    self.classes = classes
    self.trainSamples = trainSamples
    self.testSamples = testSamples
  }
}
