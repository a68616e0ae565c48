import CZlib
import ExplorerUI
import Foundation
import HighwayNetworks
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Canvases and views as files.
@Suite struct PictureTests {
  /// Two cells: a full block, and the upper half of one over another colour.
  private var blocks: Canvas {
    var canvas = Canvas(size: Size(width: 2, height: 1), capabilities: Capabilities())
    canvas[0, 0] = Glyph("█", style: Style(.rgb(red: 255, green: 0, blue: 0)))
    canvas[1, 0] = Glyph(
      "▀", style: Style(.rgb(red: 255, green: 0, blue: 0), on: .rgb(red: 0, green: 0, blue: 255)))
    return canvas
  }

  @Test func blocksOfOneColourAreOnePath() throws {
    let svg = blocks.svg(title: "a", description: "b")
    let elements = try Elements(svg)
    #expect(elements.names.filter { $0 == "path" }.count == 2)
    let red = try #require(elements.attributes.first { $0["fill"] == "#ff0000" }?["d"])
    #expect(red.contains("M0 0h16v32h-16z"))
    #expect(red.contains("M16 0h16v16h-16z"))
    let blue = try #require(elements.attributes.first { $0["fill"] == "#0000ff" }?["d"])
    #expect(blue == "M16 16h16v16h-16z" || blue == "M16 0h16v32h-16z")
  }

  @Test func textStandsInItsColumns() throws {
    var canvas = Canvas(size: Size(width: 8, height: 2), capabilities: Capabilities())
    canvas.put("a<b&", at: Point(x: 2, y: 1), style: Style())
    let elements = try Elements(canvas.svg(title: "<t>", description: "&"))
    let text = try #require(elements.attributes.first { $0["textLength"] != nil })
    #expect(text["x"] == "32" && text["textLength"] == "64")
    #expect(elements.texts.contains("a<b&") && elements.texts.contains("<t>"))
  }

  @Test(arguments: [1, 2, 3])
  func pixelsAreTheBlocks(scale: Int) throws {
    let image = try PNG(blocks.png(scale: scale))
    #expect(image.width == 32 * scale && image.height == 32 * scale)
    for (x, y, color) in [
      (0, 0, [255, 0, 0]), (15, 31, [255, 0, 0]), (16, 15, [255, 0, 0]), (16, 16, [0, 0, 255]),
      (31, 31, [0, 0, 255]),
    ] as [(Int, Int, [UInt8])] {
      #expect(image[x * scale, y * scale] == color, "\(x), \(y)")
      #expect(image[x * scale + scale - 1, y * scale + scale - 1] == color, "\(x), \(y)")
    }
  }

  @Test func lettersAreDrawn() throws {
    var canvas = Canvas(size: Size(width: 2, height: 1), capabilities: Capabilities())
    canvas.put("I ", at: Point(x: 0, y: 0), style: Style(.rgb(red: 1, green: 2, blue: 3)))
    let image = try PNG(canvas.png(scale: 4))
    func inked(_ columns: Range<Int>) -> Int {
      columns.reduce(0) { sum, x in
        sum + (0..<128).count { image[x, $0] == [1, 2, 3] }
      }
    }
    // Edges are blended with the ground, what lies between them is not.
    #expect(inked(0..<64) > 300)
    #expect(inked(64..<128) == 0)
  }

