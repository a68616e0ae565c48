import TensorFiles

/// A directory with a directory of PNG files for each class, or with those of training and of testing.
struct PictureFolders: DataSetReader {
  /// The pictures of a class.
  private struct Folder {
    let path: String
    let name: String
    /// The names of the files, sorted.
    let pictures: [String]
  }

  static let expectation =
    "a directory with a directory of .png files for each class, or with train and test that hold those"

  /// The most pictures of a data set.
  private static let mostPictures = 1 << 24
  private static let trainNames = ["train", "training"]
  private static let testNames = ["test", "testing", "val", "valid", "validation"]

  let format = "PNG files, a directory a class"
  let namesClasses = true
  private let path: String
  private let train: [Folder]
  private let test: [Folder]

  var files: [String] {
    (train + test).flatMap { folder in folder.pictures.map { folder.path + "/" + $0 } }
  }

  init?(_ location: DataSetLocation) throws(DataError) {
    guard location.isDirectory else { return nil }
    let directory = try location.directory()
    path = directory.path
    func folders(_ names: [String]) throws(DataError) -> [Folder] {
      let found = names.filter(directory.names.contains)
      return try found.first.map { name throws(DataError) in
        try Self.folders(in: directory.path + "/" + name)
      } ?? []
    }
    let (train, test) = (try folders(Self.trainNames), try folders(Self.testNames))
    self.train = train.isEmpty && test.isEmpty ? try Self.folders(in: directory.path) : train
    self.test = test
    if self.train.isEmpty && test.isEmpty { return nil }
  }

  /// The directories in a directory that hold PNG files.
  private static func folders(in path: String) throws(DataError) -> [Folder] {
    guard Directory.exists(path) else { return [] }
    var folders: [Folder] = []
    for name in try DataSetLocation.listing(path).names.sorted() {
      let place = path + "/" + name
      guard !name.hasPrefix("."), Directory.exists(place) else { continue }
      let pictures = try DataSetLocation.listing(place).names.filter {
        $0.lowercased().hasSuffix(".png") && !$0.hasPrefix(".")
      }.sorted()
      guard !pictures.isEmpty else { continue }
      guard folders.count < ClassLabels.mostClasses else {
        throw .classNames(
          path: path, expected: "at most \(ClassLabels.mostClasses) directories with .png files",
          found: "more")
      }
      folders.append(Folder(path: place, name: name, pictures: pictures))
    }
    return folders
  }

  func read(name: String?) throws(DataError) -> DataSet {
    guard (train + test).reduce(0, { $0 + $1.pictures.count }) <= Self.mostPictures else {
      throw .ambiguous(path: path, found: ["more than \(Self.mostPictures) pictures"])
    }
    let files = [try Self.open(train), try Self.open(test)]
    guard let first = (files[0] + files[1]).first else { throw .noExamples(path: path) }
    // All headers are looked at before there is room for any pixel.
    let channels = files.joined().contains { $0.header.isColored } ? 3 : 1
    let (height, width) = (first.header.height, first.header.width)
    for file in files.joined()
    where (file.header.height, file.header.width) != (height, width) {
      throw .picture(
        path: file.path, expected: "\(width)×\(height) pixels as of \(first.path.excerpt)",
        found: "\(file.header.width)×\(file.header.height)")
    }
    let all = files[0].count + files[1].count
    guard all * height * width * channels <= ImageArray.maximumCount else {
      throw .imageSize(
        path: path, expected: "at most \(ImageArray.maximumCount) pixels in all",
        found: "\(all) pictures of \(width)×\(height)")
    }
    let shape = Shape.image(channels: channels, height: height, width: width)
    func part(
      _ folders: [Folder], _ files: [PNGFile]
    ) throws(DataError) -> DataSetParts.Part? {
      guard !folders.isEmpty else { return nil }
      var pixels: [UInt8] = []
      for file in files { pixels += try file.pixels(channels: channels) }
      let places = Self.order(folders).map { Int32($0.folder) }
      let labels = ClassLabels(places, of: folders.map(\.name))
      return DataSetParts.Part(
        split: DataSet.Split(pixels: pixels, labels: labels.values), shape: shape, labelPath: path,
        labelNames: labels.names)
    }
    return try DataSetParts(
      train: try part(train, files[0]), test: try part(test, files[1])
    ).assembled(name: name ?? DataSetFamily.name(ofPath: path), path: path)
  }

  /// The files in the order in which they are read: the first of each directory, then the second, so that the first
  /// so many are of all classes.
  private static func order(_ folders: [Folder]) -> [(folder: Int, picture: Int)] {
    let most = folders.map(\.pictures.count).max() ?? 0
    return (0..<most).flatMap { picture in
      folders.indices.filter { picture < folders[$0].pictures.count }.map { ($0, picture) }
    }
  }

  private static func open(_ folders: [Folder]) throws(DataError) -> [PNGFile] {
    var files: [PNGFile] = []
    for (folder, picture) in order(folders) {
      files.append(try PNGFile(folders[folder].path + "/" + folders[folder].pictures[picture]))
    }
    return files
  }

  /// A fingerprint of each directory: of the names and the bytes of its files in order.
  func fingerprints() throws(DataError) -> [FileFingerprint] {
    var fingerprints: [FileFingerprint] = []
    for folder in train + test {
      var hash = SHA256()
      for picture in folder.pictures {
        do throws(FileError) {
          let file = try FileFingerprint(ofFile: folder.path + "/" + picture)
          hash.update(Array("\(file.sha256)  \(file.name)\n".utf8))
        } catch {
          throw .file(error)
        }
      }
      let outer = Directory.name(of: Directory.parent(of: folder.path))
      fingerprints.append(
        FileFingerprint(
          name: folder.path.hasPrefix(path + "/\(folder.name)")
            ? folder.name : "\(outer)/\(folder.name)", sha256: hash.hexDigest))
    }
    return fingerprints
  }
}
