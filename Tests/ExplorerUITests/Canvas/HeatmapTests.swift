import ExplorerUI
import Testing

@Suite struct HeatmapTests {
  private static let everyTerminal = Capabilities.ColorDepth.allCases.flatMap { depth in
    [true, false].map { Capabilities(colors: depth, unicode: $0) }
  }

  private let area = Rect(x: 4, y: 1, width: 20, height: 10)

  private func geometry(_ rows: Int, _ columns: Int, halfBlocks: Bool = true) -> HeatmapGeometry {
    HeatmapGeometry(
      rows: rows, columns: columns, in: area, halfBlocks: halfBlocks, maximalScale: (8, 4))
  }

  private func heatmap(_ rows: [[Float]], cursor: (row: Int, column: Int)? = nil) -> Heatmap {
    Heatmap(
      HeatmapMatrix(rows: rows), scale: ColorScale(.viridis, lower: 0, upper: 1),
      rowNumbers: Array(1...max(1, rows.count)), cursor: cursor)
  }

  @Test func halfBlocksShowTwoRowsInOne() {
    var canvas = Canvas(size: Size(width: 24, height: 12))
    let rows = (0..<20).map { row in [Float](repeating: row.isMultiple(of: 2) ? 0 : 1, count: 20) }
    heatmap(rows).draw(on: &canvas, at: geometry(20, 20))
    let cell = canvas[4, 1]
    #expect(cell.scalar == "▀")
    #expect(cell.style.foreground == .rgb(red: 0x44, green: 0x01, blue: 0x54))
    #expect(cell.style.background == .rgb(red: 0xFD, green: 0xE7, blue: 0x25))
  }

  @Test func equalHalvesNeedOneColour() {
    var canvas = Canvas(size: Size(width: 24, height: 12))
    heatmap(Array(repeating: [Float](repeating: 1, count: 20), count: 20))
      .draw(on: &canvas, at: geometry(20, 20))
    #expect(canvas[10, 5].scalar == " ")
    #expect(canvas[10, 5].style.background == .rgb(red: 0xFD, green: 0xE7, blue: 0x25))
  }

  @Test func largerMatricesAreReducedByTheMean() {
    let geometry = geometry(41, 50)
    #expect(geometry.rowStep == 3 && geometry.columnStep == 3)
    #expect(geometry.averaged("layer", "unit") == "3 layers × 3 units")
    let matrix = HeatmapMatrix(rows: [[0, 1], [0.5, 0.5], [1, 0]])
    #expect(matrix.mean(rows: 0..<3, columns: 0..<2) == 0.5)
    #expect(matrix.mean(rows: 0..<1, columns: 1..<2) == 1)
  }

  @Test func smallerMatricesAreReplicatedByWholeFactors() {
    let geometry = geometry(4, 6)
    #expect(geometry.rowScale == 4 && geometry.columnScale == 3)
    #expect(geometry.grid == Rect(x: 4, y: 1, width: 18, height: 8))
    #expect(geometry.averaged("layer", "unit") == nil)
  }

  @Test func shortRowsStayBlankAndNaNHasItsOwnGlyph() {
    var canvas = Canvas(size: Size(width: 24, height: 12))
    let rows: [[Float]] = [[0, .nan], [], [0, 1]]
    heatmap(rows).draw(on: &canvas, at: geometry(3, 2, halfBlocks: false))
    let geometry = geometry(3, 2, halfBlocks: false)
    #expect(canvas[geometry.x(column: 1), geometry.y(row: 0)].scalar == "?")
    #expect(canvas[geometry.x(column: 0), geometry.y(row: 1)] == Glyph())
    #expect(HeatmapMatrix(rows: rows).mean(rows: 1..<2, columns: 0..<2) == nil)
    #expect(HeatmapMatrix(rows: rows).mean(rows: 0..<3, columns: 0..<2)?.isNaN == true)
  }

  @Test(arguments: [(49, 50), (4, 6), (1, 1), (20, 20), (7, 128), (100, 3)], [true, false])
  func pointsLeadBackToTheirPlace(size: (Int, Int), halfBlocks: Bool) throws {
    let geometry = geometry(size.0, size.1, halfBlocks: halfBlocks)
    for row in 0..<size.0 {
      for column in 0..<size.1 {
        let point = Point(x: geometry.x(column: column), y: geometry.y(row: row))
        let place = try #require(geometry.place(at: point))
        #expect(geometry.matrixRows(screenRow: point.y - geometry.grid.y).contains(row))
        #expect(column / geometry.columnStep == place.column / geometry.columnStep)
      }
    }
    #expect(geometry.place(at: Point(x: area.x - 1, y: area.y)) == nil)
    #expect(geometry.place(at: Point(x: geometry.grid.maxX, y: area.y)) == nil)
  }

  @Test func emptyMatrixDrawsNothing() {
    var canvas = Canvas(size: Size(width: 24, height: 12))
    heatmap([]).draw(on: &canvas, at: geometry(0, 0))
    #expect(canvas == Canvas(size: Size(width: 24, height: 12)))
  }

  @Test(arguments: everyTerminal)
  func cursorIsSeenOnEveryTerminal(capabilities: Capabilities) {
    let half = capabilities.unicode && capabilities.colors >= .indexed256
    let geometry = geometry(20, 20, halfBlocks: half)
    let rows = Array(repeating: [Float](repeating: 0.3, count: 20), count: 20)
    var plain = Canvas(size: Size(width: 24, height: 12), capabilities: capabilities)
    var marked = plain
    heatmap(rows).draw(on: &plain, at: geometry)
    heatmap(rows, cursor: (7, 9)).draw(on: &marked, at: geometry)
    let (x, y) = (geometry.x(column: 9), geometry.y(row: 7))
    #expect(plain[x, y] != marked[x, y])
    #expect(plain[2, y] != marked[2, y], "the layer's number is set off")
    #expect(plain[x, geometry.grid.maxY] != marked[x, geometry.grid.maxY])
  }

  @Test func asciiTerminalsGetOneRowPerRowAndAsciiOnly() {
    let capabilities = Capabilities(colors: .mono, unicode: false)
    var canvas = Canvas(size: Size(width: 24, height: 12), capabilities: capabilities)
    heatmap([[0, 0.35, 0.99], [0.5, 0.99, 0]]).draw(
      on: &canvas,
      at: HeatmapGeometry(
        rows: 2, columns: 3, in: area, halfBlocks: false, maximalScale: (1, 1)))
    #expect(Array(canvas.textRows()[1...3]) == ["  1  -@", "  2 +@", "    0"])
  }
}
