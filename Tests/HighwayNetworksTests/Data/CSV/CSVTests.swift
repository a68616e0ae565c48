import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// CSV files as data sets.
struct CSVTests {
  private func open(
    _ text: String, as name: String = "x.csv", label: LabelColumn? = nil
  ) throws -> DataSet {
    let directory = try TemporaryDirectory()
    return try DataSet.open(
      DataPlace(try directory.write(name, text), choice: DataChoice(labelColumn: label)))
  }

  private func failure(_ text: String, label: LabelColumn? = nil) throws -> String {
    let error = #expect(throws: DataError.self) { try open(text, label: label) }
    return error?.description ?? ""
  }

  @Test(arguments: ["\n", "\r\n", "\r"], [",", ";", "\t"])
  func readsNumbersWithWhateverStandsBetweenThem(end: String, separator: String) throws {
    let text = "a,b\n1,-2.5\n\n\"3\",4e-2\n".map { character in
      character == "\n" ? end : character == "," ? separator : String(character)
    }.joined()
    let data = try open("\u{FEFF}" + text)
    #expect(data.shape == Shape(features: 2))
    #expect(data.train.vectors == [1, -2.5, 3, 0.04])
    #expect(data.train.labels == nil)
  }

  @Test func readsTheRecordBeforeTheEndOfTheFile() throws {
    #expect(try open("1,2\n3,4").train.vectors == [1, 2, 3, 4])
  }

