import TestSupport
import Testing

@testable import TensorFiles

/// What PyTorch itself wrote; make_torch_fixtures.py is what made it.
struct TorchTests {
  private static let values = (0..<6).map { Float($0) / 4 - 0.5 }

  @Test(arguments: ["torch/zip.pt", "torch/legacy.pth"])
  func readsWhatPyTorchWrote(name: String) throws {
    let file = try TensorFileReader.open(try fixture(name))
    #expect(type(of: file).format == "PyTorch checkpoint")
    #expect(file.unreadable.map(\.name) == ["expanded"])
    for (tensor, type) in [
      ("float", "F32"), ("half", "F16"), ("bfloat", "BF16"), ("double", "F64"),
    ] {
      let stored = try #require(file[tensor])
      #expect(stored.type.name == type)
      #expect(stored.shape == [2, 3])
      #expect(try file.values(of: stored) == Self.values)
    }
    for (tensor, type) in [("long", "I64"), ("int", "I32"), ("short", "I16"), ("byte", "U8")] {
      let stored = try #require(file[tensor])
      #expect(stored.type.name == type)
      #expect(try file.values(of: stored) == [0, 1, 2, 3, 4, 5])
    }
    #expect(try file.values(of: #require(file["flags"])) == [1, 0, 1])
    #expect(try file.values(of: #require(file["scalar"])) == [2.5])
    #expect(try #require(file["scalar"]).shape == [])
    #expect(try file.values(of: #require(file["empty"])) == [])
    #expect(try file.values(of: #require(file["parameter"])) == Self.values)
  }

  /// Views of one storage: the transpose, a column, the last row.
  @Test(arguments: ["torch/zip.pt", "torch/legacy.pth"])
  func readsViewsInTheOrderOfTheirIndices(name: String) throws {
    let file = try TensorFileReader.open(try fixture(name))
    let transposed = try #require(file["transposed"])
    #expect(transposed.shape == [3, 2])
    #expect(try file.values(of: transposed) == [-0.5, 0.25, -0.25, 0.5, 0, 0.75])
    #expect(try file.values(of: #require(file["column"])) == [-0.25, 0.5])
    #expect(try file.values(of: #require(file["row"])) == [0.25, 0.5, 0.75])
  }

  @Test func namesTensorsByTheKeysThatLeadToThem() throws {
    let file = try TensorFileReader.open(try fixture("torch/nested.pt"))
    #expect(
      file.tensors.map(\.name) == [
        "state_dict.module.weight", "state_dict.module.bias", "optimizer.state.0.exp_avg",
        "list.0", "list.1",
      ])
    #expect(file.metadata("epoch") == "7")
    #expect(file.metadata("note") == "trained at night")
  }

  @Test func refusesATorchScriptProgramByName() throws {
    let path = try fixture("torch/script.pt")
    #expect(throws: ReadError.format(path: path, TorchError.torchScript)) {
      try TensorFileReader.open(path)
    }
  }

  @Test func refusesAPickledModuleByTheNameOfItsClass() throws {
    let directory = try TemporaryDirectory()
    // The older layout names the class by a reference with its source text.
    var legacy = TorchBuilder([], storages: [])
    legacy.pickle =
      Pickle.proto + [0x28] + Pickle.text("module")
      + Pickle.global("torch.nn.modules.linear", "Linear") + Pickle.text("linear.py")
      + Pickle.text("class Linear:") + [0x74, 0x51] + Pickle.emptyTuple + [0x81, 0x7D, 0x62, 0x2E]
    for path in [try fixture("torch/module.pt"), try directory.write("x", legacy.legacy())] {
      #expect(
        throws: ReadError.format(
          path: path, TorchError.object(name: "torch.nn.modules.linear.Linear"))
      ) { try TensorFileReader.open(path) }
    }
  }

  @Test func readsTheOtherByteOrder() throws {
    let directory = try TemporaryDirectory()
    var builder = TorchBuilder(
      [.init("a", [2])],
      storages: [("0", [Float(1.5), -2].flatMap { le($0.bitPattern.byteSwapped) })])
    builder.byteOrder = "big"
    let file = try TensorFileReader.open(directory.write("x", builder.archive.bytes))
    #expect(try file.values(of: file.tensors[0]) == [1.5, -2])
  }

  /// PyTorch ends its archives with a record of 64-bit sizes that nothing needs.
  @Test func readsA64BitEndThatNothingNeeds() throws {
    let directory = try TemporaryDirectory()
    var archive = TorchBuilder.matrix([1, 2], [2]).archive
    archive.isWide = true
    let count = archive.members.count
    archive.entries = UInt16(count)
    let narrow = TorchBuilder.matrix([1, 2], [2]).archive.bytes
    // The end record's fields are as in the archive without the 64-bit record.
    var bytes = archive.bytes
    bytes.replaceSubrange(bytes.count - 14..<bytes.count, with: narrow.suffix(14))
    let file = try TensorFileReader.open(directory.write("x", bytes))
    #expect(try file.values(of: file.tensors[0]) == [1, 2])
  }

  /// PyTorch reads its archives by their directory, and so are those that fill in the headers in another way.
  @Test func takesSizesAndMethodsFromTheDirectory() throws {
    let directory = try TemporaryDirectory()
    var archive = TorchBuilder.matrix([1, 2], [2]).archive
    for index in archive.members.indices {
      archive.members[index].flags = 0x808
      archive.members[index].localFlags = 0
      archive.members[index].localMethod = 0x808
      archive.members[index].localChecksum = 0
      archive.members[index].localCount = 0
      archive.members[index].localPackedCount = 0
    }
    let file = try TensorFileReader.open(directory.write("x", archive.bytes))
    #expect(try file.values(of: file.tensors[0]) == [1, 2])
  }
}
