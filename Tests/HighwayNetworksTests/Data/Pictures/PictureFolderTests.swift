import Foundation
import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// PNG files in a directory for each class.
struct PictureFolderTests {
  private static let picture = PNGBuilder([[1, 2, 3], [4, 5, 255]])

  private func open(_ files: [(String, [UInt8])], root: String = "digits") throws -> DataSet {
    let directory = try TemporaryDirectory()
    for (name, bytes) in files { try directory.write("\(root)/\(name)", bytes) }
    return try DataSet.open(directory.at(root))
  }

  private func failure(_ bytes: [UInt8]) throws -> String {
    let error = #expect(throws: DataError.self) { try open([("a/x.png", bytes)]) }
    return error?.description ?? ""
  }

  @Test func readsADirectoryForEachClass() throws {
    let other = PNGBuilder([[0, 0, 0], [9, 9, 9]]).bytes
    let data = try open([
      ("ape/1.png", Self.picture.bytes), ("ape/2.png", Self.picture.bytes), ("bee/1.PNG", other),
      ("bee/notes.txt", [1]), ("README.md", [1]), ("empty/x.txt", [1]),
    ])
    #expect(data.shape == .image(channels: 1, height: 2, width: 3))
    #expect(data.classNames == ["ape", "bee"])
    // One of each class, then what is left: the first so many are of all.
    #expect(data.train.labels == [0, 1, 0])
    #expect(data.train.pixels == [1, 2, 3, 4, 5, 255, 0, 0, 0, 9, 9, 9, 1, 2, 3, 4, 5, 255])
    #expect(data.test.count == 0)
  }

  @Test func readsBothSplitsByNumberedClasses() throws {
    let directory = try TemporaryDirectory()
    for name in ["training/3/a.png", "training/10/a.png", "testing/10/a.png"] {
      try directory.write("mnist/" + name, Self.picture.bytes)
    }
    let data = try DataSet.open(directory.at("mnist"))
    #expect(data.train.labels?.sorted() == [3, 10])
    #expect(data.test.labels == [10])
    #expect(data.classNames.count == 11)
    #expect(
      try DataSet.fingerprints(directory.at("mnist")).map(\.name)
        == ["training/10", "training/3", "testing/10"])
  }

  /// Files that Pillow wrote, with the pixels it wrote: gray, of one bit, in colours, with a palette.
  @Test func readsWhatPillowWrote() throws {
    let directory = try TemporaryDirectory()
    for name in ["gray", "bits", "colors", "palette"] {
      try directory.copy(try fixture("pictures/\(name).png"), as: "\(name).png")
    }
    func pixels(_ name: String, _ channels: Int) throws -> [UInt8] {
      try PNGFile(directory.at(name + ".png")).pixels(channels: channels)
    }
    #expect(try pixels("gray", 1) == [0, 50, 100, 150, 200, 250])
    #expect(try pixels("bits", 1) == [255, 0, 255, 0, 255, 0])
    let colors: [UInt8] = [255, 0, 0, 1, 2, 3, 0, 255, 0, 4, 5, 6, 0, 0, 255, 7, 8, 9]
    #expect(try pixels("colors", 3) == colors)
    #expect(try pixels("palette", 3) == colors)
    #expect(
      try pixels("gray", 3) == [
        0, 50, 100, 150, 200, 250, 0, 50, 100, 150, 200, 250, 0, 50, 100, 150, 200, 250,
      ])
  }

  @Test func readsInterlacedRows() throws {
    var picture = PNGBuilder([[1, 2], [3, 4]])
    picture.interlace = 1
    picture.rows = [0, 1, 0, 2, 0, 3, 4]
    #expect(try open([("a/x.png", picture.bytes)]).train.pixels == [1, 2, 3, 4])
  }

  @Test func namesThePictureOfAnotherSize() throws {
    let error = #expect(throws: DataError.self) {
      try open([("a/1.png", Self.picture.bytes), ("a/2.png", PNGBuilder([[1]]).bytes)])
    }
    #expect(error?.description.contains("a/2.png: expected 3×2 pixels as of") == true)
  }

  // MARK: - Hostile files

  private static func changed(_ change: (inout PNGBuilder) -> Void) -> [UInt8] {
    var picture = picture
    change(&picture)
    return picture.bytes
  }

  static let hostile: [(words: String, bytes: [UInt8])] = [
    ("expected a PNG file", []), ("expected a PNG file", Array(picture.bytes.prefix(20))),
    ("expected a PNG file", Array("GIF89a".utf8)),
    ("1 to 4096 pixels a side, found 4294967295×2", changed { $0.width = .max }),
    ("found 0×2", changed { $0.width = 0 }),
    ("a file that can hold 4096×4096 pixels", changed { ($0.width, $0.height) = (4_096, 4_096) }),
    ("found one with an alpha channel", changed { $0.color = 4 }),
    ("found 16", changed { $0.depth = 16 }), ("found colour type 9", changed { $0.color = 9 }),
    ("8 bits a channel, found 4", changed { ($0.color, $0.depth) = (2, 4) }),
    ("damage: ", changed { $0.rows.removeLast() }),
    ("damage: ", changed { $0.rows[0] = 7 }), ("damage: ", changed { $0.color = 3 }),
    ("damage: ", changed { $0.interlace = 2 }),
    ("damage: ", changed { $0.stream = [0x78, 1, 7, 0, 0] }),
    ("damage: ", changed { $0.stream = [] }),
    ("damage: some of it is transparent", changed { $0.others = [("tRNS", [0, 1])] }),
    ("damage: ", Array(picture.bytes.dropLast(13))), ("damage: ", Array(picture.bytes.prefix(40))),
    (
      "damage: ",
      picture.bytes.enumerated().map {
        $0.offset == picture.bytes.count - 14 ? ~$0.element : $0.element
      }
    ),
  ]

  @Test(arguments: hostile.indices)
  func saysWhatIsWrongWithAPicture(index: Int) throws {
    let line = try failure(Self.hostile[index].bytes)
    #expect(line.contains(Self.hostile[index].words), "\(line)")
    #expect(line.isErrorLine)
  }

  @Test func looksAtNothingButPixels() throws {
    let profile =
      Array("x\u{0}\u{0}".utf8) + PNGBuilder.stored([UInt8](repeating: 0, count: 60_000))
    let bytes = Self.changed {
      $0.others = [("iCCP", profile), ("zTXt", profile), ("gAMA", [0, 0, 0, 1]), ("prIv", [1])]
    }
    #expect(try open([("a/x.png", bytes)]).train.pixels == [1, 2, 3, 4, 5, 255])
  }
}
