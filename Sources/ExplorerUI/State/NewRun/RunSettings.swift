package import HighwayNetworks

/// What a new network is to be, and how it is to be trained; all of it checked.
package struct RunSettings: Hashable, Sendable {
  /// What it is made of.
  package var network: NetworkSettings
  /// What training is set to.
  package var hyperparameters: Hyperparameters
  /// The epoch to train up to.
  package var epochs: Int
  /// Where the data set is.
  package var dataPath: String

  /// Takes settings.
  package init(
    network: NetworkSettings, hyperparameters: Hyperparameters, epochs: Int, dataPath: String
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
  /// The number of values of one image.
  package var inputs: Int
  /// The number of classes.
  package var classes: Int
  /// The number of images to train on.
  package var trainSamples: Int
  /// The number of images to test with.
  package var testSamples: Int

  /// Describes a data set.
  package init(
    path: String, name: String, inputs: Int, classes: Int, trainSamples: Int, testSamples: Int
  ) {
    self.path = path
    self.name = name
    self.inputs = inputs
    self.classes = classes
    self.trainSamples = trainSamples
    self.testSamples = testSamples
  }
}
