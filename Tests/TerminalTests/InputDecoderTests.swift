import ExplorerUI
import Terminal
import Testing

/// Keys and mouse reports from bytes, without a terminal.
struct InputDecoderTests {
  /// All steps that the bytes come to.
  private func steps(_ bytes: [UInt8]) -> [InputDecoder.Step] {
    var decoder = InputDecoder()
    var rest = bytes[...]
    var steps: [InputDecoder.Step] = []
    while true {
      let step = decoder.next { _ in rest.popFirst().map { .byte($0) } ?? .nothing }
      if step == .exhausted {
        #expect(rest.isEmpty, "bytes are left over")
        return steps
      }
      steps.append(step)
      guard steps.count <= bytes.count + 1 else {
        Issue.record("the decoder returns steps without reading")
        return steps
      }
    }
  }

  private func events(_ text: String) -> [TerminalEvent] { events(Array(text.utf8)) }

  private func events(_ bytes: [UInt8]) -> [TerminalEvent] {
    steps(bytes).compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  @Test func readsEscapeFollowedByAKeyAsBoth() {
    #expect(events("\u{1B}q") == [.key(.escape), .key(.character("q"))])
    #expect(events("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
    #expect(events("\u{1B}]") == [.key(.escape), .key(.character("]"))])
  }

  @Test func readsControlLetters() {
    #expect(events([3]) == [.key(.control("c"))])
    #expect(events([26]) == [.key(.control("z"))])
    #expect(events([0, 28, 29, 30, 31]) == [])
  }

  @Test func dropsBrokenUTF8AndKeepsWhatFollows() {
    #expect(events([0xE2, 0x82, 0x71]) == [.key(.character("q"))])
    #expect(events([0xFF, 0x80, 0x71]) == [.key(.character("q"))])
    #expect(events([0xED, 0xA0, 0x80, 0x71]) == [.key(.character("q"))])
    #expect(events([0xC3, 0x1B, 0x5B, 0x41]) == [.key(.up)])
  }

  @Test func dropsCharactersThatCannotStandAlone() {
    #expect(events("\u{202E}\u{301}\u{200B}\u{9B}é") == [.key(.character("é"))])
  }

  @Test func readsMouseReports() {
    let at = Point(x: 299, y: 1)
    #expect(events("\u{1B}[<0;300;2M") == [.mouse(MouseEvent(.press, at: at))])
    #expect(events("\u{1B}[<0;300;2m") == [.mouse(MouseEvent(.release, at: at))])
    #expect(events("\u{1B}[<32;300;2M") == [.mouse(MouseEvent(.drag, at: at))])
    #expect(events("\u{1B}[<68;300;2M") == [.mouse(MouseEvent(.scrollUp, at: at))])
  }

  @Test(arguments: [
    "<0;0;1M", "<0;1M", "<0;1;2;3M", "<;;M", "<0;-1;1M",
    "<0;99999999999999999999;1M", "<2;1;1M", "<35;1;1M", "<66;1;1M", "<64;1;1m",
  ])
  func swallowsMouseReportsThatMeanNothing(report: String) {
    #expect(events("\u{1B}[" + report + "q") == [.key(.character("q"))])
  }

  @Test func swallowsAnswersToQuestionsOfOthers() {
    #expect(events("\u{1B}]10;rgb:1/2/3\u{7}q") == [.key(.character("q"))])
    #expect(events("\u{1B}P1$r0m\u{1B}\\q") == [.key(.character("q"))])
  }

  @Test(arguments: [
    ("rgb:ffff/ffff/ffff", Ground.light), ("rgb:0000/0000/0000", .dark), ("rgb:ff/f5/e3", .light),
    ("rgba:1e1e/1e1e/1e1e/cccc", .dark), ("rgb:f/f/f", .light), ("rgb:000/2b3/364", .dark),
  ])
  func deliversTheBackgroundThatTheTerminalAnswers(answer: String, ground: Ground) {
    for end in ["\u{7}", "\u{1B}\\"] {
      #expect(
        events("\u{1B}]11;\(answer)\(end)q") == [.ground(ground), .key(.character("q"))])
    }
    #expect(events([0x9D] + Array("11;\(answer)".utf8) + [0x9C]) == [.ground(ground)])
  }

  @Test(arguments: [
    "?", "rgb:", "rgb:1/2", "rgb:1/2/g", "rgb:-1/2/3", "rgb:1/2/3/4/5", "rgb:11111/2/3", "#ffffff",
    "rgb:" + String(repeating: "f", count: 100),
  ])
  func swallowsAnswersThatSayNoColour(answer: String) {
    #expect(events("\u{1B}]11;\(answer)\u{7}q") == [.key(.character("q"))])
  }

