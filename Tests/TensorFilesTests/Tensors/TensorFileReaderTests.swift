import TensorFiles
import TestSupport
import Testing

struct TensorFileReaderTests {
  private static let train = (0..<24).map { Float($0 * 5) }

  /// Names that say nothing, so that only the content tells.
  @Test(arguments: [
    ("arrays/data.safetensors", "safetensors"), ("arrays/deflated.npz", "NumPy archive"),
    ("writer.safetensors", "safetensors"),
  ])
  func recognisesAFileByItsContent(name: String, format: String) throws {
    let directory = try TemporaryDirectory()
    try directory.copy(try fixture(name), as: "x")
    let file = try TensorFileReader.open(directory.at("x"))
    #expect(type(of: file).format == format)
    #expect(file.path == directory.at("x"))
  }

  @Test func readsWhatTheReferenceWriterWrote() throws {
    let file = try TensorFileReader.open(try fixture("writer.safetensors"))
    #expect(file.tensors.map(\.name).sorted() == ["a", "b", "c", "random", "scalar"])
    #expect(file.metadata("key") == "va\"l\\u\u{e9}\n")
    #expect(file.metadata("no") == nil)
    #expect(file["no"] == nil)
    let matrix = try #require(file["a"])
    #expect(matrix.shape == [2, 2])
    #expect(matrix.type.name == "F32")
    #expect(try file.values(of: matrix) == [0, 1, 2, 3])
    #expect(try file.values(of: #require(file["scalar"])) == [2.5])
    #expect(try file.values(of: #require(file["c"])) == [])
    #expect(try file.values(of: #require(file["random"])) == [0, 1, 2, 3])
  }

  @Test(arguments: ["little-f4", "big-f2", "big-i8", "fortran", "deflated", "u1"])
  func readsWhatNumPyWrote(name: String) throws {
    let file = try TensorFileReader.open(try fixture("arrays/\(name).npz"))
    let images = try #require(file["x_train"])
    #expect(images.shape == [3, 2, 4])
    #expect(try file.values(of: images) == Self.train)
    #expect(try file.values(of: #require(file["y_train"])) == [2, 0, 1])
    #expect(file.metadata.isEmpty)
  }

  @Test func namesAnArrayAfterItsFile() throws {
    let directory = try TemporaryDirectory()
    let bytes = npy(npyHeader("<f4", "(1,)"), le(Float(2.5).bitPattern))
    for (file, name) in [("a.b.npy", "a.b"), ("array", "array")] {
      let file = try TensorFileReader.open(try directory.write(file, bytes))
      #expect(file.tensors.map(\.name) == [name])
      #expect(try file.values(of: file.tensors[0]) == [2.5])
    }
  }

