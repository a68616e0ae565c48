import TestSupport
import Testing

@testable import TensorFiles

/// Files that h5py wrote, by `make_hdf5_fixtures.py`.
struct HDF5Tests {
  private let values: [Float] = [-0.5, -0.25, 0, 0.25, 0.5, 0.75]

  private func open(_ name: String) throws -> any TensorFile {
    try TensorFileReader.open(try fixture("hdf5/" + name))
  }

  private func values(_ name: String, in file: any TensorFile) throws -> [Float] {
    try file.values(of: try #require(file[name]))
  }

  @Test(arguments: ["little", "big"])
  func readsNumbersOfEitherByteOrder(order: String) throws {
    let file = try open("types.h5")
    for kind in ["f2", "f4", "f8"] {
      #expect(try values("\(order)/\(kind)", in: file) == values)
      #expect(file["\(order)/\(kind)"]?.shape == [2, 3])
    }
    for kind in ["i1", "i2", "i4", "i8"] {
      #expect(try values("\(order)/\(kind)", in: file) == [-2, -1, 0, 1, 2, 3])
    }
    for kind in ["u1", "u2", "u4", "u8"] {
      #expect(try values("\(order)/\(kind)", in: file) == [0, 1, 2, 3, 4, 5])
    }
  }

  @Test func readsWhatIsInChunksOrCompressed() throws {
    let file = try open("types.h5")
    #expect(try values("packed", in: file) == (0..<50).flatMap { _ in values })
    #expect(file["packed"]?.shape == [100, 3])
    #expect(try values("chunked", in: file) == values)
  }

  @Test func readsSingleValuesAndNone() throws {
    let file = try open("types.h5")
    #expect(try values("scalar", in: file) == [2.5])
    #expect(file["scalar"]?.shape == [])
    #expect(try values("empty", in: file) == [])
    #expect(file["empty"]?.shape == [0, 3])
  }

  @Test func takesTextsAndFlagsForNoNumbers() throws {
    let file = try open("types.h5")
    for name in ["text", "flags"] {
      let tensor = try #require(file[name])
      #expect(!tensor.type.isNumber)
      #expect(throws: ReadError.self) { try file.values(of: tensor) }
    }
  }

  @Test func ordersWeightsAsKerasOrdersItsLayers() throws {
    let file = try open("keras.h5")
    #expect(
      file.tensors.map(\.name) == [
        "second/second/kernel:0", "second/second/bias:0", "first/first/kernel:0",
        "first/first/bias:0",
      ])
    #expect(file.metadata("keras_version") == "2.2.4")
    #expect(file.metadata("backend") == "tensorflow")
    #expect(try values("first/first/bias:0", in: file) == [1, 1, 1])
  }

  @Test(arguments: ["stored.keras", "deflated.keras"])
  func readsTheWeightsInAnArchiveOfKeras(name: String) throws {
    let file = try open(name)
    #expect(file is KerasArchive)
    #expect(file.tensors.map(\.name) == ["layers/dense/vars/0", "layers/dense/vars/1"])
    #expect(try values("layers/dense/vars/0", in: file) == values)
    #expect(try values("layers/dense/vars/1", in: file) == [0, 1, 2])
    #expect(file.metadata("model_config") == #"{"class_name": "Sequential"}"#)
  }
}