  /// On a slow line an answer comes in pieces, and none of them may act as keys.
  @Test func waitsForAnAnswerThatComesInPieces() {
    for cut in 1..<8 {
      var decoder = InputDecoder()
      decoder.expectsAnswer = true
      var bytes = Array("\u{1B}]11;rgb:ff/ff/ff\u{7}".utf8)
      bytes.insert(contentsOf: [0, 0, 0], at: cut)
      var rest = bytes[...]
      var found: [TerminalEvent] = []
      while !rest.isEmpty {
        let step = decoder.next { _ in
          rest.popFirst().map { $0 == 0 ? .nothing : .byte($0) } ?? .nothing
        }
        if case .event(let event) = step { found.append(event) }
      }
      #expect(found == [.ground(.light)], "cut after \(cut)")
    }
  }

  @Test func swallowsStringsHoweverLong() {
    let long = String(repeating: "q", count: 20_000)
    for string in ["\u{1B}]52;c;\(long)\u{7}", "\u{1B}X\(long)\u{1B}\\", "\u{1B}_\(long)\u{1B}\\"] {
      #expect(events(string + "x") == [.key(.character("x"))])
    }
    #expect(events([0x9D] + Array(long.utf8) + [0x9C, 0x78]) == [.key(.character("x"))])
  }

  @Test func waitsForAStringThatComesInPieces() {
    var decoder = InputDecoder()
    var pieces = Array("\u{1B}]10;rgb:1\u{0}\u{0}/2/3\u{7}x".utf8)[...]
    var events: [InputDecoder.Step] = []
    while events.last != .exhausted {
      // A zero stands for a moment in which nothing comes.
      events.append(
        decoder.next { _ in pieces.popFirst().map { $0 == 0 ? .nothing : .byte($0) } ?? .nothing })
    }
    #expect(events == [.ignored, .event(.key(.character("x"))), .exhausted])
  }

  @Test func readsEightBitControlsAsTheirLongForms() {
    #expect(events([0x9B, 0x41]) == [.key(.up)])
    #expect(events([0xC2, 0x9B, 0x41]) == [.key(.up)])
    #expect(events([0x8F, 0x42]) == [.key(.down)])
  }

  @Test func takesPastedTextWholeAndNeverAsKeys() {
    #expect(
      events("\u{1B}[200~q\nt\u{1B}[A\u{1B}[201~x") == [.pasted("q t[A"), .key(.character("x"))])
    #expect(events("\u{1B}[200~\u{1B}[201~x") == [.key(.character("x"))])
    #expect(events("\u{1B}[200~é\u{202E}\u{7}b\u{1B}[201~") == [.pasted("éb")])
    // The end may get lost.
    #expect(events("\u{1B}[200~abc\u{3}x") == [.pasted("abc"), .key(.character("x"))])
  }

  @Test func goesOnWithAPasteThatComesInPieces() {
    var decoder = InputDecoder()
    var steps: [InputDecoder.Step] = []
    for piece in ["\u{1B}[200~ab", "c\u{1B}", "[20", "1~x"] {
      var rest = Array(piece.utf8)[...]
      while true {
        let step = decoder.next { _ in rest.popFirst().map { .byte($0) } ?? .nothing }
        if step == .exhausted { break }
        steps.append(step)
      }
    }
    #expect(steps == [.event(.pasted("abc")), .event(.key(.character("x")))])
  }

  @Test func aPasteWithoutMeasureTakesLittle() throws {
    let text = String(repeating: "q", count: 1_000_000)
    let pasted = events("\u{1B}[200~\(text)\u{1B}[201~x")
    guard case .pasted(let kept)? = pasted.first else {
      Issue.record("nothing was pasted")
      return
    }
    #expect(kept.count <= 1 << 16 && pasted.count == 2)
  }

  @Test func readsAnythingToItsEnd() {
    let alphabet = Array("\u{1B}[<;0123M~OP]\\\u{7}m".utf8)
    var state: UInt64 = 42
    for _ in 0..<500 {
      var bytes: [UInt8] = []
      for _ in 0..<40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let byte = UInt8(truncatingIfNeeded: state >> 33)
        // Half of them from the alphabet of sequences.
        bytes.append(byte & 1 == 0 ? byte : alphabet[Int(byte) % alphabet.count])
      }
      #expect(
        steps(bytes + Array("\u{7}\u{1B}\\\u{3}q".utf8)).last == .event(.key(.character("q"))))
    }
  }

  @Test func givesUpSequencesWithoutEnd() {
    let long = [0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 5000) + [0x41]
    #expect(!events(long).contains(.key(.up)))
  }
}