  @Test func unpacksWhatGzipPacked() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x.csv.gz", ValidFiles.gzip(Array("1,2\n3,4\n".utf8)))
    #expect(try DataSet.open(path).train.vectors == [1, 2, 3, 4])
    #expect(try DataSet.open(path).name == "x")
  }

  @Test func takesTheColumnOfTextsForLabels() throws {
    let data = try open("1,2,\"Iris, \"\"v\"\"\"\n3,4,setosa\n5,6,setosa\n")
    #expect(data.train.vectors == [1, 2, 3, 4, 5, 6])
    #expect(data.classNames == ["Iris, \"v\"", "setosa"])
    #expect(data.train.labels == [0, 1, 1])
  }

  static let chosen: [(label: LabelColumn?, labels: [Int32]?, values: [Float])] = [
    (nil, [2, 0], [10, 30, 20, 40]), (.name("b"), [30, 40], [10, 2, 20, 0]),
    (.name("B"), [30, 40], [10, 2, 20, 0]), (.number(1), [10, 20], [2, 30, 0, 40]),
    (.last, [30, 40], [10, 2, 20, 0]), (LabelColumn.none, nil, [10, 2, 30, 20, 0, 40]),
  ]

  @Test(arguments: chosen)
  func takesTheColumnOfLabelsThatIsNamed(
    label: LabelColumn?, labels: [Int32]?, values: [Float]
  ) throws {
    let data = try open("a,Label,b\n10,2,30\n20,0,40\n", label: label)
    #expect(data.train.labels == labels)
    #expect(data.train.vectors == values)
  }

  @Test func leavesOutAColumnThatCountsRows() throws {
    let data = try open("Id,a,y\n1,7,0\n2,8,1\n")
    #expect(data.train.vectors == [7, 8])
    #expect(data.train.labels == [0, 1])
    #expect(data.remarks.contains { $0.text == "column 1 (Id), which counts the rows" })
  }

  @Test func knowsAHeaderOfNumbersThatCountColumns() throws {
    #expect(try open("0,1,2,3\n5,6,7,9\n").train.vectors == [5, 6, 7, 9])
    #expect(try open("0,1,2,3\n1,2,3,4\n").train.count == 2)
  }

  // MARK: - Pictures

  /// A line of as many numbers.
  private func line(_ first: String, _ count: Int, _ value: (Int) -> String) -> String {
    (first + (0..<count).map { "," + value($0) }.joined()).drop { $0 == "," } + "\n"
  }

  @Test func readsKagglesPictures() throws {
    let directory = try TemporaryDirectory()
    let header = line("label", 4) { "pixel\($0)" }
    try directory.write("train.csv", header + "7,0,255,3,4\n0,1,2,3,4\n")
    try directory.write("test.csv", line("", 4) { "pixel\($0)" } + "9,8,7,6\n")
    try directory.write("sample_submission.csv", "ImageId,Label\n1,0\n")
    let data = try DataSet.open(directory.path)
    #expect(data.shape == .image(channels: 1, height: 2, width: 2))
    #expect(data.train.pixels == [0, 255, 3, 4, 1, 2, 3, 4])
    #expect(data.train.labels == [7, 0])
    #expect(data.test.pixels == [9, 8, 7, 6])
    #expect(data.test.labels == nil)
  }

  @Test func findsPicturesWithoutAHeader() throws {
    let data = try open(
      line("5", 256) { "\($0)" } + line("1", 256) { _ in "0" }, as: "mnist_test.csv")
    #expect(data.shape == .image(channels: 1, height: 16, width: 16))
    #expect(data.test.labels == [5, 1])
    #expect(data.test.pixels.prefix(256) == ArraySlice((0..<256).map { UInt8($0) }))
    #expect(data.remarks.allSatisfy { !$0.isCertain })
    #expect(data.name == "MNIST")
    // Counts are seldom as large as the brightest pixels.
    let counts = try open(line("5", 256) { "\($0 % 100)" })
    #expect(counts.shape == Shape(features: 256))
  }

  @Test func scalesPixelsThatGoToOne() throws {
    let header = line("label", 4) { "1x\($0 + 1)" }
    #expect(try open(header + "7,0,1,0.5,0.2\n").train.pixels == [0, 255, 128, 51])
    #expect(try open(header + "7,-1,1,0.5,0.25\n").train.vectors == [-1, 1, 0.5, 0.25])
    #expect(try open(header + "7,300,1,0,1\n").shape == Shape(features: 4))
  }

  // MARK: - What is wrong

  static let wrong: [(text: String, words: String)] = [
    ("1,2\n3,x\n", "line 2: expected a number in column 2, found x"),
    ("a,b\n1,2\n3,\n", "line 3: expected a number in column 2 (b), found nothing"),
    ("a,b\n1,2\n3,nan\n", "line 3: expected a number in column 2 (b), found nan"),
    ("1,2\n3,1e99\n", "found 1e99"), ("1,2\n3,0x10\n", "found 0x10"),
    ("1,2\n\n\n3\n", "line 4: expected 2 fields as in the first line, found 1"),
    ("1,2\n\"3\n4\",5,6\n", "line 2: expected 2 fields as in the first line, found 3"),
    ("a,b\n1,2,x\n", "line 2: expected 2 fields as in the first line, found 3"),
    ("a,id\n1\n", "line 2: expected 2 fields as in the first line, found 1"),
    ("1,\"2\n", "line 1: expected quotes at the end of a field"),
    ("1,\"2\"3\n", "line 1: expected the end of a field behind its quotes"),
    ("1,2\"3\n", "line 1: expected quotes around a whole field"),
    ("a,b\n", "has no examples"), ("", "has no examples"), ("\n\n", "has no examples"),
    ("label\nx\ny\n", "expected a column of numbers"), ("a,y\n1,2\n3,\n", "expected a label"),
    ("1,a,b\n2,c,d\n", "line 1: expected a number in column 2, found a"),
    ("1,\u{1B}[31m\n2,\u{9B}3\n", "column"),
  ]

  @Test(arguments: wrong.dropLast())
  func saysWhichLineAndColumnIsWrong(text: String, words: String) throws {
    let line = try failure(text)
    #expect(line.contains(words), "\(line)")
    #expect(line.isErrorLine)
  }

  @Test func saysThatAColumnIsNotThere() throws {
    #expect(
      try failure("a,b\n1,2\n", label: .name("c")).contains("one of the columns a, b, found c"))
    #expect(try failure("a,b\n1,2\n", label: .number(3)).contains("expected 1 to 2, found 3"))
    #expect(try failure("1,2\n3,4\n", label: .name("c")).contains("no header line, found c"))
    let directory = try TemporaryDirectory()
    let place = DataPlace(
      try directory.write("x.npy", npy(npyHeader("<f4", "(1, 1)"), [0, 0, 0, 0])),
      choice: DataChoice(labelColumn: .last))
    let error = #expect(throws: DataError.self) { try DataSet.open(place) }
    #expect(error?.description.contains("expected a CSV file") == true)
  }

  @Test func refusesLinesThatDoNotEnd() throws {
    let line = try failure(String(repeating: ",", count: CSVReader.mostFields + 1))
    #expect(line.contains("at most 262144 fields"))
  }

  @Test func refusesUTF16() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x.csv", [0xFF, 0xFE, 0x31, 0])
    let error = #expect(throws: DataError.self) { try DataSet.open(path) }
    #expect(error?.description.contains("expected UTF-8, found UTF-16") == true)
  }
}
