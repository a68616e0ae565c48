import Foundation
import Testing

@testable import ExplorerUI

/// Curves in pictures, and panels that stand side by side.
@Suite struct LineTests {
  private let state = ExplorerState.ready(
    SyntheticNetwork(layers: 5, units: 6, classes: 3), size: Size(width: 120, height: 40),
    epochs: 3)

  private func picture(_ view: View, _ panels: String? = nil) throws -> ViewPicture {
    var state = state
    state.play(
      [.terminal(.key(.character(Character(String(view.number)))))],
      with: SyntheticNetwork(layers: 5, units: 6, classes: 3))
    let numbers = try panels.map { words throws(LookupError) in try state.panels(named: words) }
    return ViewPicture(state, options: PictureOptions(panels: numbers ?? []))
  }

  private func svg(_ picture: ViewPicture) throws -> String {
    String(decoding: try picture.contents(.svg), as: UTF8.self)
  }

  @Test func aCurveIsALineFromItsFirstPointToItsLast() throws {
    var capabilities = Capabilities()
    capabilities.drawsLines = true
    var canvas = Canvas(size: Size(width: 28, height: 11), capabilities: capabilities)
    let style = Style(.rgb(red: 1, green: 2, blue: 3))
    LinePlot(
      [.init("a", points: [(0, 0), (1, 1), (2, .nan), (3, 1)], style: style)], yRange: 0...1
    ).draw(on: &canvas, in: Rect(x: 0, y: 0, width: 28, height: 11))
    let lines = canvas.lines.filter { $0.style == style }
    // 20 columns and 10 rows of curves behind the gutter; the gap parts the curve.
    #expect(lines.map(\.places.count) == [2, 1])
    #expect(lines[0].places[0] == CanvasLine.Place(x: 7.5, y: 9.5))
    #expect(lines[0].places[1].y == 0.5)
    #expect(lines[1].places == [CanvasLine.Place(x: 26.5, y: 0.5)])
    #expect(!canvas.glyphs.contains { (0x2801...0x28FF).contains($0.scalar.value) })
    let svg = canvas.svg(title: "", description: "")
    #expect(svg.contains("<path stroke=\"#010203\" d=\"M120.0 304.0L"))
    #expect(
      svg.contains("<path stroke=\"#010203\" d=\"M424.0 16.0h0\"/>"), "a point alone is a dot")
  }

  @Test(arguments: [View.lesion, .training, .depth])
  func picturesHaveLinesWhereTheScreenHasDots(view: View) throws {
    let picture = try picture(view)
    #expect(try svg(picture).contains("<path stroke="))
    #expect(picture.canvas.lines.isEmpty)
    let text = String(decoding: try picture.contents(.text), as: UTF8.self)
    #expect(text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
  }

  @Test func aLineIsPaintedThroughTheRowsOfAnImage() throws {
    var capabilities = Capabilities()
    capabilities.drawsLines = true
    var canvas = Canvas(size: Size(width: 4, height: 4), capabilities: capabilities)
    canvas.add(
      CanvasLine(
        places: [.init(x: 0.5, y: 0.5), .init(x: 3.5, y: 3.5)],
        style: Style(.rgb(red: 255, green: 0, blue: 0))))
    let image = try PNG(canvas.png())
    for place in [0.5, 1.0, 1.5, 2.0, 2.9, 3.5] {
      #expect(image[Int(place * 16), Int(place * 32)] == [255, 0, 0], "\(place)")
    }
    #expect(image[60, 4] != [255, 0, 0])
  }

  @Test(arguments: [(View.lesion, "loss,error"), (.training, "loss,accuracy"), (.classes, "2,0")])
  func panelsStandSideBySideInLine(view: View, names: String) throws {
    let rows = try picture(view, names).canvas.textRows()
    let words = names.split(separator: ",").map(String.init)
    let titles = view == .classes ? words.map { "class \($0)" } : words
    let first = try #require(rows.first)
    let places = titles.compactMap { first.range(of: $0)?.lowerBound }
    #expect(places.count == 2 && places == places.sorted(), "\(first)")
    #expect(rows.count > 8 && rows.last?.contains("epoch") == true)
    #expect(!rows.joined().contains("held  change") && !rows.joined().contains("trains"))
  }

  @Test func onePanelOfTheseViewsStandsAlone() throws {
    let rows = try picture(.lesion, "error").canvas.textRows()
    #expect(rows[0].hasPrefix(" error %") && !rows.joined().contains("loss"))
    #expect(throws: LookupError.self) { try picture(.training, "loss,attic") }
  }

  @Test func aCharacterThatTheFontLacksIsOfAnotherOne() throws {
    func fonts(_ text: String) throws -> Set<String> {
      var canvas = Canvas(size: Size(width: 10, height: 1))
      canvas.put(text, at: Point(x: 0, y: 0))
      let pdf = String(decoding: try canvas.pdf(title: ""), as: UTF8.self)
      return Set(pdf.matches(of: /\/FontName \/[A-Z]+\+(\S+)/).map { String($0.1) })
    }
    // DejaVu Sans Mono, the font that CI installs, has no double-struck letters; others of its family have.
    let usual = try fonts("A")
    #expect(usual.count == 1)
    guard usual == ["DejaVuSansMono"] else { return }
    let both = try fonts("A𝔸B")
    #expect(both.count == 2 && both.isSuperset(of: usual), "\(both)")
  }
}
