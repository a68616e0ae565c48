import ExplorerUI
import Libc
import Testing

@Suite struct ChartTests {
  private func bar(_ lengths: [Double], width: Int, _ capabilities: Capabilities) -> Canvas {
    var canvas = Canvas(size: Size(width: width, height: 1), capabilities: capabilities)
    let glyphs: [Unicode.Scalar] = [".", "=", "#"]
    let parts = zip(lengths, glyphs).enumerated().map { index, part in
      StackedBar.Part(part.0, ink: .indexed(UInt8(index + 20)), glyph: part.1)
    }
    StackedBar(parts, total: 8).draw(on: &canvas, in: canvas.bounds)
    return canvas
  }

  @Test func barEdgesAreExactToAnEighth() {
    let canvas = bar([2.5, 3.5, 2], width: 8, Capabilities())
    #expect(canvas.textRows() == ["██▌█████"])
    #expect(canvas[2, 0].style == Style(.indexed(20), on: .indexed(21)))
    #expect(canvas[6, 0].style.foreground == .indexed(22))
  }

  @Test func barPartsDifferWithoutColour() {
    let canvas = bar([2.5, 3.5, 1], width: 8, Capabilities(colors: .mono, unicode: false))
    #expect(canvas.textRows() == ["...===#"])
  }

  @Test func barsOfNothingAreEmpty() {
    #expect(bar([0, 0, 0], width: 8, Capabilities()).textRows() == [""])
    #expect(bar([.nan, 8, .infinity], width: 4, Capabilities()).textRows() == ["████"])
  }

  @Test func histogramAddsBinsWhereColumnsAreFew() {
    var canvas = Canvas(size: Size(width: 4, height: 2))
    Histogram([4, 4, 0, 0, 2, 2, 0, 1]).draw(on: &canvas, in: canvas.bounds) { _ in .standard }
    #expect(canvas.textRows() == ["█", "█ █▂"])
  }

  @Test func oneSampleAmongManyLeavesATrace() {
    var canvas = Canvas(size: Size(width: 2, height: 1))
    Histogram([1_000_000, 1], height: .squareRoot).draw(on: &canvas, in: canvas.bounds) { _ in
      .standard
    }
    #expect(canvas.textRows() == ["█▁"])
  }

  @Test func curvesWithoutColoursAreToldApartByMarks() {
    let series = ["one", "two"].enumerated().map { index, name in
      LinePlot.Series(
        name, points: [(0, Double(index)), (9, Double(index))], style: Style())
    }
    for unicode in [true, false] {
      let capabilities = Capabilities(colors: .mono, unicode: unicode)
      var canvas = Canvas(size: Size(width: 24, height: 6), capabilities: capabilities)
      let plot = LinePlot(series)
      plot.drawLegend(on: &canvas, at: Point(x: 0, y: 0), width: 24)
      plot.draw(on: &canvas, in: canvas.bounds.inset(top: 1))
      let rows = canvas.textRows()
      #expect(rows[0] == "o one  x two")
      #expect(rows[1].hasSuffix("x") && rows[4].hasSuffix("o"), "\(rows)")
    }
    var canvas = Canvas(size: Size(width: 24, height: 1), capabilities: Capabilities())
    LinePlot(series).drawLegend(on: &canvas, at: Point(x: 0, y: 0), width: 24)
    #expect(canvas.textRows() == ["━ one  ━ two"])
  }

  private func plot(_ capabilities: Capabilities, logarithmic: Bool = false) -> Canvas {
    var canvas = Canvas(size: Size(width: 30, height: 8), capabilities: capabilities)
    let points = (0...10).map { (x: Double($0), y: logarithmic ? 1 / Double($0 + 1) : Double($0)) }
    LinePlot([.init("a", points: points, style: Style())], isLogarithmic: logarithmic)
      .draw(on: &canvas, in: canvas.bounds)
    return canvas
  }

  @Test func curvesAreBrailleOrStars() {
    let braille = plot(Capabilities()).glyphs.filter { (0x2801...0x28FF).contains($0.scalar.value) }
    #expect(braille.count >= 20)
    let ascii = plot(Capabilities(colors: .mono, unicode: false))
    #expect(ascii.glyphs.allSatisfy { $0.scalar.isASCII })
    #expect(ascii.glyphs.contains { $0.scalar == "*" })
    #expect(ascii.textRows()[0].contains("10"))
  }

