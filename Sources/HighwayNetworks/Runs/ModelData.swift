import TensorFiles

/// A data set that a network can run over, and how its pixels become the network's inputs.
public struct ModelData: Sendable {
  /// The images and labels.
  public let set: DataSet
  /// How pixels become inputs.
  public let normalization: Normalization
  /// Where the data set was opened.
  public let place: DataPlace

  /// The path where it was opened.
  public var path: String { place.path }

  /// Takes a data set for a network.
  ///
  /// - Throws: ``SamplesError`` where the network cannot have such images.
  public init(
    _ set: DataSet, at place: DataPlace, for architecture: Architecture,
    normalization: Normalization
  ) throws(SamplesError) {
    try Samples.check(set, for: architecture, normalization: normalization)
    self.set = set
    self.place = place
    self.normalization = normalization
  }

  /// Opens the data set at a path for a model; pixels are divided by 255 where nothing says otherwise.
  ///
  /// - Throws: ``ModelDataError`` where there is none or it does not fit.
  public init(_ path: String, for model: ModelSource) throws(ModelDataError) {
    try self.init(DataPlace(path), for: model)
  }

  /// Opens the data set at a place for a model: as a choice says or, where none was made, as the model was trained.
  ///
  /// - Throws: ``ModelDataError`` where there is none or it does not fit.
  public init(_ place: DataPlace, for model: ModelSource) throws(ModelDataError) {
    var place = place
    if model.description?.data?.choice.transposes == true { place.choice.transposes = true }
    let set: DataSet
    do { set = try DataSet.open(place, unit: model.textUnit) } catch { throw .unreadable(error) }
    try self.init(set, place, model)
  }

  /// Looks for the data set that a model was trained on: the first place with both splits, else the first with
  /// a part of it.
  ///
  /// - Throws: ``ModelDataError`` where it is in none of the places, cannot be read or does not fit.
  public init(for model: ModelSource, in places: [String]) throws(ModelDataError) {
    guard let name = model.dataName else { throw .unnamed }
    var partial: (set: DataSet, place: DataPlace)?
    for path in places {
      let place = DataPlace(path, choice: model.description?.data?.choice ?? DataChoice())
      let set: DataSet
      do { set = try DataSet.open(place, name: name, unit: model.textUnit) } catch {
        throw .unreadable(error)
      }
      if set.train.count > 0 && set.test.count > 0 {
        try self.init(set, place, model)
        return
      }
      partial = partial ?? (set, place)
    }
    guard let partial else { throw .missing(name: name) }
    try self.init(partial.set, partial.place, model)
  }

  private init(
    _ set: DataSet, _ place: DataPlace, _ model: ModelSource
  ) throws(ModelDataError) {
    do throws(SamplesError) {
      let asked = place.choice.normalization
      if set.isTakenAsItIs, asked != nil { throw .takenAsItIs(data: set.name) }
      try self.init(
        set.encoded(for: model.architecture, model.vocabulary).numbered(by: model.classNames),
        at: place, for: model.architecture,
        normalization: set.isTakenAsItIs
          ? Normalization() : asked ?? model.normalization ?? Normalization())
    } catch {
      throw .unfit(error)
    }
  }

  /// The samples of a part of the data set, all of them or the first.
  public func samples(_ split: DataSet.Split, first count: Int? = nil) -> Samples {
    Samples(split, shape: set.shape, normalization: normalization, first: count)
  }
}

/// Why there is no data set for a model.
public enum ModelDataError: Error, Hashable, Sendable {
  /// The model does not say what it was trained on.
  case unnamed
  /// The data set that it was trained on is in none of the places.
  case missing(name: String)
  /// What is there cannot be read.
  case unreadable(DataError)
  /// What is there does not fit the network.
  case unfit(SamplesError)
}

extension ModelDataError: CustomStringConvertible {
  /// What is missing or wrong.
  public var description: String {
    switch self {
    case .unnamed: "the model does not say what it was trained on"
    case .missing(let name): "the data set \(name.excerpt) is not here"
    case .unreadable(let error): error.description
    case .unfit(let error): error.description
    }
  }
}
