import ExplorerUI
import Foundation
import Testing

@testable import HighwayNetworks

@Suite struct SweepTests {
  private static let terminals = [
    Capabilities(colors: .trueColor, unicode: true),
    Capabilities(colors: .indexed256, unicode: false),
    Capabilities(colors: .sixteen, unicode: true), Capabilities(colors: .mono, unicode: false),
  ]

  @Test(arguments: terminals, View.allCases)
  func everySizeDraws(capabilities: Capabilities, view: View) {
    var state = ExplorerState.ready(
      SyntheticNetwork(layers: 7, units: 9, classes: 3), capabilities: capabilities, epochs: 4)
    state.display.view = view
    for width in stride(from: 0, through: 150, by: 25) {
      for height in stride(from: 0, through: 50, by: 6) {
        state.size = Size(width: width, height: height)
        state.display.showsAllClasses = (width + height).isMultiple(of: 2)
        state.mode = width.isMultiple(of: 3) ? .help(Help(scroll: height)) : .normal
        let canvas = state.screen
        #expect(capabilities.unicode || canvas.glyphs.allSatisfy { $0.scalar.value < 0x80 })
        #expect(canvas.glyphs.allSatisfy { isSuited($0.style, capabilities) })
      }
    }
  }

  /// All sizes from 1×1 to 220×70 in all depths take minutes, so that a few of them stand for the others here;
  /// with TOLLGATE_SWEEP=all none is left out.
  @Test(arguments: View.allCases)
  func everySizeUpToALargeScreenDraws(view: View) {
    let isFull = ProcessInfo.processInfo.environment["TOLLGATE_SWEEP"] == "all"
    let terminals = Capabilities.ColorDepth.allCases.flatMap { colors in
      [true, false].map { Capabilities(colors: colors, unicode: $0) }
    }
    let screens = Self.screens(of: view)
    var number = 0
    for width in 1...220 {
      for height in 1...70 {
        number += 1
        // Steps without a common factor: widths, heights, depths and screens meet in all ways.
        guard isFull || number.isMultiple(of: 307) else { continue }
        for (index, capabilities) in terminals.enumerated() where isFull || index == number % 8 {
          var state = screens[(number + index) % screens.count]
          state.size = Size(width: width, height: height)
          state.capabilities = capabilities
          let canvas = state.screen
          #expect(canvas.glyphs.count == width * height)
          guard capabilities.unicode || canvas.glyphs.allSatisfy({ $0.scalar.value < 0x80 }),
            canvas.glyphs.allSatisfy({ isSuited($0.style, capabilities) })
          else {
            Issue.record("\(width)×\(height), \(capabilities)")
            continue
          }
        }
      }
    }
  }

  /// A view with all there, under every kind of overlay and in every state of its data.
  private static func screens(of view: View) -> [ExplorerState] {
    let network = SyntheticNetwork(layers: 7, units: 9, classes: 3)
    var plain = view == .compare ? ExplorerState.comparing() : .ready(network, epochs: 4)
    plain.display.view = view
    func changed(_ change: (inout ExplorerState) -> Void) -> ExplorerState {
      var state = plain
      change(&state)
      return state
    }
    var pending = ExplorerState(size: Size(width: 80, height: 24))
    _ = update(&pending, with: .modelOpened(network.summary()))
    pending.display.view = view
    var missing = pending
    _ = update(&missing, with: .modelOpened(network.summary(dataProblem: "no data found")))
    return [
      plain, pending, missing, ExplorerState(size: Size(width: 80, height: 24)),
      changed { $0.press(.character("?"), .character("a")) },
      changed { $0.press(.character(":"), .character("l")) },
      changed { $0.press(.character("/"), .character("1")) },
      changed { $0.press(.enter) }, changed { $0.press(.character("a"), .character("o")) },
      changed { state in
        for key in "xjx" { state.play([.terminal(.key(.character(key)))], with: network) }
      },
      changed { state in
        _ = update(&state, with: .terminal(.key(.character("t"))))
        let progress = TrainingProgress(
          epoch: 5, step: 3, steps: 40, loss: 0.3, samplesPerSecond: 9000)
        _ = update(&state, with: .trainingProgressed(progress))
      },
      changed {
        _ = update(&$0, with: .noticed(Message(.failure, String(repeating: "ab ", count: 200))))
      },
    ]
  }

  @Test(arguments: View.allCases)
  func everyKindOfNetworkDraws(view: View) {
    var networks = [
      SyntheticNetwork(layers: 1, units: 1, classes: 1),
      SyntheticNetwork(layers: 0, units: 4, classes: 2),
      SyntheticNetwork(layers: 110, units: 2, classes: 2),
      SyntheticNetwork(layers: 2, units: 90, classes: 40),
    ]
    for gating in [Gating.full, .transformOnly, .carryOnly, .residual, .plain, .frozen(p: 0.5)] {
      networks.append(SyntheticNetwork(layers: 4, units: 5, classes: 2, gating: gating))
    }
    for network in networks {
      var state = ExplorerState.ready(network, epochs: 1)
      state.display.view = view
      for size in [(60, 16), (80, 24), (200, 60)] {
        state.size = Size(width: size.0, height: size.1)
        for all in [true, false] {
          state.display.showsAllClasses = all
          #expect(state.screen.textRows().count == size.1)
        }
      }
      state.press(.down, .right, .end, .pageUp, .character("]"), .character("a"))
    }
  }

  @Test(arguments: View.allCases)
  func pendingAndMissingDataDraw(view: View) {
    let network = SyntheticNetwork(layers: 6, units: 8, classes: 3)
    for summary in [
      network.summary(), network.summary(dataProblem: "no data found"),
      ModelSummary(path: "", name: "\u{1B}[2J", architecture: network.architecture),
    ] {
      var state = ExplorerState(size: Size(width: 80, height: 24))
      _ = state.screen
      _ = update(&state, with: .modelOpened(summary))
      state.display.view = view
      for scope in CellScope.allCases {
        state.display.cellScope = scope
        #expect(state.screen.glyphs.allSatisfy { $0.scalar != "\u{1B}" })
      }
    }
  }

  @Test func mouseAnywhereIsHarmless() {
    var state = ExplorerState.ready(SyntheticNetwork(layers: 7, units: 9, classes: 3), epochs: 4)
    for view in View.allCases {
      state.display.view = view
      for all in [false, true] {
        state.display.showsAllClasses = all
        for y in stride(from: -1, to: 26, by: 3) {
          for x in stride(from: -1, to: 82, by: 3) {
            for kind in [MouseEvent.Kind.drag, .scrollUp, .scrollDown, .release] {
              let event = MouseEvent(kind, at: Point(x: x, y: y))
              _ = update(&state, with: .terminal(.mouse(event)))
              let place = state.selection
              #expect((0..<7) ~= place.block && (0..<9) ~= place.unit && (0..<3) ~= place.label)
            }
          }
        }
      }
    }
  }

  /// Whether a style can be shown: nothing that the terminal lacks.
  private func isSuited(_ style: Style, _ capabilities: Capabilities) -> Bool {
    [style.foreground, style.background].allSatisfy { ink in
      switch (ink, capabilities.colors) {
      case (.standard, _), (.rgb, .trueColor), (.indexed, .indexed256), (.indexed, .trueColor): true
      case (.indexed(let index), .sixteen): index < 16
      case (.indexed, .mono), (.rgb, .mono), (.rgb, .sixteen), (.rgb, .indexed256): false
      }
    }
  }
}
