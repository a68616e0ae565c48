import ExplorerUI
import HighwayNetworks
import TensorFiles

extension ModelData {
  /// Opens a data set for a network: the one that is named, or the one that it was trained on, where that comes with
  /// the program or the system.
  ///
  /// - Throws: ``ModelDataError``.
  init(named path: String?, for model: ModelSource) throws(ModelDataError) {
    if let path {
      try self.init(path, for: model)
    } else {
      let name = model.dataName
      try self.init(
        for: model,
        in: name.map { ModelLocation.dataDirectories(name: $0, near: model.path) } ?? [])
    }
  }
}

extension DataSet {
  /// The samples of a part of it.
  subscript(split: SampleSplit) -> Split {
    switch split {
    case .train: train
    case .test: test
    }
  }

  /// Opens a data set to train on.
  ///
  /// - Throws: `DataError`, or ``Failure`` where it has no training images.
  static func openForTraining(
    _ path: String, name: String? = nil, unit: TextUnit = .words
  ) throws -> DataSet {
    let set = try DataSet.open(path, name: name, unit: unit)
    guard set.train.count > 0 else {
      throw Failure("\(path.printablePath): the data set has no training images")
    }
    return set
  }
}

extension Failure {
  /// Why there is no data for a model, and what to do about it on the command line.
  init(_ error: ModelDataError) {
    switch error {
    case .unnamed: self = .usage("\(error); name it with --data, or :data in the explorer")
    case .missing("Fashion-MNIST"):
      self.init(
        "\(error); install it (apt-get install dataset-fashion-mnist) or name its directory with --data, or :data in the explorer"
      )
    case .missing(DataSet.kingJamesBible.name):
      self.init("\(error); install it (apt-get install bible-kjv) or name a text with --data")
    case .missing:
      self.init("\(error); name its directory with --data, or :data in the explorer")
    case .unreadable(let error): self.init(error as any Error)
    case .unfit(let error): self.init(error)
    }
  }

  /// Why a network cannot run over a data set, and what to do about it on the command line.
  init(_ error: SamplesError) {
    switch error {
    case .wrongInput, .wrongTask, .tooManyClasses, .wrongVocabulary, .nothingToValidateOn:
      self.init("\(error); choose another data set with --data")
    case .wrongNormalization, .wrongPixelMean, .normalizationMissing, .noOutput, .nothingToTrainOn,
      .noLabels:
      self.init("\(error)")
    }
  }
}
