/// The characters of pictures made of pixels, where no font of the system can be relied on.
///
/// It is Spleen 16x32 by Frederic Cambus, under the BSD 2-clause licence:
///
/// Copyright (c) 2018-2026, Frederic Cambus
/// All rights reserved.
///
/// Redistribution and use in source and binary forms, with or without
/// modification, are permitted provided that the following conditions are met:
///
///   * Redistributions of source code must retain the above copyright
///     notice, this list of conditions and the following disclaimer.
///
///   * Redistributions in binary form must reproduce the above copyright
///     notice, this list of conditions and the following disclaimer in the
///     documentation and/or other materials provided with the distribution.
///
/// THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
/// AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
/// IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
/// ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS
/// BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
/// CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
/// SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
/// INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
/// CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
/// ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
/// POSSIBILITY OF SUCH DAMAGE.
enum BitmapFont {
  /// The rows of a character from top to bottom, the leftmost pixel in the highest bit; nil where the
  /// font does not have it. `[32]`
  static func rows(_ scalar: Unicode.Scalar) -> [UInt16]? { glyphs[scalar.value] }

  /// What stands for a character that the font does not have. `[32]`
  static var replacement: [UInt16] { glyphs[0xFFFD] ?? [] }

  private static let glyphs: [UInt32: [UInt16]] = [latin, extended, symbols].reduce(into: [:]) {
    glyphs, table in
    var character: UInt32 = 0
    for word in table.split(whereSeparator: \.isWhitespace) {
      let parts = word.split(separator: ":")
      // `code:row` begins a character at its first row that is not blank; rows of four digits follow.
      if parts.count == 2, let code = UInt32(parts[0], radix: 16), let row = Int(parts[1]) {
        character = code
        glyphs[code] = [UInt16](repeating: 0, count: row)
      } else {
        var digits = word[...]
        while digits.count >= 4 {
          glyphs[character, default: []].append(UInt16(digits.prefix(4), radix: 16) ?? 0)
          digits = digits.dropFirst(4)
        }
      }
    }
  }
}