  @Test func listsTheMembersThatCannotBeRead() throws {
    let directory = try TemporaryDirectory()
    let archive = ZipBuilder(members: [
      .init("objects.npy", npy(npyHeader("|O", "(1,)"), [0])),
      .init("a/b.npy", npy(npyHeader("|u1", "(2,)"), [3, 4])), .init("notes.txt", [1]),
      .init("empty.npy", []),
    ])
    let path = try directory.write("x.npz", archive.bytes)
    let file = try TensorFileReader.open(path)
    #expect(file.tensors.map(\.name) == ["a/b"])
    #expect(try file.values(of: #require(file["a/b"])) == [3, 4])
    #expect(file.place(of: file.tensors[0]) == path + ":a/b.npy")
    #expect(file.unreadable.map(\.name) == ["objects", "empty"])
    #expect(
      file.unreadable.map(\.error) == [
        .format(path: path + ":objects.npy", NPYError.objects),
        .format(path: path + ":empty.npy", NPYError.magic(found: [])),
      ])
  }

  @Test(arguments: [
    [], Array("junk".utf8), [0x50, 0x4B], ZipBuilder(members: [.init("a.txt", [1])]).bytes,
  ])
  func saysWhatIsExpectedWhereAFileIsOfNoKnownFormat(bytes: [UInt8]) throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x", bytes)
    let expected =
      "safetensors or NumPy archive or NumPy array or PyTorch checkpoint or HDF5 file or "
      + "Keras archive or index of safetensors"
    #expect(
      throws: ReadError.format(
        path: path,
        TensorFileError.notRecognized(expected: expected, found: Array(bytes.prefix(16))))
    ) { try TensorFileReader.open(path) }
  }

  /// What people have in place of a checkpoint, by the first bytes, or by the name.
  @Test(
    arguments: [
      ("x.pt", Array("version https://git-lfs.github.com/spec/v1\noid".utf8), "a Git LFS pointer"),
      ("x.pt", Array("\n <!DOCTYPE html><html>".utf8), "a web page"),
      ("x.tar.gz", [0x1F, 0x8B, 8, 0], "a gzip file"),
      ("x", [UInt8](repeating: 97, count: 257) + Array("ustar\u{0}".utf8), "a tar archive"),
      ("x", Array("GGUF".utf8), "GGUF"), ("x.t7", [1], "torch7"),
      ("x", [4, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0] + Array("V 1".utf8), "torch7"),
      (
        "x.index", [0, 0, 0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB], "a TensorFlow checkpoint"
      ),
      ("model.ckpt-7.data-00000-of-00001", [1, 2], "a TensorFlow checkpoint"),
      ("x", [8, 7, 0x12, 7] + Array("pytorch".utf8), "ONNX"),
      ("x.pkl", [0x80, 4, 0x95], "a Python pickle that torch.save did not write"),
    ] as [(String, [UInt8], String)])
  func namesAFormatThatIsNotRead(name: String, bytes: [UInt8], format: String) throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(name, bytes)
    do {
      _ = try TensorFileReader.open(path)
      Issue.record("opened")
    } catch ReadError.format(_, TensorFileError.notRead(let found, let advice)) {
      #expect(found == format)
      #expect(!advice.isEmpty)
    }
  }

  @Test func readsSeveralFilesByTheirIndex() throws {
    let directory = try TemporaryDirectory()
    for (name, value) in [("a", Float(1)), ("b", 2)] {
      let tensor = SafetensorsContents.Tensor(
        name, .f32, [1], LittleEndian.bytes([value] as ArraySlice))
      try directory.write(
        "\(name).safetensors", SafetensorsContents(tensors: [tensor], metadata: []).encoded)
    }
    func index(_ map: String) throws -> String {
      try directory.write("model.safetensors.index.json", #"{"weight_map":{\#(map)}}"#)
    }
    let file = try TensorFileReader.open(
      index(#""b":"b.safetensors","a":"a.safetensors""#))
    #expect(file.tensors.map(\.name) == ["a", "b"])
    #expect(try file.values(of: #require(file["b"])) == [2])
    for map in [
      #""a":"../a.safetensors""#, #""a":"/a.safetensors""#, #""a":"..""#, #""a":7"#,
      #""c":"a.safetensors""#,
    ] {
      let path = try index(map)
      do {
        _ = try TensorFileReader.open(path)
        Issue.record("opened \(map)")
      } catch ReadError.format(_, SafetensorsError.index) {}
    }
  }

  @Test func saysThatThereIsNoFile() throws {
    #expect(throws: ReadError.file(.notFound(path: "/nowhere"))) {
      try TensorFileReader.open("/nowhere")
    }
  }

  @Test func saysThatATypeIsNotReadAsNumbers() throws {
    let directory = try TemporaryDirectory()
    let type = try #require(ElementType(safetensors: "F8_E4M3"))
    let contents = SafetensorsContents(
      tensors: [.init("a", type, [2], [0x38, 0x40])], metadata: [])
    let path = try directory.write("x", contents.encoded)
    let file = try TensorFileReader.open(path)
    #expect(try file.bytes(of: file.tensors[0]) == [0x38, 0x40])
    #expect(
      throws: ReadError.format(
        path: path, TensorFileError.notNumbers(tensor: "a", type: "F8_E4M3"))
    ) { try file.values(of: file.tensors[0]) }
  }

  /// A run's checkpoint is renamed over the one that is being read.
  @Test func readsTheFileThatItOpened() throws {
    let directory = try TemporaryDirectory()
    func write(_ values: [Float]) throws {
      let bytes = LittleEndian.bytes(values[...])
      let tensor = SafetensorsContents.Tensor("a", .f32, [values.count], bytes)
      try AtomicFile.write(
        directory.at("x"), SafetensorsContents(tensors: [tensor], metadata: []).encoded)
    }
    try write([1, 2])
    let file = try TensorFileReader.open(directory.at("x"))
    try write([3, 4])
    #expect(try file.values(of: file.tensors[0]) == [1, 2])
  }

  @Test func errorsOfTheSameKindAreTheSame() {
    let error = ReadError.format(path: "a", NPYError.notText)
    let others: [ReadError] = [
      .format(path: "b", NPYError.notText), .format(path: "a", NPYError.objects),
      .format(path: "a", ZipError.severalParts), .file(.notFound(path: "a")),
    ]
    #expect(error == .format(path: "a", NPYError.notText))
    #expect(others.allSatisfy { $0 != error })
    #expect(Set(others + [error, error]).count == 5)
  }
}
