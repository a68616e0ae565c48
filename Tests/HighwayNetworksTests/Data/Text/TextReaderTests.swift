import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Texts as data: what they are cut into, and what of a file is refused.
@Suite struct TextReaderTests {
  @Test(arguments: [
    (
      "The king's sons', 'twas 1611!\n",
      ["the", "king's", "sons", "'", ",", "'", "twas", "1611", "!"]
    ),
    ("Größe  naïve e\u{301}té\r\n", ["größe", "naïve", "e\u{301}té"]),
    ("a+b <unk>\u{FEFF}\u{7}c\n\n", ["a", "b", "<", "unk", ">", "c"]),
  ])
  func wordsAreInSmallLettersAndMarksByThemselves(_ text: String, _ words: [String]) throws {
    #expect(try TextTokens(text, .words, path: "t").tokens == words + ["+"])
  }

  @Test func tokenizedTextsAreCutAtSpaces() throws {
    let text = " N-gram <unk> 's + x\n \n y"
    #expect(
      try TextTokens(text, .spaces, path: "t").tokens == ["N-gram", "|", "'s", "x", "+", "y", "+"])
    #expect(
      try TextTokens("Ab\tc\n", .characters, path: "t").tokens == ["A", "b", " ", "c", "+"])
  }

  private func open(_ files: [String: [UInt8]], _ name: String = "") throws -> DataSet {
    let directory = try TemporaryDirectory()
    for (name, bytes) in files { _ = try directory.write(name, bytes) }
    return try DataSet.open(name.isEmpty ? directory.path : directory.path + "/" + name)
  }

  @Test func textIsDividedAndItsWordsCounted() throws {
    let text = String(repeating: "b a b c\n", count: 8)
    let set = try open(["a.txt": Array(text.utf8)], "a.txt")
    let encoded = try #require(set.text)
    #expect(encoded.corpus.train.count == 36 && encoded.corpus.validation.count == 2)
    #expect(encoded.corpus.test.count == 2 && set.name == "a")
    let vocabulary = encoded.encoding.vocabulary
    #expect(
      vocabulary.words == ["|", "b", "a", "c", "+"] && vocabulary.counts == [0, 15, 7, 7, 7])
    #expect(vocabulary.alphabet == ["", "{", "}", "+", "a", "b", "c"])
    #expect(set.shape == .sequence(steps: 35, features: 3) && set.outputs == 5)
    // The last step to train on has nothing behind it, and room is left behind it.
    #expect(set.train.count == 2 && set.train.lengths == [35, 1])
    #expect(
      set.train.labels?.prefix(5) == [2, 1, 3, 4, 1] && set.train.labels?[35...36] == [-1, -1])
  }

  @Test func wordsBeyondTheVocabularyAreUnknownButKeepTheirCharacters() throws {
    let set = try open(["a.txt": Array(String(repeating: "b a b ca\n", count: 8).utf8)], "a.txt")
      .encoded(words: 3, byCharacters: true)
    let lexicon = try #require(set.train.text?.lexicon)
    #expect(lexicon.vocabulary == ["|", "b", "a"])
    let unknown = try #require(lexicon.types.firstIndex(of: "ca"))
    #expect(lexicon.labelOfType[unknown] == 0 && lexicon.groupings[0].ofType[unknown] == 3)
    #expect(Array(lexicon.input(of: Int32(unknown))) == [1, 6, 4, 2])
    let ids = set.encoded(words: 3, byCharacters: false)
    #expect(ids.shape.features == 1)
    #expect(ids.train.text.map { Array($0.lexicon.input(of: 0)) } == [1])
  }

  @Test func threeFilesOfATreebankAreItsParts() throws {
    let set = try open([
      "ptb.train.txt": Array(" a <unk> b \n a N\n".utf8), "ptb.valid.txt": Array(" b \n".utf8),
      "ptb.test.txt": Array(" c a \n".utf8),
    ])
    let corpus = try #require(set.text?.corpus)
    #expect(corpus.train.count == 7 && corpus.validation.count == 2 && corpus.test.count == 3)
    #expect(set.text?.encoding.vocabulary.words == ["|", "a", "+", "b", "N"])
  }

  @Test(
    arguments: [
      ([104, 105, 10, 255, 10], "line 2: expected UTF-8"), ([], "no examples"),
      (Array(repeating: 97, count: 5_000), "words of at most 4096 characters"),
      ([10, 32, 10], "no examples"), ([97], "no examples"),
    ] as [([UInt8], String)])
  func whatIsNoTextIsRefusedInALine(_ bytes: [UInt8], _ words: String) {
    let error = #expect(throws: DataError.self) { try open(["a.txt": bytes], "a.txt") }
    let line = error.map { "\($0)" } ?? ""
    #expect(line.contains(words) && !line.contains("\n"))
  }

  @Test func aStrangersFileIsNotGivenToTheProgramOfThePackage() {
    let error = #expect(throws: DataError.self) {
      try open(["bible.data": Array("EC02Compressed Data".utf8)], "bible.data")
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("/usr/lib/bible.data"))
  }
}
