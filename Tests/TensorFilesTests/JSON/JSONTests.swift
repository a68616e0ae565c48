import TensorFiles
import TestSupport
import Testing

struct JSONTests {
  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "nul", "tru", "\"", "\"a",
    "\"\\\"",
  ])
  func refusesATextThatEndsTooEarly(text: String) {
    #expect(throws: JSONError.unexpectedEnd(offset: text.utf8.count)) { try JSON(parsing: text) }
  }

  @Test(
    arguments: [
      ("NaN", 0, "a value"), ("Infinity", 0, "a value"), ("+1", 0, "a value"), (".5", 0, "a value"),
      ("'a'", 0, "a value"), ("// c\n1", 0, "a value"), ("]", 0, "a value"), ("}", 0, "a value"),
      (":", 0, "a value"), ("[,1]", 1, "a value"), ("[1,]", 3, "a value"), ("{a:1}", 1, "a key"),
      ("{1:1}", 1, "a key"), ("{\"a\":1,}", 7, "a key"), ("{\"a\" 1}", 5, "\":\""),
      ("[1 2]", 3, "\",\" or \"]\""),
    ])
  func refusesAByteThatCannotStandThere(text: String, offset: Int, expected: String) {
    let found = Array(text.utf8)[offset]
    #expect(
      throws: JSONError.unexpectedByte(offset: offset, expected: expected, found: found)
    ) { try JSON(parsing: text) }
  }

  @Test(
    arguments: [
      ("-Infinity", .invalidNumber(offset: 0)), ("01", .invalidNumber(offset: 0)),
      ("-01", .invalidNumber(offset: 0)), ("1.", .invalidNumber(offset: 0)),
      ("-", .invalidNumber(offset: 0)), ("1e", .invalidNumber(offset: 0)),
      ("1e+", .invalidNumber(offset: 0)), ("--1", .invalidNumber(offset: 0)),
      ("falsey", .trailingContent(offset: 5)), ("0x10", .trailingContent(offset: 1)),
      ("1 2", .trailingContent(offset: 2)), ("[1]x", .trailingContent(offset: 3)),
      ("{}\u{0}", .trailingContent(offset: 2)), ("\"\\x\"", .invalidEscape(offset: 1)),
      ("\"\\u12\"", .invalidEscape(offset: 1)), ("\"\\u12g4\"", .invalidEscape(offset: 1)),
      ("\"\\ud800\"", .loneSurrogate(offset: 1)), ("\"\\udc00\"", .loneSurrogate(offset: 1)),
      ("\"\\ud800\\u0041\"", .loneSurrogate(offset: 1)),
      ("\"\\ud800\\ud800\"", .loneSurrogate(offset: 1)),
      ("\"\n\"", .controlCharacter(offset: 1, found: 10)),
      ("\"\u{1}\"", .controlCharacter(offset: 1, found: 1)),
      ("{\"a\":1,\"a\":1}", .duplicateKey(offset: 7, key: "a")),
      ("{\"a\":1,\"\\u0061\":2}", .duplicateKey(offset: 7, key: "a")),
      ("[{\"x\":{\"k\":1,\"k\":2}}]", .duplicateKey(offset: 13, key: "k")),
      ("\u{FEFF}{}", .byteOrderMark),
    ] as [(String, JSONError)])
  func refusesWhatIsNotJSON(text: String, error: JSONError) {
    #expect(throws: error) { try JSON(parsing: text) }
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], .invalidUTF8(offset: 0)),
      ([0x22, 0xC0, 0x80, 0x22], .invalidUTF8(offset: 0)),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8(offset: 0)),
      ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8(offset: 0)),
      ([0x22, 0x5C, 0x6E, 0xE2, 0x82, 0x22], .invalidUTF8(offset: 0)),
      ([0xFF], .unexpectedByte(offset: 0, expected: "a value", found: 0xFF)),
      ([0xEF, 0xBB, 0xBF, 0x31], .byteOrderMark),
    ] as [([UInt8], JSONError)])
  func refusesBytesThatAreNotUTF8(bytes: [UInt8], error: JSONError) {
    #expect(throws: error) { try JSON(parsing: bytes) }
  }

  @Test func namesTheByteThatIsWrong() {
    #expect(throws: JSONError.duplicateKey(offset: 7, key: "a")) {
      try JSON(parsing: #"{"a":1,"a":1}"#)
    }
    #expect(throws: JSONError.unexpectedByte(offset: 4, expected: "a value", found: 0x5D)) {
      try JSON(parsing: "[1, ]")
    }
    #expect(throws: JSONError.trailingContent(offset: 3)) { try JSON(parsing: "{} x") }
    #expect(throws: JSONError.unexpectedEnd(offset: 5)) { try JSON(parsing: "[true") }
    #expect(throws: JSONError.byteOrderMark) { try JSON(parsing: "\u{FEFF}1") }
    #expect(throws: JSONError.loneSurrogate(offset: 1)) { try JSON(parsing: #""\udc00""#) }
  }

  @Test func findsADuplicateAmongManyKeys() {
    let members = (0..<100).map { "\"k\($0)\":0" }
    #expect(throws: Never.self) { try JSON(parsing: "{\(members.joined(separator: ","))}") }
    for twin in [0, 7, 8, 99] {
      let first = "{\(members.joined(separator: ",")),"
      let error = JSONError.duplicateKey(offset: first.utf8.count, key: "k\(twin)")
      #expect(throws: error) { try JSON(parsing: first + "\"k\(twin)\":0}") }
    }
  }

  @Test func boundsTheNesting() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSON(parsing: nested(128)) }
    #expect(throws: JSONError.tooDeep(offset: 128, limit: 128)) { try JSON(parsing: nested(129)) }
    let unclosed = String(repeating: #"{"a":"#, count: 100_000)
    #expect(throws: JSONError.tooDeep(offset: 640, limit: 128)) { try JSON(parsing: unclosed) }
  }

  @Test func keepsOrderAndTheTextOfNumbers() throws {
    let json = try JSON(
      parsing: " {\"z\": [1, 1.0, -0, 1e2, 18446744073709551615] ,\"a\":null}\r\n\t")
    #expect(json.text == #"{"z":[1,1.0,-0,1e2,18446744073709551615],"a":null}"#)
    guard case .array(let items)? = json["z"] else {
      Issue.record("no list")
      return
    }
    let numbers = items.compactMap { item -> JSON.Number? in
      if case .number(let number) = item { number } else { nil }
    }
    #expect(numbers.map(\.integer) == [1, nil, 0, nil, nil])
    #expect(numbers.map(\.double) == [1, 1, 0, 100, 0x1p64])
    #expect(numbers.last?.unsigned == .max)
    #expect(JSON.Member("x", .real(0.1)).value.text == "0.1")
  }

  @Test func hasNoDoubleForANumberBeyondAllDoubles() throws {
    guard case .number(let number) = try JSON(parsing: "1e999") else {
      Issue.record("no number")
      return
    }
    #expect(number.double == nil)
    #expect(number.integer == nil)
    #expect(number.float == nil)
  }

  @Test(arguments: [
    0.0, -0.0, 1, -4, 0.1, 1.0 / 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e21,
    123_456_789.25, 999_999,
    1e6,
  ])
  func writesNumbersThatReadBackAsTheSame(value: Double) throws {
    guard case .number(let number) = try JSON(parsing: JSON.real(value).text) else {
      Issue.record("no number")
      return
    }
    #expect(number.double?.bitPattern == value.bitPattern)
  }

  @Test func writesWhatIsNotFiniteAsNull() {
    #expect(
      JSON.array([.real(Double.nan), .real(Float.infinity), .real(-Double.infinity)]).text
        == "[null,null,null]")
    #expect(JSON.real(Float(0.1)).text == "0.1")
    #expect(JSON.real(Float(-4)).text == "-4")
  }

  @Test func escapesSoThatTextReadsBack() throws {
    let text = "a\"b\\c/\n\r\t\u{0}\u{1f}\u{7f}\u{1b}[31m é 漢 😀"
    let written = JSON.string(text).text
    #expect(!written.utf8.contains { $0 < 0x20 || $0 == 0x7F })
    #expect(try JSON(parsing: written) == .string(text))
    #expect(try JSON(parsing: #""\u00e9\uD83D\uDE00\/\b\f""#) == .string("é😀/\u{8}\u{c}"))
  }

  /// C1 controls, marks that turn the writing around, separators of lines, and what is beyond 16 bits.
  @Test func writesOutInTextsWhatATerminalWouldObey() throws {
    let text = "\u{9b}31m \u{202e}x\u{2028}\u{feff}\u{e0001}"
    let written = JSON.object([JSON.Member(text, .string(text))]).text
    let escaped = #""\u009b31m \u202ex\u2028\ufeff\udb40\udc01""#
    #expect(written == "{\(escaped):\(escaped)}")
    let read = try JSON(parsing: written)
    guard case .object(let members) = read, case .string(let value)? = members.first?.value else {
      Issue.record("\(read)")
      return
    }
    #expect(Array(value.utf8) == Array(text.utf8))
  }

  @Test func indentsForPeople() throws {
    let json = try JSON(parsing: #"{"a":[1,2],"b":{"c":[{"d":1}]},"e":{},"f":[]}"#)
    #expect(
      json.indentedText == """
        {
          "a": [1, 2],
          "b": {
            "c": [
              {
                "d": 1
              }
            ]
          },
          "e": {},
          "f": []
        }

        """)
    #expect(try JSON(parsing: json.indentedText) == json)
  }

  @Test func survivesMutation() throws {
    let source = Array(#"{"a":[1,-2.5e3,"x\u00e9\n😀",true,null,{"b":{}}],"c":"\ud83d\ude00"}"#.utf8)
    var generator = FixedGenerator(state: 1)
    var accepted = 0
    for _ in 0..<2000 {
      var bytes = source
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &generator)], at: place)
        }
      }
      guard let json = try? JSON(parsing: bytes) else { continue }
      accepted += 1
      #expect(try JSON(parsing: json.text) == json)
    }
    #expect(accepted > 50)
  }

  @Test func writesOutWhatATerminalWouldObey() {
    #expect("a\u{1b}[2J\u{202e}b\u{200b}".excerpt == "a\\u{1b}[2J\\u{202e}b\\u{200b}")
    #expect(String(repeating: "x", count: 100).excerpt.count == 63)
  }
}
