import ExplorerUI
import Libc
import Terminal

/// A program for the tests of the terminal: draws a scene, shows each event as text, and can fail.
///
///     terminal-probe [--colors mono|sixteen|indexed256|trueColor] [--ascii] [--unicode]
///                    [--no-mouse] [scene]
///
/// Keys: q leaves; Ctrl-Z suspends; Ctrl-L repaints; the capital letters of ``Crash`` do harm;
/// + wakes the loop from another thread; N draws the next scene; everything is echoed.
@main
struct Probe {
  private var options = TerminalOptions()
  private var scene = Scene.log
  private var log: [String] = []
  private var frame = 0
  private var wakes = 0

  static func main() {
    var probe = Probe()
    probe.readArguments()
    do throws(TerminalError) {
      exit(try probe.run())
    } catch {
      var line = Array("terminal-probe: \(error)\n".utf8)
      unsafe write(2, &line, line.count)
      exit(2)
    }
  }

  private mutating func readArguments() {
    var arguments = CommandLine.arguments.dropFirst()
    while let argument = arguments.popFirst() {
      switch argument {
      case "--colors":
        let name = arguments.popFirst()
        options.colors = Capabilities.ColorDepth.allCases.first { "\($0)" == name }
      case "--ascii": options.ascii = true
      case "--unicode": options.ascii = false
      case "--no-mouse": options.mouse = false
      default: scene = Scene(rawValue: argument) ?? .log
      }
    }
  }

  private mutating func run() throws(TerminalError) -> Int32 {
    let screen = try Screen(options)
    let waker = screen.waker
    note("terminfo \(Self.variable("TERMINFO") ?? "unset")")
    note("ready \(screen.capabilities.colors) unicode=\(screen.capabilities.unicode)")
    while true {
      var canvas = Canvas(size: screen.size, capabilities: screen.capabilities)
      scene.draw(log, frame: frame, on: &canvas)
      frame += 1
      screen.present(canvas)
      let arrivals = screen.waitForEvents()
      if arrivals.isWoken {
        wakes += 1
        note("woken \(wakes)")
      }
      for event in arrivals.events {
        note(Self.describe(event))
        switch event {
        case .key(.character("q")):
          screen.close()
          return 0
        case .terminate(let signal):
          screen.close()
          return 128 + signal
        case .key(.control("z")): screen.suspend()
        case .key(.control("l")): screen.repaint()
        case .key(.character("+")): Workers.start { for _ in 0..<10_000 { waker.wake() } }
        case .key(.character("N")): scene = scene.next
        case .key(.character(let key)): Crash(rawValue: key)?.happen()
        case .key, .mouse, .pasted, .resized, .resumed, .ground: break
        }
      }
    }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  private mutating func note(_ line: String) {
    log.append(line)
    log = log.suffix(8)
  }

  private static func describe(_ event: TerminalEvent) -> String {
    switch event {
    case .key(.character(let character)): "key '\(character)'"
    case .key(.control(let character)): "ctrl-\(character)"
    case .key(let key): "key \(key)"
    case .mouse(let mouse): "mouse \(mouse.kind) \(mouse.position.x),\(mouse.position.y)"
    case .pasted(let text): "pasted \(text.count): \(text.prefix(20))"
    case .resized(let size): "resized \(size.width)x\(size.height)"
    case .resumed: "resumed"
    case .ground(let ground): "ground \(ground)"
    case .terminate(let signal): "terminate \(signal)"
    }
  }
}
