extension DataSet {
  /// Whether classes have no numbers but those that follow from the order of their names.
  package var isNumberedByNames: Bool { remarks.contains(.numberedByNames) }

  /// The same with the classes numbered as in a list of names, where each of them is in it.
  func numbered(by names: [String]?) -> DataSet {
    guard let names, names != classNames, Set(names).count == names.count,
      [train, test].allSatisfy({ $0.lengths == nil })
    else { return self }
    let places = classNames.compactMap { name in names.firstIndex(of: name).map { Int32($0) } }
    guard !places.isEmpty, places.count == classNames.count else { return self }
    func numbered(_ split: Split) -> Split {
      split.labels.map { split.labelled($0.map { places[Int($0)] }) } ?? split
    }
    return DataSet(
      name: name, shape: shape, classNames: names, train: numbered(train), test: numbered(test),
      remarks: remarks.filter { $0 != .numberedByNames })
  }
}
