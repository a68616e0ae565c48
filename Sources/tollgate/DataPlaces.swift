import ExplorerUI
import HighwayNetworks
import TensorFiles

extension ModelData {
  /// Opens a data set for a network: the one that is named, or the one that it was trained on, where that comes with
  /// the program or the system.
  ///
  /// - Throws: ``ModelDataError``.
  init(named place: DataPlace?, for model: ModelSource) throws(ModelDataError) {
    if let place {
      try self.init(place, for: model)
    } else {
      let name = model.dataName
      try self.init(
        for: model,
        in: name.map { ModelLocation.dataDirectories(name: $0, near: model.path) } ?? [])
    }
  }
}

extension ModelData {
  /// What is odd about a data set for a model; nil for nothing.
  func note(for model: ModelSource) -> String? {
    let name = set.name.excerpt
    if set.isTakenAsItIs, let own = model.normalization, own != Normalization() {
      return "\(name): its numbers are taken as they are; what the model does to pixels "
        + "(\(own.words)) is not done to them"
    }
    if set.isNumberedByNames, let own = model.classNames, own != set.classNames {
      func list(_ names: [String]) -> String {
        names.prefix(3).map(\.excerpt).joined(separator: ", ") + (names.count > 3 ? " …" : "")
      }
      return
        "\(name): its classes are numbered by their names in order (\(list(set.classNames))), which may not "
        + "be the network's (\(list(own)))"
    }
    return nil
  }
}

extension Normalization {
  /// What is done to a pixel, for a person.
  fileprivate var words: String {
    let list = zip(mean, std).prefix(3).map { "(pixel / 255 − \($0)) / \($1)" }
    return list.joined(separator: ", ") + (mean.count > 3 ? " …" : "")
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
    _ place: DataPlace, name: String? = nil, unit: TextUnit = .words
  ) throws -> DataSet {
    let set = try DataSet.open(place, name: name, unit: unit)
    guard set.train.count > 0 else {
      throw Failure("\(place.path.printablePath): the data set has no training images")
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
    case .wrongNormalization, .wrongPixelMean, .normalizationMissing, .takenAsItIs, .noOutput,
      .nothingToTrainOn, .noLabels:
      self.init("\(error)")
    }
  }
}