  @Test func aPDFIsAPageWithItsTitleAndItsWords() throws {
    var canvas = Canvas(size: Size(width: 30, height: 3), capabilities: Capabilities())
    canvas.put("mean T of layer 17 ≥ 0", at: Point(x: 2, y: 1), style: Style())
    let bytes = try canvas.pdf(title: "Overview of a network")
    #expect(bytes.starts(with: Array("%PDF-1.".utf8)))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("/Title (Overview of a network)"))
    // 30 columns of 6 points, 3 rows of 12.
    #expect(text.contains("[ 0 0 180 36 ]"))
    #expect(text.hasSuffix("%%EOF\n") && text.contains("/FontFile"))
    let reader = "/usr/bin/pdftotext"
    guard FileManager.default.isExecutableFile(atPath: reader) else { return }
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).pdf"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: reader)
    process.arguments = [path, "-"]
    process.standardOutput = output
    try process.run()
    let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(words.contains("mean T of layer 17 ≥ 0"), "\(words)")
  }

  @Test func withoutCairoTheLineSaysWhatToInstall() throws {
    #expect(throws: PictureError.noCairo) { try blocks.png(library: "libcairo-of-nobody.so") }
    #expect(throws: PictureError.noCairo) {
      try blocks.pdf(title: "a", library: "libcairo-of-nobody.so")
    }
    #expect(PictureError.noCairo.description.contains("apt install libcairo2"))
    #expect(blocks.svg(title: "a", description: "b").hasPrefix("<?xml"))
  }

  @Test func aPNGThatIsTooWideIsRefused() {
    let wide = Canvas(size: Size(width: 1_000, height: 1), capabilities: Capabilities())
    #expect(throws: PictureError.tooLarge(most: 32_767)) { try wide.png(scale: 3) }
  }

  @Test(arguments: View.allCases)
  func picturesTalkOfNoKeys(view: View) {
    let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)
    let size = Size(width: 160, height: 48)
    let ready = ExplorerState.ready(network, size: size, epochs: 3)
    var held = ready
    held.play([.terminal(.key(.character("x")))], with: network)
    var bare = ExplorerState(size: size, capabilities: Capabilities())
    var model = network.summary()
    (model.recordedEpochs, model.metrics) = ([], [])
    bare.play([.modelOpened(model)], with: network)
    for var state in [ready, held, bare] {
      state.play([.terminal(.key(.character(Character(String(view.number)))))], with: network)
      if view == .compare { _ = update(&state, with: .runsFound([], left: 0)) }
      let text = ViewPicture(state, size: size).canvas.textRows().joined(separator: "\n")
      for hint in [
        "x holds", "d releases", "Tab ", "Enter", "Esc", "t trains", "A adds", "? help", "space ",
      ] {
        #expect(!text.contains(hint), "\(text)")
      }
    }
  }

  @Test(arguments: View.allCases)
  func everyViewIsDrawnInEveryFormat(view: View) throws {
    let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)
    for (width, height) in [(60, 16), (80, 24), (200, 60)] {
      let size = Size(width: width, height: height)
      var state = ExplorerState.ready(network, size: size, epochs: 3)
      if view == .compare { state = .comparing(size: size) }
      state.display.view = view
      let picture = ViewPicture(state, size: size)
      let rows = picture.canvas.textRows()
      #expect(rows[0].hasPrefix(" \(view.title)"))
      let foot = rows.suffix(3).joined()
      #expect(foot.contains(view == .compare ? "4 runs" : "mnist-coupled-50"), "\(foot)")
      #expect(!rows.joined().contains("q leave"))
      _ = try Elements(String(decoding: picture.contents(.svg), as: UTF8.self))
      if width == 60 { #expect(try PNG(picture.contents(.png)).width == 60 * 16) }
      _ = try JSONSerialization.jsonObject(with: Data(picture.contents(.json)))
    }
  }

  @Test func hostileNamesStayHarmless() throws {
    var state = ExplorerState.ready(
      SyntheticNetwork(layers: 3, units: 4, classes: 2), size: Size(width: 80, height: 24))
    state.model?.name = "\u{1B}]0;evil\u{7}</text><script>\u{202E}"
    state.model?.classNames = ["\u{9B}2J]]>", "&amp;\u{0}"]
    state.model?.dataName = "\u{1B}[2J\"'"
    for view in View.allCases {
      state.display.view = view
      let picture = ViewPicture(state, size: state.size)
      for format in [PictureFormat.svg, .text] {
        let text = String(decoding: try picture.contents(format), as: UTF8.self)
        let bad: Set<Unicode.Scalar> = ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}", "\u{0}"]
        #expect(!text.unicodeScalars.contains { bad.contains($0) })
        #expect(format != .svg || !text.contains("<script"))
      }
      _ = try Elements(String(decoding: picture.contents(.svg), as: UTF8.self))
    }
  }
}

/// The elements of an SVG, read by an XML parser.
private final class Elements: NSObject, XMLParserDelegate {
  private(set) var names: [String] = []
  private(set) var attributes: [[String: String]] = []
  private(set) var texts: [String] = []
  private var text = ""

  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    try #require(parser.parse(), "\(parser.parserError.map(String.init(describing:)) ?? "")")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    names.append(name)
    self.attributes.append(attributes)
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    texts.append(text)
    text = ""
  }
}

/// A PNG of 8-bit red, green and blue without interlacing, as another reader would decode it.
struct PNG {
  let width: Int
  let height: Int
  private var pixels: [UInt8] = []

  init(_ bytes: [UInt8]) throws {
    try #require(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    var offset = 8
    var types: [String] = []
    var compressed: [UInt8] = []
    var header: [UInt8] = []
    while offset < bytes.count {
      let count = number(offset)
      let body = Array(bytes[offset + 4..<offset + 8 + count])
      #expect(Int(unsafe crc32(0, body, UInt32(body.count))) == number(offset + 8 + count))
      types.append(String(decoding: body.prefix(4), as: UTF8.self))
      if types.last == "IDAT" { compressed += body.dropFirst(4) }
      if types.last == "IHDR" { header = Array(body.dropFirst(4)) }
      offset += 12 + count
    }
    #expect(types.first == "IHDR" && types.last == "IEND")
    #expect(header.suffix(5) == [8, 2, 0, 0, 0])
    width = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
    height = header[4..<8].reduce(0) { $0 << 8 | Int($1) }
    let stride = 3 * width
    var raw = [UInt8](repeating: 0, count: height * (stride + 1))
    var count = uLongf(raw.count)
    let code = unsafe uncompress(&raw, &count, compressed, uLong(compressed.count))
    try #require(code == Z_OK)
    try #require(Int(count) == raw.count)
    for y in 0..<height {
      let row = raw[y * (stride + 1) + 1..<(y + 1) * (stride + 1)]
      try #require(raw[y * (stride + 1)] == 2)
      for (x, byte) in row.enumerated() {
        pixels.append(byte &+ (y > 0 ? pixels[(y - 1) * stride + x] : 0))
      }
    }
  }

  subscript(x: Int, y: Int) -> [UInt8] {
    Array(pixels[3 * (y * width + x)..<3 * (y * width + x) + 3])
  }
}
