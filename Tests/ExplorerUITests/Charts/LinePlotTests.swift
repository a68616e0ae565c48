import Testing

@testable import ExplorerUI

/// Curves of many points.
struct LinePlotTests {
  private func curve(_ values: [Double]) -> LinePlot.Series {
    LinePlot.Series(
      "loss", points: values.enumerated().map { (x: Double($0.offset), y: $0.element) },
      style: Style())
  }

  @Test func aLongCurveKeepsItsEndsItsExtremesAndItsGaps() {
    var values = [Double](repeating: 1, count: 50_000)
    values[20_001] = -3
    values[20_002] = 7
    values[31_000] = .nan
    let points = curve(values).thinned(to: 400).points
    #expect((200...600).contains(points.count))
    #expect(points.first?.x == 0 && points.last?.x == 49_999)
    #expect(points.contains { $0.x == 20_001 && $0.y == -3 })
    #expect(points.contains { $0.x == 20_002 && $0.y == 7 })
    #expect(points.contains { $0.x == 31_000 && $0.y.isNaN })
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.x < $1.x })
  }

  @Test func aShortCurveStaysAsItIs() {
    let short = curve((0..<200).map(Double.init))
    #expect(short.thinned(to: 200).points.map(\.x) == short.points.map(\.x))
  }
}
