import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Labels of every form that people have.
struct LabelTests {
  private static let images = npy(npyHeader("|u1", "(3, 1, 2)"), [1, 2, 3, 4, 5, 6])

  /// Opens a directory whose three training images have some labels, as has one test image.
  private func open(
    _ labels: [UInt8], test: [UInt8]? = nil, classes: String? = nil
  ) throws -> DataSet {
    let directory = try TemporaryDirectory()
    try directory.write("x_train.npy", Self.images)
    try directory.write("y_train.npy", labels)
    if let test {
      try directory.write("x_test.npy", npy(npyHeader("|u1", "(1, 1, 2)"), [7, 8]))
      try directory.write("y_test.npy", test)
    }
    if let classes { try directory.write("classes.txt", classes) }
    return try DataSet.open(directory.path)
  }

  /// Texts of NumPy, four bytes a character.
  private func texts(_ texts: [String], length: Int, bigEndian: Bool = false) -> [UInt8] {
    let bytes = texts.flatMap { text in
      let scalars = text.unicodeScalars.map(\.value)
      return (scalars + [UInt32](repeating: 0, count: length - scalars.count)).flatMap {
        le(bigEndian ? $0.byteSwapped : $0)
      }
    }
    return npy(npyHeader("\(bigEndian ? ">" : "<")U\(length)", "(\(texts.count),)"), bytes)
  }

  @Test func findsTheOneInOneHotRows() throws {
    let floats: [Float] = [0, 0, 1, 1, 0, 0, 0, 1, 0]
    let rows = npy(npyHeader("<f4", "(3, 3)"), floats.flatMap { le($0.bitPattern) })
    #expect(try open(rows).train.labels == [2, 0, 1])
    // The first index varies fastest.
    let columns = npy(npyHeader("|b1", "(3, 3)", fortran: "True"), [0, 1, 0, 0, 0, 1, 1, 0, 0])
    #expect(try open(columns).train.labels == [2, 0, 1])
  }

  @Test func takesWholeFloats() throws {
    let values = [2.0, 0, 1].flatMap { le($0.bitPattern) }
    #expect(try open(npy(npyHeader("<f8", "(3,)"), values)).train.labels == [2, 0, 1])
  }

  @Test func numbersNamesInTheirOrder() throws {
    let data = try open(
      texts(["dog", "ant", "dog"], length: 3), test: texts(["bée"], length: 4, bigEndian: true))
    #expect(data.classNames == ["ant", "bée", "dog"])
    #expect(data.train.labels == [2, 0, 2])
    #expect(data.test.labels == [1])
    #expect(data.isNumberedByNames)
  }

  @Test func takesTextsThatAreNumbersForNumbers() throws {
    let data = try open(
      npy(npyHeader("|S2", "(3,)"), Array("7\u{0}10".utf8) + Array("7\u{0}".utf8)))
    #expect(data.train.labels == [7, 10, 7])
    #expect(data.classNames.count == 11)
  }

  @Test func numbersNegativeClassesByTheirValues() throws {
    let data = try open(
      texts(["1", "-1", "1"], length: 2), test: texts(["1"], length: 1))
    #expect(data.classNames == ["-1", "1"])
    #expect(data.train.labels == [1, 0, 1])
    // Alone, this text would be a number.
    #expect(data.test.labels == [1])
  }

  @Test func numbersNamesByTheListThatIsThere() throws {
    #expect(
      try open(texts(["b", "a", "b"], length: 1), classes: "c\nb\na\n").train.labels == [1, 2, 1])
    let error = #expect(throws: DataError.self) {
      try open(texts(["b", "x", "b"], length: 1), classes: "c\nb\na\n")
    }
    #expect(
      error?.description.contains("expected labels among the 3 names of classes, found x") == true)
  }

  @Test func numbersClassesAsTheNetworkDoes() throws {
    let data = try open(texts(["b", "a", "b"], length: 1))
    #expect(data.numbered(by: ["c", "b", "a"]).train.labels == [1, 2, 1])
    #expect(data.numbered(by: ["c", "b", "a"]).classNames == ["c", "b", "a"])
    #expect(data.numbered(by: ["c", "b"]).train.labels == [1, 0, 1])
  }

  @Test func refusesMoreNamesThanClasses() throws {
    let names = (0..<1_025).map { "n\($0)" }
    let directory = try TemporaryDirectory()
    try directory.write(
      "x_train.npy", npy(npyHeader("|u1", "(1025, 1, 1)"), [UInt8](repeating: 0, count: 1_025)))
    try directory.write("y_train.npy", texts(names, length: 5))
    let error = #expect(throws: DataError.self) { try DataSet.open(directory.path) }
    #expect(error?.description.contains("at most 1024 names of classes, found n1024") == true)
  }
}
