import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Vectors in files that hold arrays.
struct VectorFileTests {
  private typealias Tensor = SafetensorsContents.Tensor

  private static func floats(_ values: [Float]) -> [UInt8] { values.flatMap { le($0.bitPattern) } }
  private static let vectors = npy(
    npyHeader("<f4", "(2, 3)"), floats([0.5, -2, 300, 1e-3, 0, -7]))
  private static let values: [Float] = [0.5, -2, 300, 1e-3, 0, -7]

  private func open(_ name: String, _ bytes: [UInt8]) throws -> DataSet {
    let directory = try TemporaryDirectory()
    return try DataSet.open(try directory.write(name, bytes))
  }

  @Test func takesVectorsAsTheyAreWithoutLabels() throws {
    let data = try open("words.npy", Self.vectors)
    #expect(data.shape == Shape(features: 3))
    #expect(data.test.vectors == Self.values)
    #expect(data.test.labels == nil)
    #expect(data.classNames.isEmpty)
    #expect(data.name == "words")
  }

  @Test func readsRowsOfColumnMajorArrays() throws {
    let columns = npy(
      npyHeader("<f8", "(2, 3)", fortran: "True"),
      [0.5, 1, -2, 0, 300, -7].flatMap { le(Double($0).bitPattern) })
    #expect(try open("x.npy", columns).test.vectors == [0.5, -2, 300, 1, 0, -7])
  }

  static let labels: [(bytes: [UInt8], labels: [Int32], names: [String])] = [
    (npy(npyHeader("<i8", "(2,)"), le(Int64(1)) + le(Int64(0))), [1, 0], ["class 0", "class 1"]),
    (npy(npyHeader("|u1", "(2, 2)"), [0, 1, 1, 0]), [1, 0], ["class 0", "class 1"]),
    (npy(npyHeader("|S1", "(2,)"), Array("na".utf8)), [1, 0], ["a", "n"]),
  ]

  @Test(arguments: labels)
  func takesLabelsOfAnyFormBesideThem(
    bytes: [UInt8], labels: [Int32], names: [String]
  ) throws {
    let archive = ZipBuilder(members: [.init("x.npy", Self.vectors), .init("y.npy", bytes)])
    let data = try open("x.npz", archive.bytes)
    #expect(data.test.labels == labels)
    #expect(data.classNames == names)
  }

  @Test func readsSafetensors() throws {
    let data = try open(
      "x.safetensors",
      SafetensorsContents(
        tensors: [
          Tensor("embeddings", .f32, [2, 3], Self.floats(Self.values)),
          Tensor("labels", .u8, [2], [3, 0]),
        ], metadata: []
      ).encoded)
    #expect(data.test.vectors == Self.values)
    #expect(data.test.labels == [3, 0])
  }

  @Test func readsHDF5AndRefusesLabelsThatItCannotRead() throws {
    let data = try DataSet.open(fixture("hdf5/vectors.h5"))
    #expect(data.shape == Shape(features: 3))
    #expect(data.test.vectors == [-0.5, -0.25, 0, 0.25, 0.5, 0.75])
    #expect(data.test.labels == [1, 0])
    for (name, words) in [
      ("texts", "array \"labels\": expected numbers or texts"),
      ("filtered-labels", "compressed by filter 32000"),
    ] {
      let error = #expect(throws: DataError.self) {
        try DataSet.open(fixture("hdf5/\(name).h5"))
      }
      #expect(error?.description.contains(words) == true, "\(name)")
    }
  }

  @Test func saysWhichValueIsNotFinite() throws {
    let bad = npy(npyHeader("<f4", "(2, 2)"), Self.floats([0, 1, .infinity, 2]))
    let error = #expect(throws: DataError.self) { try open("x.npy", bad) }
    #expect(error?.description.contains("a finite number, found inf as element 2") == true)
  }

  @Test func saysThatLabelsAreTooFew() throws {
    let archive = ZipBuilder(members: [
      .init("x.npy", Self.vectors), .init("labels.npy", npy(npyHeader("|u1", "(1,)"), [0])),
    ])
    let error = #expect(throws: DataError.self) { try open("x.npz", archive.bytes) }
    #expect(error?.description.contains("2 images but 1 labels") == true)
  }

  /// Files that hold no vectors: other numbers of extents, nothing, whole numbers, two arrays.
  static let others: [[UInt8]] = [
    npy(npyHeader("<f4", "(6,)"), floats(values)),
    npy(npyHeader("<f4", "(1, 2, 3)"), floats(values)),
    npy(npyHeader("<f4", "(0, 3)"), []), npy(npyHeader("<f4", "(3, 0)"), []),
    npy(npyHeader("<i4", "(2, 3)"), floats(values)),
    ZipBuilder(members: [.init("a.npy", vectors), .init("b.npy", vectors)]).bytes,
  ]

  @Test(arguments: others)
  func leavesOtherArraysToOthers(bytes: [UInt8]) throws {
    let error = #expect(throws: DataError.self) { try open("x.npz", bytes) }
    guard case .notRecognized? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func believesNoShapeThatTheFileCannotHold() throws {
    let claim = npy(npyHeader("<f4", "(2147483648, 1073741824)"), Self.floats(Self.values))
    let error = #expect(throws: DataError.self) { try open("x.npy", claim) }
    guard case .content? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
