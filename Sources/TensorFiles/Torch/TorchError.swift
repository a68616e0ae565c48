/// A way in which a PyTorch checkpoint is wrong, or more than is read of one.
public enum TorchError: FormatError {
  /// The pickle, or the data behind it, ends too early.
  case cutOff
  /// The pickle is larger than what is read.
  case pickleTooLarge
  /// The pickle makes more values than are read.
  case tooManyValues(limit: Int)
  /// The pickle uses an instruction that is not read.
  case instruction(UInt8, at: Int)
  /// The pickle takes something from an empty stack, or from a mark that is not there.
  case stack(at: Int)
  /// The pickle refers to something that it did not keep.
  case memo(index: Int)
  /// The pickle changes something of a kind that cannot be changed so.
  case wrongTarget(instruction: String, found: String)
  /// A text is not UTF-8.
  case text
  /// Containers stand in each other deeper than is read.
  case tooDeep(limit: Int)
  /// A tensor's name is longer than is read.
  case nameTooLong
  /// There are more tensors than are read.
  case tooManyTensors(limit: Int)
  /// Two tensors have the same name.
  case duplicateName(String)
  /// A reference to tensor data is not made as PyTorch makes it.
  case storage(detail: String)
  /// A tensor is not made as PyTorch makes it.
  case tensor(detail: String)
  /// A tensor reaches beyond its storage.
  case beyondStorage(offset: Int, shape: [Int], strides: [Int], count: Int)
  /// Elements of a tensor share memory, as those of an expanded one do.
  case overlap(shape: [Int], strides: [Int])
  /// A storage is not in the file.
  case missingStorage(key: String)
  /// A storage has another size than the pickle says.
  case storageSize(key: String, expected: Int, found: Int)
  /// A storage is compressed, which PyTorch never does.
  case compressed(key: String)
  /// The order of bytes is neither `little` nor `big`.
  case byteOrder(String)
  /// The file was written on a machine of another byte order before PyTorch noted it.
  case bigEndian
  /// The version of the format is not known.
  case version(Int)
  /// The archive has several folders with a pickle each.
  case severalPickles([String])
  /// Tensors share their data so often that reading them would take many times the file.
  case sharedTooOften(bytes: Int, limit: Int)
  /// The file is a program.
  case torchScript
  /// The file holds a Python object in place of named tensors.
  case object(name: String)
}

extension TorchError {
  /// What is wrong, what was expected and what was found.
  public var description: String {
    switch self {
    case .cutOff: "the PyTorch file is cut off"
    case .pickleTooLarge: "a pickle of more than \(PickleSource.maximumCount) bytes is not read"
    case .tooManyValues(let limit): "a pickle of more than \(limit) values is not read"
    case .instruction(let code, let position):
      "the pickle has instruction 0x\(String(code, radix: 16)) at byte \(position), which PyTorch does not write"
    case .stack(let position):
      "the pickle takes more from its stack than is there, at byte \(position)"
    case .memo(let index): "the pickle refers to value \(index), which it did not keep"
    case .wrongTarget(let instruction, let found):
      "the pickle applies \(instruction) to \(found.excerpt)"
    case .text: "a text in the pickle is not UTF-8"
    case .tooDeep(let limit): "tensors stand in more than \(limit) containers in each other"
    case .nameTooLong: "a tensor's name is too long"
    case .tooManyTensors(let limit): "more than \(limit) tensors are not read"
    case .duplicateName(let name): "two tensors are called \"\(name.excerpt)\""
    case .storage(let detail): "a reference to tensor data is wrong: \(detail.excerpt)"
    case .tensor(let detail): "a tensor is wrong: \(detail.excerpt)"
    case .beyondStorage(let offset, let shape, let strides, let count):
      "a tensor of shape \(StoredTensor.text(of: shape)) and strides \(StoredTensor.text(of: strides)) "
        + "from element \(offset) on reaches beyond its storage of \(count) elements"
    case .overlap(let shape, let strides):
      "a tensor of shape \(StoredTensor.text(of: shape)) and strides \(StoredTensor.text(of: strides)) "
        + "repeats elements; save it with .contiguous()"
    case .missingStorage(let key): "the data \"\(key.excerpt)\" of a tensor is not in the file"
    case .storageSize(let key, let expected, let found):
      "the data \"\(key.excerpt)\" should have \(expected) bytes, but has \(found)"
    case .compressed(let key):
      "the data \"\(key.excerpt)\" is compressed, which PyTorch does not do; save the file again with torch.save"
    case .byteOrder(let found): "expected byte order little or big, found \"\(found.excerpt)\""
    case .bigEndian: "written on a big-endian machine; save it again with a newer PyTorch"
    case .version(let found): "expected protocol 1001 of PyTorch's older format, found \(found)"
    case .severalPickles(let names):
      "more than one data.pkl in the archive: "
        + names.prefix(4).map(\.excerpt).joined(separator: ", ")
    case .sharedTooOften(let bytes, let limit):
      "tensors share their data: they would take \(bytes) bytes, and at most \(limit) are read of such a file"
    case .torchScript:
      "a TorchScript program, which is not run; in Python: "
        + "torch.save(torch.jit.load(FILE).state_dict(), OUT)"
    case .object(let name):
      "holds a Python object (\(name.excerpt)), not named tensors; where you trust the file, in Python: "
        + "torch.save(torch.load(FILE, weights_only=False).state_dict(), OUT)"
    }
  }
}
