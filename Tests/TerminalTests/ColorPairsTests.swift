import Terminal
import Testing

/// Handing out colour pairs, without a terminal.
struct ColorPairsTests {
  @Test func givesEachPairOneNumber() {
    var pairs = ColorPairs(limit: 10)
    var defined: [[Int32]] = []
    let define = { (number: Int32, foreground: Int32, background: Int32) in
      defined.append([number, foreground, background])
      return true
    }
    #expect(pairs.number(foreground: 1, background: 2, define: define) == 1)
    #expect(pairs.number(foreground: 2, background: 1, define: define) == 2)
    #expect(pairs.number(foreground: 1, background: 2, define: define) == 1)
    #expect(pairs.number(foreground: -1, background: 0xFFFFFF, define: define) == 3)
    #expect(defined == [[1, 1, 2], [2, 2, 1], [3, -1, 0xFFFFFF]])
    #expect(!pairs.overflowed)
  }

  @Test func givesTheTerminalsOwnColoursPairZero() {
    var pairs = ColorPairs(limit: 10)
    let refuse = { (_: Int32, _: Int32, _: Int32) in
      Issue.record("pair 0 is not to be defined")
      return false
    }
    #expect(pairs.number(foreground: -1, background: -1, define: refuse) == 0)
    #expect(pairs.count == 0)
  }

  @Test(arguments: [-1, 0, 1, 63])
  func neverGoesBeyondTheLimitOrBelowZero(limit: Int) {
    var pairs = ColorPairs(limit: limit)
    for color in Int32(0)..<100 {
      let number = pairs.number(foreground: color, background: 1) { number, _, _ in
        number >= 1 && Int(number) <= limit
      }
      #expect(number >= 0 && number <= max(0, limit))
      #expect((number == 0) == (color >= max(0, limit)))
    }
    #expect(pairs.overflowed)
    pairs.reset()
    #expect(!pairs.overflowed && pairs.count == 0)
  }

  @Test func showsARefusedPairWithoutColour() {
    var pairs = ColorPairs(limit: 10)
    #expect(pairs.number(foreground: 1, background: 2) { _, _, _ in false } == 0)
    #expect(pairs.number(foreground: 3, background: 4) { number, _, _ in number == 2 } == 2)
  }
}
