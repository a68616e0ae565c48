private import CNcurses
internal import ExplorerUI
private import Libc

/// ncurses, which nothing else calls; main thread only, one at a time.
@safe final class Curses {
  /// How long an escape character may wait for the rest of its sequence, in milliseconds; on a slow line
  /// ESCDELAY asks for more.
  static let escapeDelay: Int32 = TerminalEnvironment.escapeDelay(
    TerminalEnvironment.variable("ESCDELAY"))
  /// The most columns and rows, whatever the terminal claims: ncurses counts in 16 bits.
  private static let largest = Size(width: 4096, height: 2048)
  /// Presses, releases and drags (1002) with decimal coordinates (1006), whatever terminfo says:
  /// its entries often know the old encoding only, which ends at column 222.
  private static let mouseOn = "\u{1B}[?1002h\u{1B}[?1006h"
  private static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l"
  /// Pasted text comes between marks (2004), so that it is not taken for keys.
  private static let pasteOn = "\u{1B}[?2004h"
  private static let pasteOff = "\u{1B}[?2004l"
  /// Synchronized output: a terminal that knows it shows the frame at once.
  private static let frameBegin = "\u{1B}[?2026h"
  private static let frameEnd = "\u{1B}[?2026l"

  /// What leaves the screen, whatever state it is in.
  let leavingBytes: [UInt8]
  /// The highest colour pair; 0 without colours.
  let pairLimit: Int
  /// What colour numbers mean here.
  let meaning: ColorNumbers.Meaning
  /// The descriptor that frames are written to.
  let output: Int32

  private let mouse: Bool
  private let synchronized: Bool
  private let handle: OpaquePointer
  private let outputFile: UnsafeMutablePointer<FILE>
  private let inputFile: UnsafeMutablePointer<FILE>
  /// Keys are read through a pad: reading through the screen's window would also refresh it.
  private let keys: UnsafeMutablePointer<WINDOW>
  private var row: [cchar_t] = []

  /// Takes over the terminal on standard input and output.
  ///
  /// - Throws: ``TerminalError/unknownTerminal(name:)`` if there is no such entry,
  ///   ``TerminalError/system(call:code:)`` if the system gives no descriptor or memory.
  init(
    entry: TerminalPlan.Entry, name: String, colors: Bool, mouse: Bool
  ) throws(TerminalError) {
    guard let output = unsafe Self.file(1, "w") else { throw .system(call: "dup", code: errno) }
    guard let input = unsafe Self.file(0, "r") else {
      unsafe fclose(output)
      throw .system(call: "dup", code: errno)
    }
    guard let handle = unsafe Self.sized({ unsafe Self.newTerminal(entry, output, input) }) else {
      unsafe fclose(output)
      unsafe fclose(input)
      throw .unknownTerminal(name: name)
    }
    guard let keys = unsafe newpad(1, 1) else {
      endwin()
      throw .system(call: "newpad", code: ENOMEM)
    }
    unsafe self.handle = handle
    unsafe outputFile = output
    unsafe inputFile = input
    unsafe self.keys = keys
    unsafe self.output = fileno(output)
    self.mouse = mouse
    // Terminals with direct colour are young enough to ignore a mode that they do not know.
    synchronized = entry == .direct
    meaning = entry == .direct ? .direct : .palette(unsafe Int(nc_number_capability("colors")))
    if colors, start_color() == OK, use_default_colors() == OK {
      // Glyphs hold 16 bits in some builds; no screen shows more.
      pairLimit = min(Int(nc_color_pairs()), 1 << 16) - 1
    } else {
      pairLimit = 0
    }
    leavingBytes = Self.leavingBytes(mouse: mouse, synchronized: entry == .direct)

    raw()
    noecho()
    nonl()
    intrflush(nil, false)
    unsafe keypad(keys, true)
    set_escdelay(Self.escapeDelay)
    // Otherwise a frame is put off while keys wait.
    typeahead(-1)
    unsafe leaveok(nc_standard_screen(), true)
    curs_set(0)
    // Mouse reports come as bytes, the same way on every terminal.
    keyok(KEY_MOUSE, false)
  }

  // MARK: - Starting

