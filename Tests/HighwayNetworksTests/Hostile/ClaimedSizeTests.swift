import Foundation
import Synchronization
import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Files with holes claim sizes that no memory has; such a file takes next to nothing on the disk.
struct ClaimedSizeTests {
  /// Makes a file with nothing but zeros in front of its last bytes.
  private func hollow(
    _ name: String, in directory: TemporaryDirectory, size: UInt64, start: [UInt8] = [],
    end: [UInt8] = []
  ) throws -> String {
    let path = try directory.write(name, start)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try fileSizes.withLock { _ in
      try handle.truncate(atOffset: size - UInt64(end.count))
      try handle.seekToEnd()
      try handle.write(contentsOf: end)
      try handle.close()
    }
    return path
  }

  @Test func anArchiveOfATerabyteOfDirectoryIsRefused() throws {
    let directory = try TemporaryDirectory()
    let size: UInt64 = 1 << 40
    var builder = ZipBuilder(members: [])
    builder.isWide = true
    builder.wideCount = size - 98
    builder.locatorOffset = size - 98
    let path = try hollow(
      "x.npz", in: directory, size: size, start: [0x50, 0x4B, 3, 4], end: builder.bytes)
    #expect(
      throws: DataError.content(
        .format(path: path, ZipError.directoryTooLarge(limit: 1 << 26, found: size - 98)))
    ) { try DataSet.open(path) }
  }

  @Test func aTensorOfManyBytesIsInspectedInPieces() throws {
    let directory = try TemporaryDirectory()
    // Larger than a piece, and no multiple of one.
    let count = (1 << 20) + 12
    let header = Array(
      #"{"a":{"dtype":"F32","shape":[\#(count / 4)],"data_offsets":[0,\#(count)]}}"#.utf8)
    let path = try hollow(
      "x.safetensors", in: directory, size: UInt64(8 + header.count + count),
      start: le(UInt64(header.count)) + header, end: le(Float.nan.bitPattern))
    let inspection = Inspection.of(path)
    #expect(inspection.confirmed.first { $0.key == "values" }?.value == .integer(count / 4))
    #expect(inspection.confirmed.first { $0.key == "notFinite" }?.value == .integer(1))
  }

  @Test func aFileBeyondAllDisksIsNotOpened() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x.npy", [])
    let handle = try #require(FileHandle(forWritingAtPath: path))
    let size = InputFile.maximumSize + 1
    // Most file systems refuse to make such a file in the first place.
    guard (try? handle.truncate(atOffset: UInt64(size))) != nil else { return }
    #expect(
      throws: FileError.tooLarge(path: path, limit: InputFile.maximumSize, found: size)
    ) { try InputFile.read(path, limit: .max) }
  }
}
