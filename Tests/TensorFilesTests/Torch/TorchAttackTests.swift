import Libc
import TestSupport
import Testing

@testable import TensorFiles

/// Files that were made to do harm: each ends in an error, and nothing is run or allocated.
struct TorchAttackTests {
  /// Tests run at the same time: each has a directory of its own.
  private let directory = try? TemporaryDirectory(inMemory: true)

  /// The error that opening a file ends with.
  private func failure(_ bytes: [UInt8], reading: Bool = false) throws -> TorchError? {
    let path = try #require(directory).write("x.pt", bytes)
    do {
      let file = try TensorFileReader.open(path)
      if reading { for tensor in file.tensors { _ = try file.values(of: tensor) } }
      return nil
    } catch ReadError.format(_, let error as TorchError) {
      return error
    }
  }

  private func archive(
    _ change: (inout TorchBuilder.Tensor) -> Void
  ) -> [UInt8] {
    var builder = TorchBuilder.matrix([1, 2, 3, 4], [2, 2])
    change(&builder.tensors[0])
    return builder.archive.bytes
  }

  private func archive(pickle: [UInt8]) -> [UInt8] {
    var builder = TorchBuilder.matrix([1, 2, 3, 4], [2, 2])
    builder.pickle = Pickle.proto + pickle + [0x2E]
    return builder.archive.bytes
  }

  private let right = TorchBuilder.matrix([1, 2, 3, 4], [2, 2]).tensors[0]

  @Test func runsNothingThatAPickleCalls() throws {
    let target = try #require(directory).at("made-by-the-pickle")
    let calls = [("os", "system"), ("posix", "system"), ("builtins", "exec"), ("torch", "load")]
    for (module, name) in calls {
      let pickle =
        Pickle.global(module, name) + Pickle.text("touch \(target)") + [0x85, 0x52]
      #expect(try failure(archive(pickle: pickle)) == .object(name: "\(module).\(name)"))
    }
    #expect(unsafe access(target.systemPath, F_OK) != 0)
  }

