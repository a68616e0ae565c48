import HighwayNetworks
import TensorFiles

/// A segment of a text in lines, each token in the colour of a gate, the token at the cursor marked.
struct SampleText {
  let steps: [SampleStep]
  /// The step of the cursor.
  let cursor: Int
  /// The gate at each step; none before it is known.
  var values: [Float] = []
  var scale = ColorScale(.viridis, lower: 0, upper: 1)
  /// What the colours are.
  var title = "text"

  /// Draws the title with its scale, then the lines; where not all have room, those around the cursor.
  func draw(on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let used = canvas.put(
      title, at: Point(x: rect.x + 1, y: rect.y), style: theme.title, width: rect.width - 1)
    let hasRow = !values.isEmpty && rect.width - used < 22
    if !values.isEmpty {
      ColorLegend(scale).draw(
        on: &canvas, endingAt: rect.maxX, y: rect.y + (hasRow ? 1 : 0),
        width: hasRow ? rect.width - 1 : rect.width - used - 2)
    }
    let area = rect.inset(left: 1, top: hasRow ? 2 : 1)
    guard !area.isEmpty else { return }
    let places = places(canvas, width: area.width)
    let row = places.indices.contains(cursor) ? places[cursor].line : 0
    let first = max(0, min(row - area.height / 2, (places.last?.line ?? 0) + 1 - area.height))
    for (index, place) in places.enumerated() {
      let y = area.y + place.line - first
      guard place.line >= first, y < area.maxY else { continue }
      canvas.put(
        place.text, at: Point(x: area.x + place.x, y: y), style: style(index, canvas.capabilities),
        width: max(1, area.maxX - area.x - place.x))
    }
  }

  /// Where each token stands: characters together, words with spaces between them.
  func places(_ canvas: Canvas, width: Int) -> [(line: Int, x: Int, text: String)] {
    let gap = steps.allSatisfy { $0.token.unicodeScalars.count == 1 } ? 0 : 1
    var places: [(line: Int, x: Int, text: String)] = []
    var (line, x) = (0, 0)
    for step in steps {
      let text = step.token.excerpt
      let columns = canvas.columns(shown: text)
      if x > 0, x + columns > width { (line, x) = (line + 1, 0) }
      places.append((line, x, text))
      x += columns + gap
    }
    return places
  }

  private func style(_ index: Int, _ capabilities: Capabilities) -> Style {
    let theme = Theme(capabilities)
    if index == cursor { return theme.cursor }
    guard values.indices.contains(index), let position = scale.position(values[index]) else {
      return theme.text
    }
    if let ink = scale.map.ink(at: position, depth: capabilities.colors) {
      return theme.mark(on: ink)
    }
    // Without colours of a map, three steps have to do.
    let strength = scale.isDiverging ? abs(position - 0.5) * 2 : position
    return strength < 0.34 ? theme.dim : strength < 0.67 ? theme.text : theme.strong
  }
}

extension ExplorerState {
  /// The step of a text that is looked at: that of the cursor, or the last.
  func textStep(of record: SampleRecord) -> Int {
    let last = max(0, record.steps.count - 1)
    return min(max(0, selection.position?.column ?? last), last)
  }

  /// The text of a sample, coloured by the gate of the unit under the cursor, or by the mean of its layer.
  func text(of record: SampleRecord) -> SampleText {
    var text = SampleText(steps: record.steps, cursor: textStep(of: record))
    let (index, unit) = (selection.block, selection.unit)
    guard record.trace.layers.indices.contains(index), unit < record.trace.layers[index].units
    else { return text }
    let layer = record.trace.layers[index]
    let isLayer = display.colorsLayers
    text.values =
      isLayer
      ? layer.positionMeans(.transformGate) : layer.map(.transformGate, unit: unit)
    text.scale =
      display.fitsScale ? .fitting(text.values, map: gateMap) : gateScale
    text.title =
      isLayer
      ? "mean \(gateLetter) of \(shortLayerName(index))"
      : "\(gateLetter) of \(shortLayerName(index)), unit \(unit)"
    return text
  }
}
