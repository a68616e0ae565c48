private import CNcurses
internal import ExplorerUI

// The keys that ncurses tells apart by itself.

extension Curses {
  /// The key behind a code of ncurses; nil for those without a meaning here, KEY_RESIZE among them.
  static func key(_ code: Int32) -> Key? {
    switch code {
    case KEY_UP, KEY_SR: .up
    case KEY_DOWN, KEY_SF: .down
    case KEY_LEFT, KEY_SLEFT: .left
    case KEY_RIGHT, KEY_SRIGHT: .right
    case KEY_PPAGE, KEY_SPREVIOUS, KEY_A3: .pageUp
    case KEY_NPAGE, KEY_SNEXT, KEY_C3: .pageDown
    case KEY_HOME, KEY_SHOME, KEY_FIND, KEY_A1: .home
    case KEY_END, KEY_SEND, KEY_SELECT, KEY_C1: .end
    case KEY_BTAB: .backTab
    case KEY_ENTER: .enter
    case KEY_BACKSPACE: .backspace
    case KEY_DC, KEY_SDC: .delete
    case (KEY_F0 + 1)...(KEY_F0 + 12): .function(Int(code - KEY_F0))
    default: modifiedKey(code)
    }
  }

  /// Keys with Shift, Alt and Ctrl have no fixed codes, but names such as kUP5.
  private static func modifiedKey(_ code: Int32) -> Key? {
    guard let name = unsafe keyname(code) else { return nil }
    switch unsafe String(cString: name).filter({ !$0.isNumber }) {
    case "kUP": return .up
    case "kDN": return .down
    case "kLFT": return .left
    case "kRIT": return .right
    case "kPRV": return .pageUp
    case "kNXT": return .pageDown
    case "kHOM": return .home
    case "kEND": return .end
    case "kDC": return .delete
    default: return nil
    }
  }
}
