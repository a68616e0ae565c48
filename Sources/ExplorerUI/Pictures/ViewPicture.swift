import HighwayNetworks
import TensorFiles

/// A view as a picture: its title, the drawing and a caption, without what only helps to press keys.
package struct ViewPicture: Sendable {
  /// What is shown.
  package var state: ExplorerState
  /// The size in cells.
  package var size: Size
  /// What may be drawn with.
  package var capabilities: Capabilities
  /// The panels that stand side by side in place of the whole view; none for that.
  private let panels: [Int]
  /// Whether what is left free at the right and below is cut off.
  private var isFitted: Bool

  /// Takes what is shown, at a size; without one, at one that shows heatmaps sharply.
  package init(
    _ state: ExplorerState, size: Size? = nil, capabilities: Capabilities = Capabilities(),
    options: PictureOptions = PictureOptions()
  ) {
    self.state = state
    self.size = size ?? Self.roomySize(state, isAlone: !options.panels.isEmpty)
    panels = options.panels
    isFitted = size == nil || !panels.isEmpty
    self.capabilities = capabilities
    self.capabilities.ground = options.ground ?? capabilities.ground
    self.state.size = self.size
    self.state.capabilities = self.capabilities
    self.state.mode = .normal
    self.state.message = nil
    self.state.display.mentionsKeys = false
    self.state.display.showsCursor = options.showsCursor
    self.state.display.showsInspector = options.showsInspector
    if let first = panels.first { self.state.view.panels?.set(&self.state, first) }
    self.state.display.showsOnePanel = !panels.isEmpty
    // Each panel has the room that it has in the whole picture.
    if size == nil, panels.count > 1 {
      self.size.width = min(600, self.size.width / 2 * panels.count)
    }
  }

  /// A size at which the heatmaps of a view have a place for every value: two side by side and two below each
  /// other, or those of all classes; curves have a size that suits them.
  private static func roomySize(_ state: ExplorerState, isAlone: Bool) -> Size {
    let (wide, high) = (state.widestUnits + 2, (state.gatedLayers.count + 1) / 2 + 2)
    switch state.display.view.subject {
    case .epochs, .lesions, .runs: return Size(width: 120, height: isAlone ? 28 : 40)
    case .gates, .sample: break
    }
    if state.display.view.subject == .sample {
      return Size(width: min(600, max(120, 3 * wide + 60)), height: min(300, max(40, high + 6)))
    }
    let across = state.display.showsAllClasses ? min(5, max(1, state.classCount)) : 2
    let down = state.display.showsAllClasses ? (state.classCount + across - 1) / across : 2
    return Size(
      width: min(600, max(120, across * (wide + Heatmap.gutter))),
      height: min(300, max(40, down * (high + 1) + 5)))
  }

  /// The smallest size that views are drawn at.
  package static let smallest = ScreenLayout.smallest

  /// The drawing.
  package var canvas: Canvas {
    var canvas = Canvas(size: size, capabilities: capabilities)
    guard !ScreenLayout.isTooSmall(size) else {
      draw(state, on: &canvas)
      return canvas
    }
    if isFitted { return fittedCanvas }
    let lines = captionLines(width: size.width)
    let (upper, foot) = canvas.bounds.splitBottom(lines.count)
    let (head, body) = upper.splitTop(1)
    drawHead(on: &canvas, in: head)
    drawBody(state, on: &canvas, in: body)
    drawCaption(lines, on: &canvas, in: foot)
    return canvas
  }

  /// The drawing no larger than it has to be.
  private var fittedCanvas: Canvas {
    let bodies = panels.isEmpty ? [wholeBody] : panels.map(panelBody)
    let used = bodies.map(\.usedSize)
    let across = used.reduce(-Self.gap) { $0 + $1.width + Self.gap }
    let height = used.map(\.height).max() ?? 0
    let width = min(size.width, max(40, across + 1))
    let lines = captionLines(width: width)
    var canvas = Canvas(
      size: Size(width: width, height: height + lines.count), capabilities: capabilities)
    var left = 0
    for (body, size) in zip(bodies, used) {
      canvas.place(body, atColumn: left, size)
      left += size.width + Self.gap
    }
    drawCaption(lines, on: &canvas, in: canvas.bounds.splitBottom(lines.count).bottom)
    return canvas
  }

  /// The columns between panels.
  private static let gap = 2

  /// The view with its title, and room for the caption below.
  private var wholeBody: Canvas {
    var body = Canvas(size: size, capabilities: capabilities)
    drawHead(on: &body, in: body.bounds.splitTop(1).top)
    drawBody(state, on: &body, in: body.bounds.inset(top: 1, bottom: 3))
    return body
  }

  /// A panel, which has no other title; all of them are of one size, so that they stand in line.
  private func panelBody(_ panel: Int) -> Canvas {
    var state = state
    state.view.panels?.set(&state, panel)
    let width = (size.width + Self.gap) / panels.count - Self.gap
    var body = Canvas(
      size: Size(width: width, height: size.height), capabilities: capabilities)
    drawBody(state, on: &body, in: body.bounds.inset(bottom: 3))
    return body
  }

  private func drawHead(on canvas: inout Canvas, in head: Rect) {
    let theme = Theme(capabilities)
    let used = canvas.put(
      " \(state.display.view.title)  ", at: Point(x: 0, y: head.y), style: theme.focus)
    canvas.put(
      state.display.view.help, at: Point(x: used, y: head.y), style: theme.dim,
      width: size.width - used - 1)
  }

  private func captionLines(width: Int) -> [String] {
    Array(wrapped(caption, to: width - 2).prefix(3))
  }

  private func drawCaption(_ lines: [String], on canvas: inout Canvas, in foot: Rect) {
    for (index, line) in lines.enumerated() {
      canvas.put(
        line, at: Point(x: 1, y: foot.y + index), style: Theme(capabilities).dim,
        width: foot.width - 2)
    }
  }

  /// The drawing for a format: some have lines.
  private func canvas(for format: PictureFormat) -> Canvas {
    guard format.isGraphic else { return canvas }
    var picture = self
    picture.capabilities.drawsLines = true
    picture.state.capabilities = picture.capabilities
    return picture.canvas
  }

  /// The picture in a format.
  ///
  /// - Throws: ``PictureError`` where a PNG or a PDF cannot be drawn.
  package func contents(
    _ format: PictureFormat, scale: Int = 1
  ) throws(PictureError) -> [UInt8] {
    let canvas = canvas(for: format)
    return switch format {
    case .text: Array(canvas.textRows().joined(separator: "\n").utf8) + [0x0A]
    case .ansi: Array(canvas.ansi().utf8)
    case .svg: Array(canvas.svg(title: title, description: caption).utf8)
    case .png: try canvas.png(scale: scale)
    case .pdf: try canvas.pdf(title: title)
    case .csv: Array(NumberTable(state).csv.utf8)
    case .json: Array((document.text + "\n").utf8)
    }
  }

  private var title: String { "\(state.display.view.title) of \(state.model?.name ?? "no model")" }

  /// Of which model, epoch and samples the picture is, and of what else its view shows.
  package var caption: String {
    let own = state.view.caption(state)
    if state.view.need == .nothing { return own.joined(separator: " · ") }
    guard let model = state.model else { return "no model" }
    var parts = [model.name]
    if let shape = state.shapeWords { parts.append(shape) }
    if let current = state.timeline.current { parts.append("epoch \(current.id.number)") }
    if let name = model.dataName, state.sampleCount > 0 {
      let count = NumberFormat.count(state.statistics.value?.samples ?? state.sampleCount)
      parts.append("\(name) \(state.splitName), \(count) samples")
    }
    if let held = state.clampWords { parts.append(held) }
    return (parts + own).joined(separator: " · ")
  }

  /// What is shown, and a member for each number of the view.
  private var document: JSON {
    let request = state.statisticsRequest
    let classes = (0..<state.classCount).map(state.className)
    func member(_ key: String, _ value: JSON?) -> JSON.Member { .init(key, value ?? .null) }
    let members = [
      member("view", .string(state.display.view.word)),
      member("model", state.model.map { .string($0.path) }),
      member("epoch", request.map { .integer($0.epoch.number) }),
      member("data", state.model?.dataName.map { .string($0) }),
      member("split", .string(state.splitName)),
      member("samples", state.statistics.value.map { .integer($0.samples) }),
      member("classes", .strings(classes)),
      member("class", .integer(state.selection.label)),
      member("sample", .integer(state.selection.sample)),
      member("rows", NumberTable(state).json),
    ]
    return .object(members + state.view.members(state))
  }
}
