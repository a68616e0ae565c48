import ExplorerUI
import Foundation
import Testing

@Suite struct CommandTests {
  @Test func noKeyHasTwoCommands() {
    // On the tour some keys are the tour's.
    for commands in [Command.table.filter { !$0.isForTour }, Command.table.filter(\.isForTour)] {
      var seen: [Key: String] = [:]
      for command in commands {
        #expect(!command.keys.isEmpty)
        for key in command.keys {
          #expect(seen[key] == nil, "\(key.label) is bound twice")
          seen[key] = command.name
        }
      }
    }
  }

  @Test func everyCommandIsInTheTableOnce() {
    #expect(Set(Command.table.map(\.name)).count == Command.table.count)
    let common = Command.table.compactMap(\.id)
    #expect(common.count == Command.ID.allCases.count)
    #expect(Set(common) == Set(Command.ID.allCases))
  }

  @Test func onlyAnotherProgramsGateIsFlipped() {
    var state = ExplorerState(size: Size(width: 80, height: 24))
    var summary = SyntheticNetwork().summary(epochs: 1)
    _ = update(&state, with: .modelOpened(summary))
    #expect(state.press(.character("K")) == [])
    #expect(state.message?.text.contains("another program's checkpoint") == true)
    summary.takesOtherGate = true
    _ = update(&state, with: .modelOpened(summary))
    #expect(state.press(.character("K")) == [.flipGate])
  }

  @Test func markdownListsEveryCommand() {
    let lines = Command.markdownTable.split(separator: "\n")
    #expect(lines.count == Command.table.count + 2)
    #expect(lines.contains("| `t` | train one epoch from the one shown |"))
    #expect(lines.contains("| `↑` `k` | a layer up (Training: an epoch back; Compare: a run) |"))
  }

  @Test func readmeListsTheKeys() throws {
    let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let readme = try String(contentsOfFile: "/\(path)/README.md", encoding: .utf8)
    #expect(readme.contains(Command.markdownTable), "README.md needs:\n\(Command.markdownTable)")
  }

  @Test(arguments: View.allCases)
  func footMentionsHelpAndTheWayOut(view: View) {
    var state = ExplorerState.ready(SyntheticNetwork(layers: 3, units: 4, classes: 2))
    state.display.view = view
    for width in [60, 80, 120] {
      state.size = Size(width: width, height: 24)
      let foot = state.screen.textRows().last ?? ""
      #expect(foot.hasSuffix("? help  q leave"))
    }
  }

  @Test func helpListsEveryCommandAndScrolls() {
    var state = ExplorerState.ready(SyntheticNetwork(layers: 3, units: 4, classes: 2))
    state.press(.character("?"))
    var seen = ""
    for _ in 0..<120 {
      seen += state.screen.textRows().joined(separator: "\n")
      state.press(.down)
    }
    for command in Command.table { #expect(seen.contains(command.help), "\(command.name)") }
    state.press(.escape)
    #expect(state.mode == .normal)
  }

  @Test func everyViewHasItsNumberForKey() {
    for view in View.allCases {
      var state = ExplorerState.ready(SyntheticNetwork(layers: 3, units: 4, classes: 2))
      state.press(.character(Character(String(view.number))))
      #expect(state.display.view == view)
    }
  }
}
