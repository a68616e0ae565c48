package import ExplorerUI

/// What a terminal answers to the question for its background colour: `11;rgb:1e1e/1e1e/1e1e`.
package struct ColorAnswer: Hashable, Sendable {
  /// The question (OSC 11).
  static let question = "\u{1B}]11;?\u{1B}\\"

  /// The colour of the background.
  package let background: XtermPalette.Color

  /// Reads what stands between `ESC ]` and its end; nil where it is no such answer.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.starts(with: Array("11;rgb".utf8)),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    // The fourth of `rgba:` says how much of the wallpaper shines through.
    let parts = bytes[bytes.index(after: colon)...].split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard (3...4).contains(parts.count) else { return nil }
    var channels: [UInt8] = []
    for part in parts.prefix(3) {
      guard (1...4).contains(part.count),
        let value = UInt32(String(decoding: part, as: UTF8.self), radix: 16)
      else { return nil }
      let highest = (1 << (4 * UInt32(part.count))) - 1 as UInt32
      channels.append(UInt8((value * 255 + highest / 2) / highest))
    }
    background = XtermPalette.Color(red: channels[0], green: channels[1], blue: channels[2])
  }
}