  /// Curves that end at one place, as those of runs do that were trained equally long.
  @Test func marksStandOnTheirCurvesAndApart() {
    let marks: [Unicode.Scalar] = ["1", "2", "3", "4", "5"]
    var curves: [LinePlot.Series] = []
    for (index, mark) in marks.enumerated() {
      var points: [(x: Double, y: Double)] = []
      for step in 0...20 {
        let x = Double(step)
        let height = Double(4 * index)
        points.append((x, height / (1 + x * x) + 0.1))
      }
      curves.append(LinePlot.Series("\(index)", points: points, style: Style(), mark: mark))
    }
    func draw(_ series: [LinePlot.Series]) -> Canvas {
      var canvas = Canvas(size: Size(width: 60, height: 16), capabilities: Capabilities())
      LinePlot(series, yRange: 0...16, xRange: 0...20).draw(on: &canvas, in: canvas.bounds)
      return canvas
    }
    let canvas = draw(curves)
    var places: [Point] = []
    for (index, mark) in marks.enumerated() {
      var bare = curves[index]
      bare.mark = nil
      let alone = draw([bare])
      var found: [Point] = []
      for x in 8..<59 {
        for y in 0..<15 where canvas[x, y].scalar == mark { found.append(Point(x: x, y: y)) }
      }
      #expect(found.count == 1, "\(canvas.textRows())")
      for place in found {
        #expect((0x2801...0x28FF).contains(alone[place.x, place.y].scalar.value))
        places.append(place)
      }
    }
    for (index, one) in places.enumerated() {
      for other in places[..<index] {
        #expect(one.y != other.y || abs(one.x - other.x) > 1, "\(canvas.textRows())")
      }
    }
  }

  /// CIELAB: below about 30 two thin curves are taken for each other.
  @Test func coloursOfCurvesAreFarApart() {
    func lab(_ index: Int) -> [Double] {
      guard
        case .rgb(let red, let green, let blue) =
          Theme(Capabilities(colors: .trueColor)).series(index).foreground
      else { return [] }
      let linear = [red, green, blue].map { byte -> Double in
        let value = Double(byte) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      func mix(_ weights: [Double], _ white: Double) -> Double {
        var sum = 0.0
        for (weight, value) in zip(weights, linear) { sum += weight * value }
        let share = sum / white
        return share > 0.008856 ? cbrt(share) : 7.787 * share + 16.0 / 116
      }
      let x = mix([0.4124, 0.3576, 0.1805], 0.95047)
      let y = mix([0.2126, 0.7152, 0.0722], 1)
      let z = mix([0.0193, 0.1192, 0.9505], 1.08883)
      return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
    }
    for one in 0..<8 {
      for other in 0..<one {
        var sum = 0.0
        for (left, right) in zip(lab(one), lab(other)) { sum += (left - right) * (left - right) }
        #expect(sum.squareRoot() > 30, "\(one) and \(other)")
      }
    }
  }

  @Test func logarithmicAxisHasRoundTicks() {
    let rows = plot(Capabilities(), logarithmic: true).textRows()
    #expect(rows.contains { $0.contains("1┤") })
    #expect(rows.contains { $0.contains("0.1┤") })
  }

  @Test func pointsThatAreNotFiniteLeaveAGap() {
    var canvas = Canvas(size: Size(width: 30, height: 8))
    let points: [(x: Double, y: Double)] = [(0, 1), (1, .nan), (2, .infinity), (3, 2)]
    LinePlot([.init("a", points: points, style: Style())]).draw(on: &canvas, in: canvas.bounds)
    let dots = canvas.glyphs.filter { (0x2801...0x28FF).contains($0.scalar.value) }
    #expect(dots.count == 2)
  }

  @Test func sparklineSpansItsValues() {
    var canvas = Canvas(size: Size(width: 5, height: 1))
    Sparkline([0, nil, 1, .nan, 2]).draw(
      on: &canvas, in: canvas.bounds, barWidth: 1, style: Style())
    #expect(canvas.textRows() == ["▁ ▅ █"])
  }
}
