import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

/// Files of sequences of vectors.
struct SequenceReaderTests {
  private static let train = """
    # two channels
    @problemName Steps
    @equalLength false
    @classLabel true low high
    @data
    1,2,3:4,5,6:high
    7:8:low
    """

  private func open(_ files: [(String, String)]) throws -> DataSet {
    let temporary = try TemporaryDirectory()
    for (file, text) in files { try temporary.write(file, text.utf8) }
    return try DataSet.open(temporary.path)
  }

  @Test func timeSeriesStandStepAfterStep() throws {
    let data = try open([
      ("Steps_TRAIN.ts", Self.train), ("Steps_TEST.ts", Self.train.replacing("7:8:low", with: "")),
    ])
    #expect(data.name == "Steps" && data.shape == .sequence(steps: 3, features: 2))
    #expect(data.classNames == ["low", "high"])
    #expect(data.train.vectors == [1, 4, 2, 5, 3, 6, 7, 8, 0, 0, 0, 0])
    #expect(data.train.lengths == [3, 1] && data.train.labels == [1, 0])
    #expect(data.test.count == 1)
    let standard = Normalization.standard(of: data.train, shape: data.shape)
    #expect(standard.mean == [3.25, 5.75])
  }

  @Test(arguments: [
    ("7:8:low", "7:8:middle", "line 7: expected one of the classes"),
    ("7:8:low", "7:low", "line 7: expected 2 channels, found 1"),
    ("7:8:low", "7,1:8:low", "line 7: expected 2 steps of each channel, found 1"),
    ("7:8:low", "7:x:low", "line 7: expected a number, found x"),
    ("7:8:low", "7:nan:low", "line 7: expected a number, found nan"),
    ("@classLabel true low high", "", "expected one of the classes"),
    ("@data", "", "expected @data"),
  ])
  func whatIsWrongIsNamedWithItsLine(_ old: String, _ new: String, _ words: String) {
    let error = #expect(throws: DataError.self) {
      try open([("Steps_TRAIN.ts", Self.train.replacing(old, with: new))])
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words))
  }

  private func arrays(lengths: [Int64], labels: [Int64], _ shape: [Int]) throws -> DataSet {
    let temporary = try TemporaryDirectory()
    let values = (0..<12).map { Float($0) }
    let contents = SafetensorsContents(
      tensors: [
        .init("x", .f32, [2, 3, 2], LittleEndian.bytes(values[...])),
        .init("lengths", .i64, [lengths.count], LittleEndian.bytes(lengths)),
        .init("labels", .i64, shape, LittleEndian.bytes(labels)),
      ], metadata: [])
    return try DataSet.open(try temporary.write("steps.safetensors", contents.encoded))
  }

  @Test func arraysHaveALabelForEachSequenceOrEachStep() throws {
    let whole = try arrays(lengths: [3, 2], labels: [1, 0], [2])
    #expect(whole.test.lengths == [3, 2] && whole.test.labels == [1, 0])
    #expect(whole.test.vectors == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0])
    let tagged = try arrays(lengths: [3, 2], labels: [1, 0, 1, 1, 0, -1], [2, 3])
    #expect(tagged.test.isTagged && tagged.test.labels == [1, 0, 1, 1, 0, -1])
  }

  @Test func arraysThatDoNotFitAreRefused() throws {
    #expect(throws: DataError.self) { try arrays(lengths: [3, 4], labels: [1, 0], [2]) }
    #expect(throws: DataError.self) { try arrays(lengths: [3, 0], labels: [1, 0], [2]) }
    #expect(throws: DataError.self) { try arrays(lengths: [3], labels: [1, 0], [2]) }
    #expect(throws: DataError.self) {
      try arrays(lengths: [3, 2], labels: [1, 0, 1, 1, -1, -1], [2, 3])
    }
  }

  /// Half-precision sequences in an .npz archive, with names of classes.
  private func archive(classes: [UInt8]) throws -> DataSet {
    let temporary = try TemporaryDirectory()
    let halves: [UInt16] = [0x3800, 0xC000, 0x3C00, 0, 0x4200, 0]
    let archive = ZipBuilder(members: [
      .init("classes.npy", classes),
      .init(
        "x_test.npy",
        npy(npyHeader("<f2", "(2, 3, 1)"), halves.flatMap { le($0) })),
      .init("lengths_test.npy", npy(npyHeader("<i4", "(2,)"), le(Int32(2)) + le(Int32(1)))),
      .init("y_test.npy", npy(npyHeader("|u1", "(2, 3)"), [1, 0, 0, 1, 0, 0])),
    ])
    return try DataSet.open(try temporary.write("steps.npz", archive.bytes))
  }

  @Test func archivesNameClassesInAnArrayOfTexts() throws {
    let data = try archive(
      classes: npy(npyHeader("<U2", "(2,)"), "s\0aI".unicodeScalars.flatMap { le($0.value) }))
    #expect(data.classNames == ["s", "aI"])
    #expect(data.test.vectors == [0.5, -2, 0, 0] && data.test.labels == [1, 0, 1, -1])
  }

  @Test(arguments: [
    (npyHeader("<u4", "(2,)"), 8, "expected texts, the names of the classes"),
    (npyHeader("<U1", "(2, 1)"), 8, "expected shape [1 to 1024], found [2, 1]"),
    (npyHeader("<U1", "(0,)"), 0, "expected shape [1 to 1024], found [0]"),
    (npyHeader("<U1", "(1025,)"), 4_100, "expected shape [1 to 1024], found [1025]"),
    (npyHeader("<U1", "(1,)"), 4, "label 1"),
  ])
  func namesOfClassesThatDoNotFitAreRefused(_ header: String, _ count: Int, _ words: String) {
    let error = #expect(throws: DataError.self) {
      try archive(classes: npy(header, [UInt8](repeating: 0, count: count)))
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words))
  }

  /// Two sentences of up to three words, with the words by their numbers.
  private func sentences(
    _ numbers: [Float] = [1, 2, 1, 2, 0, 0], shape: String = "(2, 3, 1)",
    vocabulary: [UInt8]? = nil
  ) throws -> DataSet {
    let temporary = try TemporaryDirectory()
    let words =
      vocabulary
      ?? npy(npyHeader("<U2", "(3,)"), "\0\0sobe".unicodeScalars.flatMap { le($0.value) })
    let archive = ZipBuilder(members: [
      .init("vocabulary.npy", words),
      .init("x_test.npy", npy(npyHeader("<f4", shape), numbers.flatMap { le($0.bitPattern) })),
      .init("lengths_test.npy", npy(npyHeader("<i4", "(2,)"), le(Int32(3)) + le(Int32(1)))),
      .init("y_test.npy", npy(npyHeader("|u1", "(2,)"), [1, 0])),
    ])
    return try DataSet.open(try temporary.write("sentences.npz", archive.bytes))
  }

  @Test func wordsAreNumbersThatAreTakenAsTheyAre() throws {
    let data = try sentences()
    #expect(data.words == ["", "so", "be"])
    #expect(data.test.labels == [1, 0] && data.test.vectors == [1, 2, 1, 2, 0, 0])
    #expect(data.isTakenAsItIs)
    #expect(NormalizationChoice.standard.normalization(of: data) == Normalization())
    func network(_ tokens: Int) throws -> Architecture {
      try Architecture(
        json: #"{"input":[3,1],"task":"classify-sequence","classes":2,"layers":["#
          + #"{"kind":"embedding","tokens":\#(tokens),"units":2},{"kind":"lstm","units":2},"#
          + #"{"kind":"final-state"}]}"#)
    }
    try Samples.check(data, for: network(3), normalization: Normalization())
    #expect(throws: SamplesError.wrongVocabulary(data: "sentences", expected: 2, found: 3)) {
      try Samples.check(data, for: network(2), normalization: Normalization())
    }
  }

  @Test(
    arguments: [
      ([1, 3, 1, 2, 0, 0], "the number of a word, 0 to 2, found 3.0 as element 1"),
      ([1, 0.5, 1, 2, 0, 0], "the number of a word, 0 to 2, found 0.5 as element 1"),
      ([1, 2, 1, -1, 0, 0], "the number of a word, 0 to 2, found -1.0 as element 3"),
      ([1, 2, .nan, 2, 0, 0], "the number of a word, 0 to 2, found nan as element 2"),
    ] as [([Float], String)])
  func numbersOfNoWordAreNamed(_ numbers: [Float], _ expected: String) {
    let error = #expect(throws: DataError.self) { try sentences(numbers) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(expected))
  }

  @Test func stepsOfWordsHaveOneValue() {
    let wide = #expect(throws: DataError.self) { try sentences(shape: "(2, 1, 3)") }
    #expect("\(wide.map { "\($0)" } ?? "")".contains("numbers of words, found [2, 1, 3]"))
    let bytes = [UInt8](repeating: 0, count: 12)
    let unnamed = #expect(throws: DataError.self) {
      try sentences(vocabulary: npy(npyHeader("<u4", "(3,)"), bytes))
    }
    #expect("\(unnamed.map { "\($0)" } ?? "")".contains("expected texts, the words"))
  }
}
