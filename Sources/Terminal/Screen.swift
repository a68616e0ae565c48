private import CTermGuard
package import ExplorerUI
private import Libc

/// The terminal as a grid of glyphs to show and a source of events.
///
/// For the main thread only, and one at a time. From ``init(_:)`` to ``close()`` the terminal is in
/// the alternate screen and the process's termination, stop and crash signals are taken over.
/// However the process ends, the terminal is given back as it was.
package final class Screen {
  /// Where keys come from.
  static let inputDescriptor: Int32 = 0

  /// What the terminal can show.
  package let capabilities: Capabilities
  /// Ends a wait from any thread.
  package let waker = Waker()

  let curses: Curses
  var decoder = InputDecoder()
  /// What the next wait reports first.
  var announced: [TerminalEvent] = []
  /// Whether the terminal has gone away.
  var isHungUp = false
  /// When the terminal was asked for its background, in milliseconds; nil once it has answered.
  var askedAt: Int?
  private let asksForBackground: Bool
  private var encoder: RowEncoder
  private var pairs: ColorPairs
  /// The rows as last given to ncurses; empty for those that must be given again.
  private var shown: [[Glyph]] = []
  private var encoded: [EncodedCell] = []
  private var pairNumbers: [Int32] = []
  private(set) var isOpen = true

  /// Takes over the terminal on standard input and output.
  ///
  /// Before other threads run: the environment is changed for a moment.
  ///
  /// - Throws: ``TerminalError/notATerminal(stream:)`` for a file or a pipe, the errors about TERM
  ///   if it names no terminal that can show full screens, ``TerminalError/system(call:code:)`` if
  ///   the system has no descriptors or memory left. The terminal is then untouched.
  package init(_ options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
    guard isatty(0) == 1 else { throw .notATerminal(stream: "standard input") }
    guard isatty(1) == 1 else { throw .notATerminal(stream: "standard output") }
    let environment = TerminalEnvironment.current()
    let plan = try TerminalPlan(
      asked: options.colors, environment: environment,
      description: environment.name.flatMap { $0.isEmpty ? nil : Curses.describe($0) })
    let isUTF8 = Curses.chooseCharacterSet(forced: options.ascii == false)

    let failure = tg_begin(1)
    guard failure == 0 else { throw .system(call: "tcgetattr", code: failure) }
    do {
      curses = try Curses(
        entry: plan.entry, name: environment.name ?? "", colors: plan.colors != .mono,
        mouse: options.mouse)
    } catch {
      tg_end()
      throw error
    }
    capabilities = Capabilities(
      colors: curses.pairLimit > 0 ? plan.colors : .mono, unicode: isUTF8 && options.ascii != true,
      ground: environment.ground)
    asksForBackground =
      options.asksForBackground && capabilities.colors != .mono && environment.takesQuestions
    encoder = RowEncoder(
      unicode: capabilities.unicode,
      colors: ColorNumbers(depth: capabilities.colors, meaning: curses.meaning),
      width: Curses.width)
    pairs = ColorPairs(limit: curses.pairLimit)
    arm()
    curses.enter()
    askForBackground()
  }

  /// Asks for the background; the answer comes as an event, if at all, and nothing waits for it.
  private func askForBackground() {
    guard asksForBackground else { return }
    curses.askForBackground()
    askedAt = Self.now()
  }

  deinit {
    close()
  }

  /// The columns and rows of the screen, as of the last ``TerminalEvent/resized(_:)``.
  package var size: Size { curses.size }

  // MARK: - Showing

  /// Shows a canvas: sends what differs from what was last shown.
  ///
  /// A canvas of another size is cut or filled up with blanks.
  package func present(_ canvas: Canvas) {
    guard isOpen else { return }
    var changed = give(canvas)
    if pairs.overflowed {
      // The colour pairs have run out: start afresh with those of this frame. Should they not do
      // either, the rest is drawn without colour.
      curses.resetPairs()
      pairs.reset()
      shown = []
      changed = give(canvas)
      pairs.acceptOverflow()
      curses.forgetScreen()
    }
    if changed { curses.update() }
  }

  /// Shows everything again, for when something else has written on the screen.
  package func repaint() {
    guard isOpen else { return }
    curses.forgetScreen()
    curses.update()
  }

  /// Gives the rows that differ to ncurses; whether there are any.
  private func give(_ canvas: Canvas) -> Bool {
    let size = self.size
    if shown.count != size.height { shown = [[Glyph]](repeating: [], count: size.height) }
    var changed = false
    for y in 0..<size.height {
      let row = Self.row(y, of: canvas, width: size.width)
      if shown[y].elementsEqual(row) { continue }
      shown[y] = Array(row)
      changed = true
      encoded.removeAll(keepingCapacity: true)
      encoder.encode(row, into: &encoded)
      pairNumbers.removeAll(keepingCapacity: true)
      for glyph in encoded {
        pairNumbers.append(
          pairs.number(
            foreground: glyph.foreground, background: glyph.background,
            define: curses.definePair(_:foreground:background:)))
      }
      curses.put(encoded, pairs: pairNumbers, row: y)
    }
    return changed
  }

  private static func row(_ y: Int, of canvas: Canvas, width: Int) -> ArraySlice<Glyph> {
    guard y < canvas.size.height else { return [Glyph](repeating: Glyph(), count: width)[...] }
    let start = y * canvas.size.width
    let row = canvas.glyphs[start..<start + min(width, canvas.size.width)]
    if row.count == width { return row }
    return (row + [Glyph](repeating: Glyph(), count: width - row.count))[...]
  }

  /// Draws the next frame whole: the rows that ncurses holds are of another size.
  func forgetRows() {
    shown = []
    curses.forgetScreen()
  }

  // MARK: - Leaving and coming back

  /// Gives the terminal back, stops the process group, and paints the screen again on return.
  ///
  /// Where nobody could continue the process, it does not stop. The next wait reports
  /// ``TerminalEvent/resumed``.
  package func suspend() {
    guard isOpen, tg_can_stop() else { return }
    takeLateAnswer()
    curses.leave()
    tg_disarm()
    tg_stop_process_group()
    arm()
    comeBack()
  }

  /// Enters the screen again after the process was continued.
  func comeBack() {
    announced.append(.resumed)
    if curses.followSize() {
      forgetRows()
      announced.append(.resized(size))
    }
    curses.enter()
    askForBackground()
  }

  /// Gives the terminal back as it was; doing so again does nothing.
  package func close() {
    guard isOpen else { return }
    takeLateAnswer()
    isOpen = false
    curses.leave()
    tg_disarm()
    tg_end()
    curses.close()
  }

  /// From here on a crash restores the terminal.
  private func arm() {
    unsafe curses.leavingBytes.withUnsafeBufferPointer { bytes in
      // It fails for want of memory only; then crashes alone are not covered.
      _ = unsafe tg_arm(bytes.baseAddress, bytes.count, curses.output)
    }
  }
}