  /// CVE-2026-24747: the pickle says more elements than the record has.
  @Test func refusesAStorageOfAnotherSizeThanThePickleSays() throws {
    for count in [5, 3, 1 << 40] {
      let bytes = archive {
        $0.count = count
        $0.shape = [3]
        $0.strides = [1]
      }
      #expect(
        try failure(bytes) == .storageSize(key: "0", expected: 4 * count, found: 16))
    }
    var builder = TorchBuilder.matrix([1, 2, 3, 4], [2, 2])
    builder.tensors[0].count = 5
    #expect(
      try failure(builder.legacy()) == .storageSize(key: "0", expected: 20, found: 16))
  }

  /// CVE-2026-24747: entries are set in something that is no dictionary.
  @Test func refusesEntriesOfWhatIsNoDictionary() throws {
    let entry = Pickle.text("a") + Pickle.integer(1) + [0x73]
    for (target, found) in [
      (Pickle.emptyTuple, "a tuple"), ([0x5D], "a list"), (TorchBuilder.pickle(right), "a tensor"),
      (Pickle.integer(1), "a plain value"),
    ] {
      #expect(
        try failure(archive(pickle: target + entry))
          == .wrongTarget(instruction: "SETITEM", found: found))
    }
  }

  @Test func refusesElementsAppendedToWhatIsNoList() throws {
    let pickle = [0x7D] + Pickle.integer(1) + [0x61]
    #expect(
      try failure(archive(pickle: pickle))
        == .wrongTarget(instruction: "APPEND", found: "a dictionary"))
  }

  @Test func refusesATensorBeyondItsStorage() throws {
    for (offset, shape, strides) in [
      (1, [2, 2], [2, 1]), (0, [2, 2], [3, 1]), (0, [5], [1]), (.max, [1], [1]),
      (0, [.max, .max], [1, 1]), (0, [1 << 32, 1 << 32], [0, 0]), (0, [2, 2], [.max, .max]),
    ] {
      let bytes = archive {
        $0.offset = offset
        $0.shape = shape
        $0.strides = strides
      }
      #expect(
        try failure(bytes)
          == .beyondStorage(offset: offset, shape: shape, strides: strides, count: 4))
    }
  }

  /// Four bytes that say they are 10¹² elements.
  @Test func refusesAStrideOfZero() throws {
    let bytes = archive {
      $0.shape = [1 << 40]
      $0.strides = [0]
    }
    #expect(try failure(bytes) == .overlap(shape: [1 << 40], strides: [0]))
  }

  /// One storage under a thousand names.
  @Test func refusesDataThatIsSharedTooOften() throws {
    let values = [Float](repeating: 0, count: 10_000)
    var builder = TorchBuilder.matrix(values, [100, 100])
    let one = builder.tensors[0]
    builder.tensors = (0..<1_000).map {
      var tensor = one
      tensor.name = "\($0)"
      return tensor
    }
    guard case .sharedTooOften = try failure(builder.archive.bytes) else {
      Issue.record("opened")
      return
    }
  }

  @Test func refusesElementsThatOverlap() throws {
    let bytes = archive {
      $0.shape = [3, 2]
      $0.strides = [1, 1]
    }
    #expect(try failure(bytes) == .overlap(shape: [3, 2], strides: [1, 1]))
  }

  @Test func refusesNegativeSizes() throws {
    for change in [
      { (tensor: inout TorchBuilder.Tensor) in tensor.offset = -1 },
      { tensor in tensor.shape = [-2, -2] }, { tensor in tensor.strides = [-1, 1] },
    ] {
      #expect(
        try failure(archive(change)) == .tensor(detail: "a negative offset, extent or stride"))
    }
    #expect(try failure(archive { $0.count = -1 }) == .storage(detail: "-1 elements"))
  }

  @Test func refusesATensorOfTooManyExtents() throws {
    let bytes = archive {
      $0.shape = [Int](repeating: 1, count: 65)
      $0.strides = $0.shape
    }
    #expect(try failure(bytes) == .tensor(detail: "65 extents and 65 strides"))
  }

  @Test func refusesAStorageThatIsNotThere() throws {
    #expect(try failure(archive { $0.storage = "../0" }) == .missingStorage(key: "../0"))
  }

  @Test func refusesAnUnknownKindOfStorage() throws {
    #expect(
      try failure(archive { $0.type = "EvilStorage" })
        == .storage(detail: "elements of torch.EvilStorage"))
  }

  /// A dictionary and a list that hold themselves.
  @Test func endsWhereContainersHoldThemselves() throws {
    let dictionary =
      [0x7D, 0x71, 0] + Pickle.text("self") + [0x68, 0, 0x73] + Pickle.text("weight")
      + TorchBuilder.pickle(right) + [0x73]
    let list = [0x5D, 0x71, 0, 0x68, 0, 0x61] + TorchBuilder.pickle(right) + [0x61]
    for pickle in [dictionary, list] {
      let path = try #require(directory).write("x.pt", archive(pickle: pickle))
      #expect(try TensorFileReader.open(path).tensors.count == 1)
    }
  }

  /// Each tuple holds the one before it twice: 2⁶⁰ ways through a hundred bytes.
  @Test func endsWhereContainersAreShared() throws {
    var pickle = TorchBuilder.pickle(right) + [0x85]
    for _ in 0..<20 { pickle += [0x32, 0x86] }
    let path = try #require(directory).write("x.pt", archive(pickle: pickle))
    #expect(try TensorFileReader.open(path).tensors.count == 1)
  }

  @Test func refusesContainersThatAreTooDeep() throws {
    let deep = TorchBuilder.pickle(right) + [UInt8](repeating: 0x85, count: 100_000)
    #expect(try failure(archive(pickle: deep)) == .tooDeep(limit: TorchContents.maximumDepth))
  }

  @Test(
    arguments: [
      [0x52], [0x85], [0x74], [0x28, 0x74, 0x61], [0x28, 0x30], [0x71, 0], [0x73], [0x51], [0x75],
      [0x62], [0x81], [0x32], [0x93],
    ] as [[UInt8]])
  func refusesToTakeFromAnEmptyStack(pickle: [UInt8]) throws {
    guard case .stack = try failure(archive(pickle: pickle)) else {
      Issue.record("\(pickle)")
      return
    }
  }

  @Test func refusesWhatTheMemoDoesNotHold() throws {
    #expect(try failure(archive(pickle: [0x68, 3])) == .memo(index: 3))
    #expect(
      try failure(archive(pickle: [0x6A, 0xFF, 0xFF, 0xFF, 0xFF])) == .memo(index: 0xFFFF_FFFF))
  }

  /// Instructions that PyTorch does not write: INST, OBJ, PERSID, EXT1.
  @Test(arguments: [0x69, 0x6F, 0x50, 0x82, 0xFF] as [UInt8])
  func refusesOtherInstructions(code: UInt8) throws {
    #expect(try failure(archive(pickle: [code])) == .instruction(code, at: 2))
  }

  @Test func believesNoLengthOfAText() throws {
    #expect(
      try failure(archive(pickle: [0x58, 0xFF, 0xFF, 0xFF, 0x7F])) == .pickleTooLarge)
    #expect(try failure(archive(pickle: [0x58, 0xFF, 0xFF, 0, 0])) == .cutOff)
    #expect(
      try failure(archive(pickle: [0x8D] + [UInt8](repeating: 0xFF, count: 8))) == .pickleTooLarge)
  }

  @Test func refusesNamesThatAreTooLong() throws {
    let name = String(repeating: "a", count: 1_025)
    #expect(try failure(archive { $0.name = name }) == .nameTooLong)
  }

  @Test func refusesTwoTensorsOfOneName() throws {
    let tensor = TorchBuilder.pickle(right)
    let pickle =
      [0x7D] + Pickle.text("a.b") + tensor + [0x73] + Pickle.text("a") + [0x7D]
      + Pickle.text("b") + tensor + [0x73, 0x73]
    #expect(try failure(archive(pickle: pickle)) == .duplicateName("a.b"))
  }

  @Test func refusesACompressedStorage() throws {
    var archive = TorchBuilder.matrix([1, 2, 3, 4], [2, 2]).archive
    archive.members[2].method = 8
    #expect(try failure(archive.bytes) == .compressed(key: "0"))
  }

  @Test func refusesAnotherByteOrder() throws {
    var builder = TorchBuilder.matrix([1, 2, 3, 4], [2, 2])
    builder.byteOrder = "middle"
    #expect(try failure(builder.archive.bytes) == .byteOrder("middle"))
    #expect(try failure(builder.legacy(little: false)) == .bigEndian)
  }

  @Test func refusesTwoPickles() throws {
    var builder = TorchBuilder.matrix([1, 2, 3, 4], [2, 2])
    builder.others = [.init("y/data.pkl", [0x2E])]
    #expect(try failure(builder.archive.bytes) == .severalPickles(["x/", "y/"]))
  }

  @Test func refusesAProgram() throws {
    for name in ["x/constants.pkl", "x/code/__torch__.py"] {
      var builder = TorchBuilder.matrix([1, 2, 3, 4], [2, 2])
      builder.others = [.init(name, [])]
      #expect(try failure(builder.archive.bytes) == .torchScript)
    }
  }

  /// A storage whose bytes were changed, which its checksum tells.
  @Test func refusesDamagedData() throws {
    var archive = TorchBuilder.matrix([1, 2, 3, 4], [2, 2]).archive
    archive.members[2].checksum = 7
    let path = try #require(directory).write("x.pt", archive.bytes)
    let file = try TensorFileReader.open(path)
    #expect(throws: ReadError.self) { try file.values(of: file.tensors[0]) }
  }

  @Test func refusesALegacyFileThatIsCutOff() throws {
    let bytes = TorchBuilder.matrix([1, 2, 3, 4], [2, 2]).legacy()
    #expect(try failure(bytes) == nil)
    for count in 15..<bytes.count {
      #expect(try failure(Array(bytes.prefix(count))) == .cutOff, "\(count) bytes")
    }
  }

  @Test func refusesALegacyFileThatClaimsMoreElementsThanThereAre() throws {
    var bytes = TorchBuilder.matrix([1, 2, 3, 4], [2, 2]).legacy()
    for claim in [Int64.max, -1, 5] {
      bytes.replaceSubrange(bytes.count - 24..<bytes.count - 16, with: le(claim))
      #expect(try failure(bytes) == .cutOff)
    }
  }

  @Test func refusesAnotherVersionOfTheLegacyFormat() throws {
    let builder = TorchBuilder.matrix([1, 2, 3, 4], [2, 2])
    #expect(try failure(builder.legacy(version: 7)) == .version(7))
  }
}
