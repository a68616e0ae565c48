import TestSupport
import Testing

@testable import TensorFiles

/// Files that were made to do harm: each ends in an error, and nothing else is opened or allocated.
struct HDF5AttackTests {
  private let directory = try? TemporaryDirectory(inMemory: true)

  private func bytes(_ name: String) throws -> [UInt8] {
    try InputFile.read(try fixture("hdf5/" + name), limit: 1 << 20)
  }

  /// The error that opening and reading a file ends with.
  private func failure(_ bytes: [UInt8]) throws -> HDF5Error? {
    let path = try #require(directory).write("x.h5", bytes)
    do {
      let file = try TensorFileReader.open(path)
      for tensor in file.tensors where tensor.type.isNumber { _ = try file.values(of: tensor) }
      return nil
    } catch ReadError.format(_, let error as HDF5Error) {
      return error
    }
  }

  private func isDamaged(_ error: HDF5Error?) -> Bool {
    switch error {
    case .damaged, .notHDF5, .tooSlow: true
    default: false
    }
  }

  @Test func followsNoLinkAndOpensNoOtherFile() throws {
    let file = try TensorFileReader.open(try fixture("hdf5/refused.h5"))
    #expect(file.tensors.map(\.name) == ["right"])
    var found: [String: HDF5Error] = [:]
    for case (let name, .format(_, let error as HDF5Error)) in file.unreadable {
      found[name] = error
    }
    #expect(
      found == [
        "outside": .externalLink, "soft": .softLink, "loop": .softLink,
        "passwords": .externalData, "virtual": .virtual, "filtered": .filter(number: 32_000),
        "unwritten": .noData,
      ])
  }

  @Test func refusesAGroupThatIsInItself() throws {
    #expect(try failure(try bytes("cycle.h5")) == .tooDeep(limit: 24))
  }

  /// A shape of 2⁴⁰ rows in a small file (CVE-2026-0897).
  @Test func refusesAShapeThatTheFileDoesNotHold() throws {
    var file = try bytes("old.h5")
    // The first extent stands where the message of the space says, before the second, which is 3.
    let extents: [UInt8] = [2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]
    let place = try #require(file.firstRange(of: extents)?.lowerBound)
    file[place + 5] = 1
    let error = try #require(try failure(file))
    guard case .beyondFile("values", let bytes, _) = error else {
      // Some versions of the library see it themselves.
      #expect(error == .damaged(detail: "libhdf5 cannot read it") || isDamaged(error))
      return
    }
    #expect(bytes == ((1 << 40) + 2) * 12)
  }

  @Test func refusesAFileThatIsCutOff() throws {
    let file = try bytes("old.h5")
    for count in [8, 96, file.count / 2, file.count - 1] {
      #expect(try failure(Array(file.prefix(count))) != nil, "\(count) bytes")
    }
  }

  /// Whatever a byte is changed to, the program goes on: the library works in another process.
  @Test func survivesEveryDamagedByteOfAHeader() throws {
    let file = try bytes("old.h5")
    for place in stride(from: 8, to: file.count, by: 29) {
      var damaged = file
      damaged[place] ^= 0xFF
      let error = try failure(damaged)
      #expect(error.map { !"\($0)".contains("\n") } ?? true)
    }
  }

  @Test func refusesAnArchiveOfKerasWithoutHDF5InIt() throws {
    let archive = ZipBuilder(members: [.init("model.weights.h5", [1, 2, 3])]).bytes
    #expect(try failure(archive) == .notHDF5)
  }
}
