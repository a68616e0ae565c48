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

  /// Longer sequences are given up; no key sends as much.
  private static let longest = 4096

  private var pending: RawInput?

  package init() {}

  /// Takes one key, report or piece of noise.
  ///
  /// `read` gives the next input; if its argument is true, it waits a moment for the rest of a
  /// sequence.
  package mutating func next(_ read: (_ waiting: Bool) -> RawInput) -> Step {
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
      let scalar = text.unicodeScalars.first,
      RowEncoder.isShowable(scalar)
    else { return .ignored }
    return .event(.key(.character(Character(scalar))))
  }

  /// Puts back what belongs to the next step.
  private mutating func keep(_ input: RawInput) {
    if input != .nothing { pending = input }
  }

  // MARK: - Sequences

  private mutating func escape(_ read: (Bool) -> RawInput) -> Step {
    // The terminal's library has waited already: what follows is there, or it was the key.
    let input = read(false)
    switch input {
    case .byte(UInt8(ascii: "[")):
      return controlSequence(read)
    case .byte(UInt8(ascii: "O")):
      return singleShift(read)
    case .byte(UInt8(ascii: "]")), .byte(UInt8(ascii: "P")), .byte(UInt8(ascii: "_")),
      .byte(UInt8(ascii: "^")):
      return controlString(first: input, read)
    default:
      // Also Alt with a key, which thus is Escape and the key, as in vi.
      keep(input)
      return .event(.key(.escape))
    }
  }

  /// `ESC [ … final`.
  private mutating func controlSequence(_ read: (Bool) -> RawInput) -> Step {
    var parameters: [UInt8] = []
    while parameters.count < Self.longest {
      let input = read(true)
      guard case .byte(let byte) = input, byte >= 0x20, byte < 0x7F else {
        keep(input)
        return .ignored
      }
      guard byte >= 0x40 else {
        parameters.append(byte)
        continue
      }
      if parameters.isEmpty && byte == UInt8(ascii: "[") {
        // The console's function keys: ESC [ [ A.
        _ = read(true)
        return .ignored
      }
      if parameters.isEmpty && byte == UInt8(ascii: "M") { return oldMouse(read) }
      return ControlSequence(parameters: parameters, final: byte).event.map { .event($0) }
        ?? .ignored
    }
    return .ignored
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
    var input = read(false)
    if input == .nothing {
      // Alt with that character.
      keep(first)
      return .event(.key(.escape))
    }
    var wasEscape = false
    for _ in 0..<Self.longest {
      guard case .byte(let byte) = input, byte != 0x07 else { break }
      if wasEscape && byte == UInt8(ascii: "\\") { break }
      wasEscape = byte == 0x1B
      input = read(true)
    }
    return .ignored
  }
}
