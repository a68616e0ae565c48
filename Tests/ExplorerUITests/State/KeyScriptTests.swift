import ExplorerUI
import Testing

/// Keys written as words.
@Suite struct KeyScriptTests {
  private var ready: ExplorerState {
    .ready(SyntheticNetwork(layers: 3, units: 4, classes: 2), epochs: 2)
  }

  @Test(arguments: [
    ("2", Key.character("2")), ("Tab", .tab), ("pgdn", .pageDown), ("ESC", .escape),
    ("space", .character(" ")), ("Ctrl-L", .control("l")), ("]", .character("]")),
    ("Enter", .enter),
    ("Up", .up), ("↓", .down),
  ])
  func wordsAreKeys(word: String, key: Key) throws {
    #expect(try KeyScript("  \(word)\n").keys(of: 0, in: ready) == [key])
  }

  @Test func textIsTypedWhereSomethingAsksForOne() throws {
    var state = ready
    let script = KeyScript("/ 2:3 Enter")
    for index in script.words.indices {
      for key in try script.keys(of: index, in: state) { state.press(key) }
    }
    #expect(state.selection.block == 1 && state.selection.unit == 3)
  }

  @Test func aWordThatIsNoKeyIsNamed() {
    #expect(throws: KeyScriptError.noSuchKey(word: "zz\u{1B}", position: 2)) {
      try KeyScript("2 zz\u{1B}").keys(of: 1, in: ready)
    }
    let text = KeyScriptError.noSuchKey(word: "zz\u{1B}", position: 2).description
    #expect(text.hasPrefix("word 2, “zz") && !text.contains("\u{1B}"))
  }
}
