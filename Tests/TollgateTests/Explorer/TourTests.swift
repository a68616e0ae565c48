import Foundation
import TerminalHarness
import TestSupport
import Testing

/// The tour over the model that comes with the program: what its sentences claim is true of it.
struct TourTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static var isHere: Bool {
    FileManager.default.fileExists(atPath: root + "/models/mnist-highway-50/run.json")
  }

  /// The sentences of the step that is shown; nil while they are not complete.
  private func sentences(_ terminal: PseudoTerminal, _ step: Int) -> String? {
    let rows = terminal.screen.text
    guard let head = rows.firstIndex(where: { $0.hasPrefix(" Tour \(step)/15  ") }),
      let end = rows[head...].firstIndex(where: { $0.hasPrefix(" loss ") })
    else { return nil }
    let text = rows[head + 1..<end].joined(separator: " ").split(separator: " ")
      .joined(separator: " ")
    return text.contains("computed…") ? nil : text
  }

  /// Numbers of a text, without commas in them; a point or comma after them is none of theirs.
  private func numbers(_ text: String) -> [Double] {
    text.replacing(",", with: "").split { !"-0123456789.".contains($0) }.compactMap { word in
      Double(word.last == "." ? word.dropLast() : word)
    }
  }

  @Test(.enabled(if: isHere)) func everySentenceIsTrueOfTheShippedModel() throws {
    let terminal = try Explorer.start(
      ["tour", "--samples", "300"], in: Self.root, width: 80, height: 34)
    var said: [[Double]] = [[]]
    var texts: [String] = [""]
    for step in 1...15 {
      try terminal.wait(for: "step \(step)") { sentences($0, step) != nil }
      let text = try #require(sentences(terminal, step))
      #expect(!text.contains("missing") && !text.contains("…"), "\(text)")
      texts.append(text)
      said.append(numbers(text))
      terminal.send("\r")
    }
    try terminal.wait(forText: "the tour is over")
    func number(_ step: Int, _ index: Int) throws -> Double {
      try #require(said[step].indices.contains(index) ? said[step][index] : nil, "\(texts[step])")
    }
    // 49 layers, 50 units, 1, 0, sample 7, read as 0, percent of samples.
    #expect(said[1].starts(with: [49, 50, 1, 0, 7, 0]), "\(texts[1])")
    #expect(try number(1, 6) > 85 && number(1, 7) == 300)
    // The unit, the layer, H, x, T, 1, then H·T + x·C = y, the next layer, T and y.
    let (state, input, gate) = (try number(2, 2), try number(2, 3), try number(2, 4))
    #expect(gate > 0.9 && (state - input).magnitude > 1, "\(texts[2])")
    #expect((state * gate + input * (1 - gate) - (try number(2, 10))).magnitude < 0.003)
    #expect(try number(2, 11) == 6 && number(2, 12) < 0.1)
    #expect(try (number(2, 13) - number(2, 10)).magnitude < 0.02)
    // Figure 2.
    #expect(try number(3, 1) == -2 && number(3, 2) > 90, "\(texts[3])")
    #expect(try number(4, 0) == 300 && number(4, 1) > 1.2 * number(4, 2), "\(texts[4])")
    #expect(try number(5, 1) < 0.05 * number(5, 2), "\(texts[5])")
    #expect(try number(5, 4) > 0.5 * number(5, 1))
    #expect(try number(6, 0) > 2 * number(6, 2) && number(6, 2) < 0.06, "\(texts[6])")
    // Classes 0 and 7.
    #expect(said[7].starts(with: [43, 5]), "\(texts[7])")
    #expect(try number(7, 2) > 0.8 && number(7, 3) < 0.3)
    #expect(try number(8, 0) < 0.1 && number(8, 1) > 0.8 && number(8, 2) > 200, "\(texts[8])")
    // Cells: carried and mixed are nearly all.
    #expect(try number(9, 2) + number(9, 3) > 98 && number(9, 4) < 2, "\(texts[9])")
    // Lesions.
    #expect(try number(10, 2) > number(10, 4) && number(10, 3) == 300, "\(texts[10])")
    #expect(texts[11].contains("as many as with it"), "\(texts[11])")
    #expect(try number(11, 2) > 40)
    // Epoch 0 and 5: the gates spread, and more is read correctly.
    #expect(try number(12, 3) < 15 && number(12, 4) == 10, "\(texts[12])")
    #expect(try number(13, 0) == 5 && number(13, 1) < number(12, 1), "\(texts[13])")
    #expect(try number(13, 2) > number(12, 2) && number(13, 3) > 60)
    // Highway, residual, plain.
    #expect(texts[14].contains("highway 87.8 %, residual 86.5 %, plain 86.5 %"), "\(texts[14])")
    #expect(texts[15].contains("T begins it again"))
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test(.enabled(if: isHere)) func theListOffersItOnTheFirstStartAlone() throws {
    let workspace = try TinyRun.workspace()
    try workspace.copy(workspace.at("run"), as: "second")
    let state = ["XDG_STATE_HOME": workspace.at("state"), "HOME": workspace.at("home")]
    for isFirst in [true, false] {
      let terminal = try Explorer.start(["--data", "shapes"], in: workspace, state)
      try terminal.wait(for: "the list") {
        $0.screen.contains("second") && $0.footer.contains("T tour")
      }
      #expect(terminal.screen.contains("New here? T begins a tour") == isFirst)
      terminal.send("q")
      #expect(try terminal.waitForExit() == .exited(0))
    }
  }
}
