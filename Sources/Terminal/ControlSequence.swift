package import ExplorerUI

/// A sequence `ESC [ parameters final` from the keyboard or the mouse.
package struct ControlSequence: Hashable, Sendable {
  package var parameters: [UInt8]
  package var final: UInt8

  package init(parameters: [UInt8], final: UInt8) {
    self.parameters = parameters
    self.final = final
  }

  /// What it means; nil if nothing here.
  package var event: TerminalEvent? {
    if parameters.first == UInt8(ascii: "<") { return mouseEvent.map { .mouse($0) } }
    return key.map { .key($0) }
  }

  /// The numbers between semicolons; nil if there is anything else or one is absurd.
  private func numbers(_ text: ArraySlice<UInt8>) -> [Int]? {
    var numbers: [Int] = []
    for part in text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      var number = 0
      for byte in part {
        guard byte >= 0x30, byte <= 0x39, number < 100_000 else { return nil }
        number = number * 10 + Int(byte - 0x30)
      }
      numbers.append(number)
    }
    return numbers
  }

  private var key: Key? {
    guard let numbers = numbers(parameters[...]) else { return nil }
    switch final {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return .right
    case UInt8(ascii: "D"): return .left
    case UInt8(ascii: "H"): return .home
    case UInt8(ascii: "F"): return .end
    case UInt8(ascii: "Z"): return .backTab
    case UInt8(ascii: "M"): return .enter
    case UInt8(ascii: "~"): return editingKey(numbers.first ?? 0)
    // With parameters, R is where the cursor stands.
    case UInt8(ascii: "P")...UInt8(ascii: "S") where parameters.isEmpty:
      return .function(Int(final - UInt8(ascii: "P")) + 1)
    default: return nil
    }
  }

  private func editingKey(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }

  private var mouseEvent: MouseEvent? {
    guard final == UInt8(ascii: "M") || final == UInt8(ascii: "m"),
      let numbers = numbers(parameters.dropFirst()), numbers.count == 3
    else { return nil }
    return Self.mouse(
      button: numbers[0], x: numbers[1], y: numbers[2], isRelease: final == UInt8(ascii: "m"))
  }

  /// A mouse report, with `x` and `y` from 1; only the left button and the wheel mean something.
  package static func mouse(button: Int, x: Int, y: Int, isRelease: Bool) -> MouseEvent? {
    guard x >= 1, y >= 1 else { return nil }
    let position = Point(x: x - 1, y: y - 1)
    // 4, 8 and 16 are Shift, Alt and Ctrl.
    switch button & ~0b1_1100 {
    case 64: return isRelease ? nil : MouseEvent(.scrollUp, at: position)
    case 65: return isRelease ? nil : MouseEvent(.scrollDown, at: position)
    case 0: return MouseEvent(isRelease ? .release : .press, at: position)
    case 3 where isRelease: return MouseEvent(.release, at: position)
    case 32: return MouseEvent(.drag, at: position)
    default: return nil
    }
  }
}
