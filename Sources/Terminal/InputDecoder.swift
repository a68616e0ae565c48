package import ExplorerUI

/// What comes from the keyboard before it is put together.
package enum RawInput: Hashable, Sendable {
  /// Nothing has come in time.
  case nothing
  case byte(UInt8)
  /// A key that terminfo knows; nil if it has no meaning here.
  case key(Key?)
}

/// Puts bytes together to keys and mouse events.
///
/// What it does not understand is swallowed whole: the rest of an unknown sequence must never act
/// as letters.
package struct InputDecoder {
  /// What one step came to.
  package enum Step: Hashable, Sendable {
    case event(TerminalEvent)
    /// Something was read that means nothing.
    case ignored
    /// There is no more to read.
    case exhausted
  }

  /// More parameters than this are read, but not kept; no key sends as much.
  private static let longest = 4096
  /// More pasted text than this is read, but not kept; no line holds as much.
  private static let longestPaste = 1 << 16
  /// More of a string than this is read, but not kept; no answer is as long.
  private static let longestAnswer = 64
  /// How often in a row a terminal may be waited for in the middle of a string.
  private static let patience = 10
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// Whether the terminal was asked something: then a sequence may come in pieces, and Escape waits for more.
  package var expectsAnswer = false
  private var pending: RawInput?
  /// What has been pasted up to now; nil where nothing is being pasted.
  private var pasted: [UInt8]?
  /// How much of ``pasteEnd`` has been read.
  private var pasteEndRead = 0

  package init() {}

  /// Takes one key, report or piece of noise.
  ///
  /// `read` gives the next input; if its argument is true, it waits a moment for the rest of a
  /// sequence.
  package mutating func next(_ read: (_ waiting: Bool) -> RawInput) -> Step {
    if pasted != nil { return paste(read) }
    let input = pending ?? read(false)
    pending = nil
    switch input {
    case .nothing:
      return .exhausted
    case .key(let key):
      return key.map { .event(.key($0)) } ?? .ignored
    case .byte(0x1B):
      return escape(read)
    case .byte(let byte) where byte < 0x80:
      return Self.step(ascii: byte)
    case .byte(let byte) where Self.begins(byte):
      return sequence(begunBy: byte, read)
    case .byte(let byte):
      return character(first: byte, read)
    }
  }

  // MARK: - Single characters

  private static func step(ascii byte: UInt8) -> Step {
    switch byte {
    case 0x09: .event(.key(.tab))
    case 0x0A, 0x0D: .event(.key(.enter))
    case 0x08, 0x7F: .event(.key(.backspace))
    case 1...26: .event(.key(.control(Character(Unicode.Scalar(byte + 0x60)))))
    case 0x20...0x7E: .event(.key(.character(Character(Unicode.Scalar(byte)))))
    default: .ignored
    }
  }

  /// A character of UTF-8 with more than one byte.
  private mutating func character(
    first: UInt8, _ read: (Bool) -> RawInput
  ) -> Step {
    let count =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    var bytes = [first]
    while bytes.count < count {
      let input = read(true)
      guard case .byte(let byte) = input, byte & 0xC0 == 0x80 else {
        keep(input)
        return .ignored
      }
      bytes.append(byte)
    }
    guard let text = String(validating: bytes, as: UTF8.self),
      let scalar = text.unicodeScalars.first
    else { return .ignored }
    if scalar.value < 0xA0, Self.begins(UInt8(scalar.value)) {
      return sequence(begunBy: UInt8(scalar.value), read)
    }
    guard RowEncoder.isShowable(scalar) else { return .ignored }
    return .event(.key(.character(Character(scalar))))
  }

  /// Puts back what belongs to the next step.
  private mutating func keep(_ input: RawInput) {
    if input != .nothing { pending = input }
  }

  // MARK: - Sequences

  private mutating func escape(_ read: (Bool) -> RawInput) -> Step {
    // The terminal's library has waited already: what follows is there, or it was the key.
    let input = continuation(read)
    switch input {
    case .byte(UInt8(ascii: "[")):
      return controlSequence(read)
    case .byte(UInt8(ascii: "O")):
      return singleShift(read)
    case .byte(UInt8(ascii: "]")), .byte(UInt8(ascii: "P")), .byte(UInt8(ascii: "_")),
      .byte(UInt8(ascii: "^")), .byte(UInt8(ascii: "X")):
      return controlString(first: input, read)
    default:
      // Also Alt with a key, which thus is Escape and the key, as in vi.
      keep(input)
      return .event(.key(.escape))
    }
  }

  /// Whether a byte begins a sequence by itself: the 8-bit forms of `ESC O`, `ESC [` and the strings.
  private static func begins(_ byte: UInt8) -> Bool {
    [0x8F, 0x90, 0x98, 0x9B, 0x9D, 0x9E, 0x9F].contains(byte)
  }

  private mutating func sequence(begunBy byte: UInt8, _ read: (Bool) -> RawInput) -> Step {
    switch byte {
    case 0x8F: return singleShift(read)
    case 0x9B: return controlSequence(read)
    default:
      let text = string(read(true), end: 0x9C, read)
      return byte == 0x9D ? Self.answer(text) : .ignored
    }
  }

  /// `ESC [ … final`.
  private mutating func controlSequence(_ read: (Bool) -> RawInput) -> Step {
    var parameters: [UInt8] = []
    while true {
      let input = read(true)
      guard case .byte(let byte) = input, byte >= 0x20, byte < 0x7F else {
        keep(input)
        return .ignored
      }
      guard byte >= 0x40 else {
        if parameters.count < Self.longest { parameters.append(byte) }
        continue
      }
      if byte == UInt8(ascii: "~"), parameters == Array("200".utf8) {
        pasted = []
        return paste(read)
      }
      if parameters.isEmpty && byte == UInt8(ascii: "[") {
        // The console's function keys: ESC [ [ A.
        guard case .byte(let letter) = read(true),
          (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(letter)
        else { return .ignored }
        return .event(.key(.function(Int(letter - UInt8(ascii: "A")) + 1)))
      }
      if parameters.isEmpty && byte == UInt8(ascii: "M") { return oldMouse(read) }
      return ControlSequence(parameters: parameters, final: byte).event.map { .event($0) }
        ?? .ignored
    }
  }

  /// `ESC O final`.
  private mutating func singleShift(_ read: (Bool) -> RawInput) -> Step {
    let input = read(true)
    guard case .byte(let byte) = input, byte >= 0x40, byte < 0x7F else {
      keep(input)
      return .ignored
    }
    return ControlSequence(parameters: [], final: byte).event.map { .event($0) } ?? .ignored
  }

  /// The mouse report of terminals that do not know SGR: three bytes offset by 32.
  private mutating func oldMouse(_ read: (Bool) -> RawInput) -> Step {
    var values: [Int] = []
    for _ in 0..<3 {
      let input = read(true)
      guard case .byte(let byte) = input, byte >= 32 else {
        keep(input)
        return .ignored
      }
      values.append(Int(byte) - 32)
    }
    let event = ControlSequence.mouse(
      button: values[0], x: values[1], y: values[2], isRelease: values[0] & 0b110_0011 == 3)
    return event.map { .event(.mouse($0)) } ?? .ignored
  }

  /// An answer of the terminal to what a program before this one asked: up to BEL or `ESC \`.
  private mutating func controlString(first: RawInput, _ read: (Bool) -> RawInput) -> Step {
    let input = continuation(read)
    if input == .nothing {
      // Alt with that character.
      keep(first)
      return .event(.key(.escape))
    }
    let text = string(input, end: 0x07, read)
    return first == .byte(UInt8(ascii: "]")) ? Self.answer(text) : .ignored
  }

  /// What follows within a sequence; on a slow line it is waited for while an answer is.
  private func continuation(_ read: (Bool) -> RawInput) -> RawInput {
    guard expectsAnswer else { return read(false) }
    for _ in 0..<Self.patience {
      let input = read(true)
      if input != .nothing { return input }
    }
    return .nothing
  }

  private static func answer(_ text: [UInt8]) -> Step {
    ColorAnswer(text).map { .event(.ground(Ground(background: $0.background))) } ?? .ignored
  }

  /// Reads a string to its end, however long it is, and returns its beginning; one that comes in pieces is waited
  /// for, and one that has no end is empty.
  private func string(_ first: RawInput, end: UInt8, _ read: (Bool) -> RawInput) -> [UInt8] {
    var text: [UInt8] = []
    var input = first
    var wasEscape = false
    var waits = 0
    while waits < Self.patience {
      switch input {
      case .nothing: waits += 1
      case .key: return []
      case .byte(let byte):
        waits = 0
        if byte == end || byte == 0x07 || wasEscape && byte == UInt8(ascii: "\\") { return text }
        wasEscape = byte == 0x1B
        if !wasEscape, text.count < Self.longestAnswer { text.append(byte) }
      }
      input = read(true)
    }
    return []
  }

  // MARK: - Pasted text

  /// Text between `ESC [ 200 ~` and `ESC [ 201 ~`, which may come in pieces; Ctrl-C ends it too, should its end
  /// have got lost.
  private mutating func paste(_ read: (Bool) -> RawInput) -> Step {
    while true {
      let input = pending ?? read(false)
      pending = nil
      switch input {
      case .nothing: return .exhausted
      // The library takes sequences in the text for keys.
      case .key: pasteEndRead = 0
      case .byte(3): return endPaste()
      case .byte(let byte):
        if byte == Self.pasteEnd[pasteEndRead] {
          pasteEndRead += 1
          if pasteEndRead == Self.pasteEnd.count { return endPaste() }
          continue
        }
        // No beginning of the end occurs within it.
        let text = Self.pasteEnd[..<pasteEndRead]
        pasteEndRead = byte == 0x1B ? 1 : 0
        guard let count = pasted?.count, count < Self.longestPaste else { continue }
        pasted? += text
        if byte != 0x1B { pasted?.append(byte) }
      }
    }
  }

  private mutating func endPaste() -> Step {
    let bytes = pasted ?? []
    (pasted, pasteEndRead) = (nil, 0)
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t": text.unicodeScalars.append(" ")
      case "\u{FFFD}": continue
      default: if RowEncoder.isShowable(scalar) { text.unicodeScalars.append(scalar) }
      }
    }
    return text.isEmpty ? .ignored : .event(.pasted(text))
  }
}
