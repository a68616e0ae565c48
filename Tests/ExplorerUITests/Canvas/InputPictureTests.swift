import ExplorerUI
import Testing

@Suite struct InputPictureTests {
  private func drawn(
    _ pixels: [UInt8], _ channels: Int, _ height: Int, _ width: Int, room: Size,
    _ capabilities: Capabilities = Capabilities(), enlarged: Int = 100
  ) throws -> Canvas {
    let picture = try #require(
      InputPicture(pixels: pixels, channels: channels, height: height, width: width))
    let geometry = InputGeometry(height: height, width: width, in: room, enlarged: enlarged)
    var canvas = Canvas(size: room, capabilities: capabilities)
    picture.draw(on: &canvas, at: Point(x: 0, y: 0), geometry)
    return canvas
  }

  private func grey(_ level: UInt8) -> Ink { .rgb(red: level, green: level, blue: level) }

  @Test func aCellShowsTwoPixelsInGrey() throws {
    let canvas = try drawn(
      [0, 50, 100, 50], 1, 2, 2, room: Size(width: 2, height: 1))
    #expect(canvas[0, 0] == Glyph("▀", style: Style(grey(0), on: grey(100))))
    #expect(canvas[1, 0] == Glyph(" ", style: Style(.standard, on: grey(50))))
  }

  @Test func threeChannelsAreColours() throws {
    let canvas = try drawn([1, 2, 3, 4, 5, 6], 3, 2, 1, room: Size(width: 1, height: 1))
    let (upper, lower) = (
      Ink.rgb(red: 1, green: 3, blue: 5), Ink.rgb(red: 2, green: 4, blue: 6)
    )
    #expect(canvas[0, 0] == Glyph("▀", style: Style(upper, on: lower)))
  }

  @Test func otherNumbersOfChannelsAreAveraged() throws {
    let canvas = try drawn(
      [0, 0, 200, 100], 2, 2, 1, room: Size(width: 1, height: 1))
    #expect(canvas[0, 0].style == Style(grey(100), on: grey(50)))
  }

  @Test func largePicturesAreAveragedAndSmallOnesEnlarged() throws {
    let geometry = InputGeometry(
      height: 28, width: 28, in: Size(width: 24, height: 20), enlarged: 24)
    #expect(geometry.step == 2 && geometry.columns == 14 && geometry.rows == 7)
    let large = InputGeometry(
      height: 28, width: 28, in: Size(width: 80, height: 50), enlarged: 60)
    #expect(large.scale == 2 && large.columns == 56 && large.rows == 28)
    let averaged = try drawn([0, 100, 100, 200], 1, 2, 2, room: Size(width: 1, height: 1))
    #expect(averaged[0, 0] == Glyph("▀", style: Style(grey(100))))
  }

  @Test func withoutColoursShadesStandForLight() throws {
    let room = Size(width: 3, height: 1)
    let pixels: [UInt8] = [0, 128, 255, 0, 128, 255]
    let mono = try drawn(pixels, 1, 2, 3, room: room, Capabilities(colors: .mono))
    #expect(mono.textRows() == [" ▒█"])
    let sixteen = try drawn(pixels, 1, 2, 3, room: room, Capabilities(colors: .sixteen))
    #expect(sixteen.textRows() == [" ▒█"])
    let ascii = try drawn(
      pixels, 1, 2, 3, room: room, Capabilities(colors: .mono, unicode: false))
    #expect(ascii.textRows() == [" +@"])
    let indexed = try drawn(
      [255, 255, 255, 255], 1, 2, 2, room: room, Capabilities(colors: .indexed256, unicode: false))
    #expect(indexed[0, 0] == Glyph(" ", style: Style(.standard, on: .indexed(231))))
  }

  @Test func vectorsAreFoldedInRowsOfTens() throws {
    let geometry = InputGeometry(
      height: 1, width: 45, in: Size(width: 28, height: 14), enlarged: 28)
    #expect(geometry.isVector && geometry.across == 20 && geometry.down == 3)
    let canvas = try drawn(
      [UInt8](repeating: 255, count: 45), 1, 1, 45, room: Size(width: 28, height: 14),
      Capabilities(colors: .mono), enlarged: 28)
    #expect(canvas.textRows().prefix(3) == ["████████████████████", "█████", ""])
    let long = InputGeometry(
      height: 1, width: 100_000, in: Size(width: 28, height: 14), enlarged: 28)
    #expect(long.step == 179 && long.rows <= 14 && long.columns <= 28)
  }

  @Test(arguments: [(1, 1), (1, 3), (3, 1), (200, 3), (3, 200), (28, 28), (1, 784), (31, 33)])
  func everyShapeStaysInItsRoom(height: Int, width: Int) throws {
    for wide in [1, 2, 9, 24, 60] {
      for high in [1, 2, 7, 30] {
        let geometry = InputGeometry(
          height: height, width: width, in: Size(width: wide, height: high), enlarged: wide)
        #expect((1...wide).contains(geometry.columns) && (1...high).contains(geometry.rows))
        _ = try drawn(
          [UInt8](repeating: 9, count: height * width), 1, height, width,
          room: Size(width: wide, height: high))
      }
    }
  }

  @Test func pixelsThatAreNotThereAreRefused() {
    #expect(InputPicture(pixels: [1, 2], channels: 1, height: 2, width: 2) == nil)
    #expect(InputPicture(pixels: [], channels: 3, height: .max, width: 2) == nil)
    #expect(InputPicture(pixels: [], channels: 0, height: 0, width: 0) == nil)
  }
}
