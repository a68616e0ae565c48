internal import CCairo

extension Canvas {
  /// What the library is called that draws PNG and PDF.
  package static let drawingLibrary = "libcairo.so.2"
}

/// An image or a page of the Cairo library, which is loaded when the first one is made.
@safe
final class CairoSurface {
  /// The most pixels across and down that Cairo takes.
  static let largest = 32_767

  private let surface: OpaquePointer

  /// Makes an image.
  ///
  /// - Throws: ``PictureError`` where Cairo or a font is not installed, or there is no memory.
  init(width: Int, height: Int, library: String) throws(PictureError) {
    let (width, height) = (Int32(clamping: width), Int32(clamping: height))
    unsafe surface = try Self.make(library) { unsafe tg_make_image(width, height, $0) }
  }

  /// Makes a PDF file of one page, sizes in points.
  ///
  /// - Throws: ``PictureError`` where Cairo or a font is not installed, or there is no memory.
  init(pageWidth: Double, height: Double, title: String, library: String) throws(PictureError) {
    unsafe surface = try Self.make(library) { unsafe tg_make_pdf(pageWidth, height, title, $0) }
  }

  deinit { unsafe tg_free(surface) }

  private static func make(
    _ library: String, _ surface: (UnsafeMutablePointer<tg_outcome>) -> OpaquePointer?
  ) throws(PictureError) -> OpaquePointer {
    var outcome = unsafe tg_load_cairo(library)
    if outcome == TG_DRAWN, let surface = unsafe surface(&outcome) { return unsafe surface }
    switch outcome {
    case TG_NO_LIBRARY: throw .noCairo
    case TG_NO_FONT: throw .noFont
    default: throw .noMemory
    }
  }

  /// Lets what follows be drawn in units of so many pixels or points, from a row on.
  func setUnits(_ scale: Double, top: Int = 0) { unsafe tg_set_units(surface, scale, Double(top)) }

  /// Fills areas.
  func fill(_ rects: some Sequence<Rect>, _ color: XtermPalette.Color) {
    choose(color)
    for rect in rects {
      unsafe tg_add_rectangle(
        surface, Double(rect.x), Double(rect.y), Double(rect.width), Double(rect.height))
    }
    unsafe tg_fill(surface)
  }

  /// Draws a line.
  func draw(_ line: Picture.Line) {
    choose(line.color)
    // A line without length is a dot.
    let places = line.places.count == 1 ? line.places + line.places : line.places
    for place in places { unsafe tg_add_point(surface, place.x, place.y) }
    unsafe tg_stroke(surface, Picture.Line.thickness)
  }

  /// Writes a text into its columns.
  func write(_ run: Picture.Run) {
    let area = run.area
    if run.isUnderlined {
      fill([Rect(x: area.x, y: area.y + 28, width: area.width, height: 2)], run.color)
    }
    choose(run.color)
    unsafe tg_write(
      surface, run.text, run.isBold, Double(Picture.fontSize), Double(area.x),
      Double(area.y + Picture.baseline), Double(area.width))
  }

  private func choose(_ color: XtermPalette.Color) {
    unsafe tg_set_color(
      surface, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
  }

  /// A row of an image; `[3 * width]`, red, green and blue.
  func row(_ y: Int, width: Int) -> [UInt8] {
    var stride = 0
    guard let pixels = unsafe tg_pixels(surface, &stride) else {
      return [UInt8](repeating: 0, count: 3 * width)
    }
    // The number of a pixel is red, green and blue from high to low, in the machine's order of bytes.
    return unsafe UnsafeRawPointer(pixels).advanced(by: y * stride)
      .withMemoryRebound(to: UInt32.self, capacity: width) { row in
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 * width)
        for x in 0..<width {
          let value = unsafe row[x]
          for shift: UInt32 in [16, 8, 0] {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
          }
        }
        return bytes
      }
  }

  /// Ends a PDF file and returns it.
  ///
  /// - Throws: ``PictureError/noMemory``.
  func finish() throws(PictureError) -> [UInt8] {
    var count = 0
    guard unsafe tg_finish(surface) == TG_DRAWN, let bytes = unsafe tg_bytes(surface, &count)
    else { throw .noMemory }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}
