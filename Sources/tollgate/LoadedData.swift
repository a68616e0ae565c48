import HighwayNetworks
import TensorFiles

/// The data set that a model is run on, and how its pixels enter the network.
struct LoadedData: Sendable {
  let set: DataSet
  let normalization: Normalization
  /// Where it is.
  let path: String

  /// Opens a data set for a network: the one that is named, or the one that its run names.
  ///
  /// - Throws: ``Failure`` where none is found or it does not fit the network.
  static func open(
    _ path: String?, for model: OpenModel
  ) throws -> LoadedData {
    let (set, place) = try path.map { (try DataSet.open($0), $0) } ?? find(for: model)
    let normalization = model.normalization ?? Normalization()
    try check(set, fits: model.architecture, normalization)
    return LoadedData(set: set, normalization: normalization, path: place)
  }

  /// The samples of a part of the data set, all of them or the first.
  func samples(_ split: DataSet.Split, first count: Int? = nil) -> Samples {
    Samples(split, shape: set.shape, normalization: normalization, first: count)
  }

  /// Checks that images fit the input, labels the classes and a normalization the channels.
  static func check(
    _ set: DataSet, fits architecture: Architecture, _ normalization: Normalization
  ) throws {
    do {
      try Samples.check(set, for: architecture, normalization: normalization)
    } catch {
      switch error {
      case .wrongInput, .tooManyClasses:
        throw Failure("\(error); choose another data set with --data")
      case .wrongNormalization, .normalizationMissing, .noOutput, .nothingToTrainOn, .noLabels:
        throw Failure("\(error)")
      }
    }
  }

  /// Checks that there is something to train on.
  static func checkTraining(_ set: DataSet, path: String) throws {
    guard set.train.count > 0 else {
      throw Failure("\(path.printablePath): the data set has no training images")
    }
  }

  /// The data set that the run names, the first place with both splits before one with a part of it.
  private static func find(for model: OpenModel) throws -> (DataSet, path: String) {
    guard let name = model.dataName else {
      throw Failure.usage("the model does not say what it was trained on; name it with --data")
    }
    var partial: (DataSet, path: String)?
    for place in ModelLocation.dataDirectories(name: name, near: model.path) {
      let set = try DataSet.open(place, name: name)
      if set.train.count > 0 && set.test.count > 0 { return (set, place) }
      partial = partial ?? (set, place)
    }
    if let partial { return partial }
    let hint =
      name == "Fashion-MNIST"
      ? "install it (apt-get install dataset-fashion-mnist) or name its directory with --data"
      : "name its directory with --data"
    throw Failure("the data set \(name.excerpt) is not here; \(hint)")
  }
}
