public import TensorFiles

extension DataSet {
  private static let readers: [any DataSetReader.Type] = [
    IDXDirectory.self, CIFARDirectory.self, TimeSeriesFiles.self, NPYDirectory.self,
    SequenceArrays.self, ArrayFile.self, VectorFile.self, CSVFiles.self, PictureFolders.self,
    KingJamesBible.self, TextFiles.self,
  ]

  /// Opens a data set, whose kind is recognised by what is at the path.
  ///
  /// The path is a file or a directory:
  ///
  /// - MNIST's four IDX files, or the two of one split, plain or `.gz`;
  /// - CIFAR-10's or CIFAR-100's binary files, or the directory that holds theirs;
  /// - an `.npz` archive with `x_train`, `y_train`, `x_test`, `y_test`, or those as `.npy` files;
  /// - safetensors with `train.images`, `train.labels`, `test.images`, `test.labels`, or those of the
  ///   archive, or `images` and `labels`; metadata `classes` may name the classes in a JSON list;
  /// - vectors, `[examples, features]`: an `.npy` file of floating-point numbers, or an `.npz` archive, safetensors or HDF5
  ///   file with one such array and, where they are known, `labels` or `y`;
  /// - CSV: a line for each example, numbers and, where it is known, a label; or a directory with two such files, one of
  ///   which has `train` and one `test` in its name;
  /// - a directory with a directory of PNG files for each class, or with those under `train` and `test`;
  /// - sequences, `[examples, steps, features]`, with `lengths`, `[examples]`, and, where they are known, `labels`, one for each
  ///   example or each step, in an `.npz` archive or safetensors file; or those of `_train` and `_test`;
  /// - the text files of a data set of the UEA archive, `NAME_TRAIN.ts` and `NAME_TEST.ts`;
  /// - a text: a `.txt` file in UTF-8, a folder with some, or the King James Bible of Debian's package;
  /// - a directory with one `.npz` archive or one such safetensors file.
  ///
  /// Labels are whole numbers, names, or one-hot rows. Without a name, the path tells what the data set is called.
  ///
  /// - Throws: ``DataError`` where nothing of a known kind is at the path, or what is there is wrong.
  public static func open(_ path: String, name: String? = nil) throws(DataError) -> DataSet {
    try open(DataPlace(path), name: name)
  }

  /// Opens a data set as a choice says; a text is cut into units.
  ///
  /// - Throws: ``DataError`` where nothing of a known kind is at the path, what is there is wrong, or the choice does not
  ///   suit it.
  public static func open(
    _ place: DataPlace, name: String? = nil, unit: TextUnit = .words
  ) throws(DataError) -> DataSet {
    try open(try reader(place), of: place, name: name, unit: unit)
  }

  static func open(
    _ reader: any DataSetReader, of place: DataPlace, name: String? = nil, unit: TextUnit = .words
  ) throws(DataError) -> DataSet {
    let set =
      if let text = reader as? any TextReader {
        try text.read(unit, name: name)
      } else {
        try reader.read(name: name)
      }
    return place.choice.transposes ? try set.transposed(path: place.path) : set
  }

  /// The SHA-256 of each file that holds a data set.
  ///
  /// - Throws: ``DataError`` where nothing of a known kind is at the path, or it cannot be read.
  public static func fingerprints(_ path: String) throws(DataError) -> [FileFingerprint] {
    try reader(DataPlace(path)).fingerprints()
  }

  /// The reader of what is at a path.
  ///
  /// - Throws: ``DataError/notRecognized(path:expected:found:)`` with everything that was looked for.
  static func reader(_ place: DataPlace) throws(DataError) -> any DataSetReader {
    let location = try DataSetLocation(place)
    var found = try reader(of: location)
    if found == nil, location.isDirectory { found = try readerInside(location) }
    guard let reader = found else {
      let expected = readers.map { $0.expectation } + ["a directory with one of these files"]
      throw .notRecognized(
        path: place.path, expected: expected.joined(separator: ", or "),
        found: try location.summary())
    }
    if let column = place.choice.labelColumn, !(reader is CSVFiles) {
      throw .labelColumn(
        path: place.path, expected: "a CSV file, of which a column can be chosen",
        found: "\(column.text.excerpt) for \(reader.format)")
    }
    return reader
  }

  private static func reader(
    of location: DataSetLocation
  ) throws(DataError) -> (any DataSetReader)? {
    for type in readers {
      if let reader = try type.init(location) { return reader }
    }
    return nil
  }

  /// The reader of the one file in a directory that is a data set by itself.
  private static func readerInside(
    _ location: DataSetLocation
  ) throws(DataError) -> (any DataSetReader)? {
    let directory = try location.directory()
    var found: [(name: String, reader: any DataSetReader)] = []
    for name in directory.names.sorted() where isContainer(name) {
      let file = try DataSetLocation(
        DataPlace(directory.path + "/" + name, choice: location.choice))
      guard !file.isDirectory, let reader = try reader(of: file) else { continue }
      found.append((name, reader))
    }
    guard found.count <= 1 else {
      throw .ambiguous(path: location.path, found: found.map(\.name))
    }
    return found.first?.reader
  }

  /// Whether a file of that name may be a data set by itself.
  static func isContainer(_ name: String) -> Bool {
    name.hasSuffix(".npz") || name.hasSuffix(".safetensors")
  }
}
