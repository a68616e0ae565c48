import Foundation
import TerminalHarness
import Testing

/// The lesion view and gates that are held, against what the commands print.
struct LesionViewTests {
  private func object(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try Program.run(
      arguments + ["--data", "shapes", "--split", "test", "--json"], in: TinyRun.shared())
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    let parsed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(parsed as? [String: Any])
  }

  private func hundredths(_ value: Double) -> String { String(format: "%.2f", 100 * value) }

  @Test func theCursorsLesionIsThatOfTheCommand() throws {
    let lesions = try object(["lesion", "run"])
    let baseline = try #require(lesions["baseline"] as? [String: Any])
    let layers = try #require(lesions["layers"] as? [[String: Any]])
    let terminal = try Explorer.open(in: TinyRun.shared())
    terminal.send("5")
    for layer in layers {
      let number = try #require(layer["layer"] as? Int)
      try terminal.wait(for: "layer \(number)") {
        $0.screen.contains("layer \(number) held at 0: y = x") && $0.columnRows("loss").count == 1
      }
      func numbers(_ label: String) -> [String] { terminal.columnRows(label).first ?? [] }
      for (key, label, text) in [
        ("loss", "loss", Explorer.fourDigits), ("error", "error %", hundredths),
      ] {
        let before = try #require(baseline[key] as? Double)
        let after = try #require(layer[key] as? Double)
        #expect(numbers(label).prefix(2) == [text(before), text(after)], "layer \(number)")
      }
      let errors = try #require(layer["classError"] as? [Double])
      for (label, error) in errors.enumerated() {
        #expect(numbers("\(label) ").dropFirst().first == hundredths(error))
      }
      terminal.send("l")
    }
  }

  @Test func whatIsHeldDoesWhatTheCommandSays() throws {
    let held = try object(["analyze", "run", "--clamp", "2=0", "--clamp", "3:1=0.5"])
    let terminal = try Explorer.open(in: TinyRun.shared())
    terminal.send("jxjlg0.5\r5")
    try terminal.wait(for: "what is held") {
      $0.header.contains("1 layer and 1 gate held") && $0.columnRows("loss").count == 2
    }
    let loss = try #require(held["loss"] as? Double)
    let accuracy = try #require(held["accuracy"] as? Double)
    let losses = terminal.columnRows("loss")
    #expect(losses.last?.dropFirst().first == Explorer.fourDigits(loss))
    #expect(losses.first?.first == losses.last?.first, "the intact network is the same in both")
    #expect(terminal.columnRows("error %").last?.dropFirst().first == hundredths(1 - accuracy))
    #expect(terminal.screen.contains("unit 3:1 at 0.500"))
    terminal.send("uu")
    try terminal.wait(forText: "undone: layer 2 held at 0; now nothing is held")
    #expect(!terminal.header.contains("held"))
  }

  @Test func everyViewShowsTheLesionedNetwork() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    terminal.send("jx")
    try terminal.wait(for: "T of 0") { terminal in
      terminal.header.contains("layer 2 held at 0")
        && terminal.screen.row(with: "mean T  ").contains("0.000 ± 0.000")
    }
    terminal.send("3")
    try terminal.wait(forText: "test samples, layer 2 held at 0")
    terminal.send("u")
    try terminal.wait(for: "undo") {
      $0.footer.contains("undone: layer 2 held at 0") && !$0.header.contains("held")
    }
  }
}

extension PseudoTerminal {
  /// The three numbers in the rows of the column at the right that begin with a label and have numbers.
  fileprivate func columnRows(_ label: String) -> [[String]] {
    screen.text.compactMap { row in
      guard let column = row.components(separatedBy: "│").last, column.hasPrefix(" " + label) else {
        return nil
      }
      let numbers = column.split(separator: " ").suffix(3).map(String.init)
      return numbers.count == 3 && numbers.allSatisfy { Double($0) != nil } ? numbers : nil
    }
  }
}