  /// Chooses the character set that the environment names; whether it is UTF-8.
  ///
  /// Only LC_CTYPE: a comma for the decimal point has no business in files. Where the environment
  /// names a UTF-8 locale that is not installed (a container, an ssh login), C.UTF-8 does as well.
  /// With `forced`, it is taken whatever the environment names.
  static func chooseCharacterSet(forced: Bool) -> Bool {
    let found = unsafe setlocale(LC_CTYPE, "") != nil
    if found, unsafe String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8" { return true }
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap(TerminalEnvironment.variable).first { !$0.isEmpty }
    let suffix = (named ?? "").lowercased()
    let wanted = suffix.hasSuffix("utf-8") || suffix.hasSuffix("utf8")
    guard forced || wanted && !found else { return false }
    return unsafe setlocale(LC_CTYPE, "C.UTF-8") != nil
  }

  /// What terminfo says of a terminal; nil if it does not know it.
  static func describe(_ name: String) -> TerminalDescription? {
    var status: Int32 = 0
    guard unsafe setupterm(name, 1, &status) == OK else { return nil }
    defer { unsafe del_curterm(set_curterm(nil)) }
    let needed = ["cup", "clear"]
    return unsafe TerminalDescription(
      colors: Int(nc_number_capability("colors")), isDirect: nc_has_direct_color() != 0,
      missing: needed.first { unsafe nc_string_capability($0) == nil })
  }

