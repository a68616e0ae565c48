import TensorFiles

/// A file with one array of vectors, `[examples, features]`, and labels where they are known.
///
/// The vectors are any floating-point numbers and reach the network as they are.
struct VectorFile: DataSetReader {
  static let expectation =
    "vectors, [examples, features], as floating-point numbers in .npy, .npz, .safetensors or HDF5"

  /// The most values that are read.
  private static let maximumCount = 1 << 30
  private static let labelNames: Set<String> = ["labels", "label", "y", "classes", "targets"]

  let format: String
  let files: [String]
  let namesClasses = false
  private let file: any TensorFile
  private let vectors: StoredTensor
  private let labels: StoredTensor?

  init?(_ location: DataSetLocation) throws(DataError) {
    do throws(ReadError) {
      guard !location.isDirectory,
        let format = try TensorFileReader.format(location.prefix, at: location.path),
        format != TorchFile.self, format != SafetensorsIndex.self
      else { return nil }
      let file = try format.init(location.path)
      let labels = file.tensors.filter { Self.labelNames.contains($0.name.lowercased()) }
      let others = file.tensors.filter { tensor in !labels.contains { $0.name == tensor.name } }
      // A file of many arrays is a network's; a single weight is not told from vectors, nor need it be.
      guard labels.count <= 1, others.count == 1, let vectors = others.first,
        vectors.type.isReal, vectors.shape.count == 2, vectors.shape[0] > 0, vectors.shape[1] > 0
      else { return nil }
      self.format = "vectors in a " + format.format
      self.file = file
      self.vectors = vectors
      self.labels = labels.first
      files = [location.path]
    } catch {
      throw DataError(error)
    }
  }

  func read(name: String?) throws(DataError) -> DataSet {
    let (count, features) = (vectors.shape[0], vectors.shape[1])
    for (name, error) in file.unreadable where Self.labelNames.contains(name.lowercased()) {
      throw DataError(error)
    }
    let array = StoredArray(file: file, tensor: vectors)
    guard vectors.count <= Self.maximumCount else {
      throw .tooLarge(path: array.path, limit: Self.maximumCount, found: "\(vectors.count) values")
    }
    let values: [Float]
    do { values = try file.values(of: vectors) } catch { throw DataError(error) }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .element(
        path: array.path, array: array.name, index: index, expected: "a finite number",
        found: "\(values[index])")
    }
    var classes: ClassLabels?
    var remarks: [DataRemark] = []
    if let labels {
      let array = try LabelArray(StoredArray(file: file, tensor: labels))
      guard array.count == count else {
        throw .countsDiffer(path: file.path, images: count, labels: array.count)
      }
      classes = try array.labels()
      if let form = array.form {
        remarks.append(DataRemark("labels", "\(labels.name.excerpt): \(form)"))
      }
    }
    let part = DataSetParts.Part(
      split: DataSet.Split(vectors: values, count: count, labels: classes?.values),
      shape: Shape(features: features), labelPath: file.path, labelNames: classes?.names)
    return try DataSetParts(test: part, remarks: remarks).assembled(
      name: name ?? DataSetFamily.name(ofPath: file.path), path: file.path)
  }
}
