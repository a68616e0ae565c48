import Foundation
import HighwayNetworks
import TestSupport
import Testing

struct CIFARTests {
  /// A record whose pixels all have one value but the first, which tells the plane.
  private static func record(_ labels: [UInt8], _ value: UInt8) -> [UInt8] {
    labels
      + (0..<3).flatMap { plane in
        [UInt8(plane)] + [UInt8](repeating: value, count: 1_023)
      }
  }

  private func open(
    _ files: [(String, [UInt8])], inside folder: String? = nil
  ) throws -> DataSet {
    let directory = try TemporaryDirectory()
    if let folder {
      try FileManager.default.createDirectory(
        atPath: directory.path + "/" + folder, withIntermediateDirectories: true)
    }
    for (name, bytes) in files {
      try directory.write((folder.map { $0 + "/" } ?? "") + name, bytes)
    }
    return try DataSet.open(directory.path)
  }

  private static let names = (0..<100).map { "fine\($0)\n" }.joined()

  @Test(arguments: [nil, "cifar-10-batches-bin"])
  func readsTheTenClasses(folder: String?) throws {
    let data = try open(
      [
        ("data_batch_1.bin", Self.record([3], 7) + Self.record([9], 8)),
        ("data_batch_2.bin", Self.record([0], 9)), ("test_batch.bin", Self.record([5], 10)),
        ("batches.meta.txt", Array((0..<10).map { "name\($0)\n" }.joined().utf8) + [10]),
      ], inside: folder)
    #expect(data.name == "CIFAR-10")
    #expect(data.shape == Shape([3, 32, 32]))
    #expect(data.train.labels == [3, 9, 0])
    #expect(data.test.labels == [5])
    #expect(data.classNames[9] == "name9")
    #expect(data.train.pixels.count == 3 * 3_072)
    #expect(data.train.pixels[1_024..<1_027] == [1, 7, 7])
    #expect(data.train.pixels[3_072 + 2_048..<3_072 + 2_051] == [2, 8, 8])
    #expect(data.test.pixels[..<2] == [0, 10])
  }

  @Test(arguments: [nil, "cifar-100-binary"])
  func readsTheHundredFineClasses(folder: String?) throws {
    let data = try open(
      [
        ("train.bin", Self.record([19, 99], 7)), ("test.bin", Self.record([0, 4], 8)),
        ("fine_label_names.txt", Array(Self.names.utf8)),
      ], inside: folder)
    #expect(data.name == "CIFAR-100")
    #expect(data.train.labels == [99])
    #expect(data.test.labels == [4])
    #expect(data.classNames.count == 100)
    #expect(data.classNames[99] == "fine99")
    #expect(data.train.pixels[1_024..<1_026] == [1, 7])
  }

  @Test func knowsTheTenClassesWithoutAFile() throws {
    let data = try open([("test_batch.bin", Self.record([5], 10))])
    #expect(data.classNames[5] == "dog")
    #expect(data.train.count == 0)
  }

  static let rejected: [(reason: String, files: [(String, [UInt8])], words: String)] = [
    ("empty batch", [("test_batch.bin", [])], "no examples"),
    (
      "one byte short", [("test_batch.bin", record([5], 0).dropLast())],
      "a multiple of 3073 bytes, found 3072"
    ),
    (
      "one byte long", [("test_batch.bin", record([5], 0) + [0])],
      "a multiple of 3073 bytes, found 3074"
    ),
    (
      "records of the hundred classes", [("data_batch_1.bin", record([5, 5], 0))],
      "a multiple of 3073"
    ),
    (
      "label beyond the ten", [("test_batch.bin", record([1], 0) + record([10], 0))],
      "example 1 has label 10"
    ),
    (
      "batch that is missing",
      [("data_batch_1.bin", record([1], 0)), ("data_batch_3.bin", record([1], 0))],
      "not data_batch_2.bin"
    ),
    (
      "nine names",
      [
        ("test_batch.bin", record([1], 0)),
        ("batches.meta.txt", Array("a\nb\nc\nd\ne\nf\ng\nh\ni\n".utf8)),
      ], "expected 10 names, found 9"
    ),
    (
      "records of the ten classes",
      [("train.bin", record([5], 0)), ("fine_label_names.txt", Array(names.utf8))],
      "a multiple of 3074"
    ),
    (
      "coarse label beyond the twenty",
      [("train.bin", record([20, 5], 0)), ("fine_label_names.txt", Array(names.utf8))],
      "label 20, but there are 20"
    ),
    (
      "fine label beyond the hundred",
      [("train.bin", record([2, 100], 0)), ("fine_label_names.txt", Array(names.utf8))],
      "label 100, but there are 100"
    ),
    (
      "both kinds",
      [
        ("test_batch.bin", record([1], 0)), ("train.bin", record([2, 1], 0)),
        ("fine_label_names.txt", Array(names.utf8)),
      ], "more than one data set"
    ),
    ("names that are too common alone", [("train.bin", record([2, 1], 0))], "no data set found"),
  ]

  @Test(arguments: rejected.indices)
  func refusesWhatIsNotCIFAR(index: Int) throws {
    let (reason, files, words) = Self.rejected[index]
    let error = #expect(throws: DataError.self, "\(reason)") { try open(files) }
    #expect(error?.description.contains(words) == true, "\(reason): \(error?.description ?? "")")
  }
}