  private static func file(_ descriptor: Int32, _ mode: String) -> UnsafeMutablePointer<FILE>? {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return nil }
    return unsafe fdopen(copy, mode)
  }

  /// Makes a terminal of the window's size: an exported COLUMNS must not pin it, and a size that ncurses
  /// cannot count is cut.
  private static func sized(_ make: () -> OpaquePointer?) -> OpaquePointer? {
    use_env(true)
    var window = winsize()
    let isKnown = unsafe ioctl(1, UInt(TIOCGWINSZ), &window) == 0
    let (rows, columns) = (Int(window.ws_row), Int(window.ws_col))
    guard isKnown, rows > largest.height || columns > largest.width else {
      use_tioctl(true)
      return unsafe make()
    }
    use_tioctl(false)
    let values = ["LINES": min(rows, largest.height), "COLUMNS": min(columns, largest.width)]
    let before = values.keys.map { ($0, TerminalEnvironment.variable($0)) }
    for (name, value) in values { unsafe setenv(name, String(max(1, value)), 1) }
    defer {
      for (name, value) in before {
        if let value { unsafe setenv(name, value, 1) } else { unsafe unsetenv(name) }
      }
    }
    return unsafe make()
  }

  /// newterm, because initscr ends the process where it fails.
  private static func newTerminal(
    _ entry: TerminalPlan.Entry, _ output: UnsafeMutablePointer<FILE>,
    _ input: UnsafeMutablePointer<FILE>
  ) -> OpaquePointer? {
    switch entry {
    case .named(let name):
      return unsafe newterm(name, output, input)
    case .direct:
      let before = TerminalEnvironment.variable("TERMINFO")
      unsafe setenv("TERMINFO", DirectColorEntry.compiled, 1)
      defer {
        if let before {
          unsafe setenv("TERMINFO", before.systemPath, 1)
        } else {
          unsafe unsetenv("TERMINFO")
        }
      }
      return unsafe newterm(DirectColorEntry.name, output, input)
    }
  }

  private static func leavingBytes(mouse: Bool, synchronized: Bool) -> [UInt8] {
    var bytes = Array(((synchronized ? frameEnd : "") + pasteOff + (mouse ? mouseOff : "")).utf8)
    for capability in ["sgr0", "op", "rmkx", "rmcup", "cnorm"] {
      guard let value = unsafe nc_string_capability(capability) else { continue }
      bytes += unsafe TerminalString.withoutPadding(Array(String(cString: value).utf8))
    }
    return bytes
  }

  // MARK: - Showing

  /// The columns and rows of the screen, within reason whatever the terminal claims.
  var size: Size {
    let (columns, rows) = unsafe (getmaxx(nc_standard_screen()), getmaxy(nc_standard_screen()))
    return Size(
      width: min(Int(columns), Self.largest.width), height: min(Int(rows), Self.largest.height))
  }

  /// The number of columns that a character takes; below 1 if it cannot stand alone.
  static func width(of scalar: Unicode.Scalar) -> Int {
    Int(wcwidth(wchar_t(bitPattern: scalar.value)))
  }

  /// Takes the terminal's present size; whether it is another than before.
  func followSize() -> Bool {
    var window = winsize()
    guard unsafe ioctl(output, UInt(TIOCGWINSZ), &window) == 0 else { return false }
    let rows = Int32(min(Int(window.ws_row), Self.largest.height))
    let columns = Int32(min(Int(window.ws_col), Self.largest.width))
    guard rows > 0, columns > 0, is_term_resized(rows, columns) else { return false }
    return resizeterm(rows, columns) == OK
  }

  /// Tells the terminal of a colour pair; false if it refuses.
  func definePair(_ number: Int32, foreground: Int32, background: Int32) -> Bool {
    init_extended_pair(number, foreground, background) == OK
  }

  /// Gives up all colour pairs.
  func resetPairs() {
    reset_color_pairs()
  }

  /// Writes a row from the left, `pair` numbers standing beside the glyphs.
  func put(_ glyphs: [EncodedCell], pairs: [Int32], row y: Int) {
    precondition(glyphs.count == pairs.count, "a pair for each glyph")
    row.removeAll(keepingCapacity: true)
    for (glyph, pair) in zip(glyphs, pairs) {
      row.append(
        nc_cell(
          wchar_t(bitPattern: glyph.scalar.value), Self.attributes(glyph.emphasis), max(0, pair)))
    }
    unsafe row.withUnsafeBufferPointer { buffer in
      _ = unsafe mvwadd_wchnstr(
        nc_standard_screen(), Int32(y), 0, buffer.baseAddress, Int32(buffer.count))
    }
  }

  private static func attributes(_ emphasis: Emphasis) -> attr_t {
    if emphasis.isEmpty { return 0 }
    var attributes: attr_t = 0
    if emphasis.contains(.bold) { attributes |= nc_bold() }
    if emphasis.contains(.dim) { attributes |= nc_dim() }
    if emphasis.contains(.reverse) { attributes |= nc_reverse() }
    if emphasis.contains(.underline) { attributes |= nc_underline() }
    return attributes
  }

  /// Sends what has changed.
  func update() {
    if synchronized { send(Self.frameBegin) }
    unsafe wnoutrefresh(nc_standard_screen())
    doupdate()
    if synchronized { send(Self.frameEnd) }
  }

  /// Makes the next ``update()`` send everything.
  func forgetScreen() {
    unsafe clearok(nc_current_screen(), true)
  }

  /// Asks the terminal for its background colour.
  func askForBackground() { send(ColorAnswer.question) }

  /// Enters the screen, for the first time or again, and clears it.
  func enter() {
    if mouse { send(Self.mouseOn) }
    send(Self.pasteOn)
    forgetScreen()
    update()
  }

  /// Leaves the screen; ``enter()`` comes back.
  func leave() {
    send(Self.pasteOff)
    if mouse { send(Self.mouseOff) }
    endwin()
  }

  /// Gives everything back after ``leave()``.
  func close() {
    unsafe delwin(keys)
    unsafe delscreen(handle)
    unsafe fclose(outputFile)
    unsafe fclose(inputFile)
  }

  /// Sends a string past ncurses, whose own buffer is empty between calls.
  private func send(_ string: String) {
    var rest = Array(string.utf8)[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { bytes in
        unsafe write(output, bytes.baseAddress, bytes.count)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  // MARK: - Reading

  /// Takes what comes next from the keyboard; `.nothing` if nothing comes.
  ///
  /// With `waiting`, it waits a moment for the rest of a sequence.
  func read(waiting: Bool) -> RawInput {
    unsafe wtimeout(keys, waiting ? Self.escapeDelay : 0)
    let code = unsafe wgetch(keys)
    if code == ERR { return .nothing }
    if let byte = UInt8(exactly: code) { return .byte(byte) }
    return .key(Self.key(code))
  }
}
