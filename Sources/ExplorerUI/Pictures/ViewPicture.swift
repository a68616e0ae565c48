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

  /// Takes what is shown, at a size.
  package init(_ state: ExplorerState, size: Size, capabilities: Capabilities = Capabilities()) {
    self.state = state
    self.size = size
    self.capabilities = capabilities
    self.state.size = size
    self.state.capabilities = capabilities
    self.state.mode = .normal
    self.state.message = nil
    self.state.display.mentionsKeys = false
  }

  /// The smallest size that views are drawn at.
  package static let smallest = ScreenLayout.smallest

  /// The drawing.
  package var canvas: Canvas {
    var canvas = Canvas(size: size, capabilities: capabilities)
    let theme = Theme(capabilities)
    guard !ScreenLayout.isTooSmall(size) else {
      draw(state, on: &canvas)
      return canvas
    }
    let lines = wrapped(caption, to: size.width - 2).prefix(3)
    let (upper, foot) = canvas.bounds.splitBottom(lines.count)
    let (head, body) = upper.splitTop(1)
    let used = canvas.put(
      " \(state.display.view.title)  ", at: Point(x: 0, y: head.y), style: theme.focus)
    canvas.put(
      state.display.view.help, at: Point(x: used, y: head.y), style: theme.dim,
      width: size.width - used - 1)
    drawBody(state, on: &canvas, in: body)
    for (index, line) in lines.enumerated() {
      canvas.put(
        line, at: Point(x: 1, y: foot.y + index), style: theme.dim, width: size.width - 2)
    }
    return canvas
  }

  /// The picture in a format.
  ///
  /// - Throws: ``PictureError`` where there is no memory for a PNG.
  package func contents(
    _ format: PictureFormat, scale: Int = 1
  ) throws(PictureError) -> [UInt8] {
    switch format {
    case .text: Array(canvas.textRows().joined(separator: "\n").utf8) + [0x0A]
    case .ansi: Array(canvas.ansi().utf8)
    case .svg: Array(canvas.svg(title: title, description: caption).utf8)
    case .png: try canvas.png(scale: scale)
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
      parts.append("\(name) \(state.selection.split.rawValue), \(count) samples")
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
      member("split", .string(state.selection.split.rawValue)),
      member("samples", state.statistics.value.map { .integer($0.samples) }),
      member("classes", .strings(classes)),
      member("class", .integer(state.selection.label)),
      member("sample", .integer(state.selection.sample)),
      member("rows", NumberTable(state).json),
    ]
    return .object(members + state.view.members(state))
  }
}
