import TerminalHarness
import Testing

/// Keys in any order and windows of any size.
struct RandomKeysTests {
  /// Lives as long as the test, so that the explorer has its files.
  private let workspace: Workspace

  init() throws { workspace = try TinyRun.workspace() }

  /// All that is bound, and more; but for what leaves, stops, could write files or trains on and on, and
  /// for the palette, which does all of that.
  private static let keys =
    "123456789hjklasmbtxguozy[],.<>/?-+=()~0123456789".map(String.init)
    + ["\t", "\r", "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[5~", "\u{1B}[6~"]
    + ["\u{1B}[H", "\u{1B}[F", "\u{1B}[Z", "\u{1B}[3~", "\u{7F}", "\u{0C}", "é", "\u{FFFD}", "漢"]
    + ["\u{1B}[<0;20;6M\u{1B}[<0;20;6m", "\u{1B}[<0;15;2M\u{1B}[<0;15;2m", "\u{1B}[<64;30;9M"]
    + ["\u{1B}[<0;9;28M\u{1B}[<32;12;28M\u{1B}[<0;12;28m", "\u{1B}[<65;3;3M"]

  @Test(arguments: [1, 2, 3])
  func neverBringItDown(seed: UInt64) throws {
    var random = FixedGenerator(state: seed)
    let terminal = try Explorer.open(in: workspace)
    for _ in 0..<15 {
      for _ in 0..<20 { terminal.send(Self.keys.randomElement(using: &random) ?? "") }
      let width = Int.random(in: 24...160, using: &random)
      let height = Int.random(in: 3...60, using: &random)
      terminal.resize(width: width, height: height)
      // Each round is answered before the next, so that the keys meet many states.
      let mark = width < 60 || height < 16 ? "this terminal is \(width)×\(height)" : " epoch "
      try terminal.wait(forText: mark)
    }
    terminal.resize(width: 100, height: 30)
    // Out of any prompt, question or training, then away.
    terminal.send("\u{1B}")
    try terminal.wait(for: "the whole screen") { $0.header.contains("tollgate") }
    terminal.send("\u{03}\u{03}\u{03}")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.unknown == [])
  }
}

/// A small reproducible generator (SplitMix64).
private struct FixedGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
