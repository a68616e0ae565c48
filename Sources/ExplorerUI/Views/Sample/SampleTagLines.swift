import HighwayNetworks
import TensorFiles

/// The classes of a tagged sequence in lines, each once for the steps that have it, those at the cursor marked.
///
/// Where most of the steps are given another class, that one stands behind a mark.
struct SampleTagLines {
  /// The most lines that a view leaves room for, with the title.
  static let most = 8

  private let runs: [SampleTags.Run]
  private let texts: [String]
  /// The run of the cursor's step; nil where no cursor is shown.
  private let cursor: Int?
  private let isPredicted: Bool

  init(_ tags: SampleTags, _ state: ExplorerState) {
    let runs = tags.runs
    self.runs = runs
    texts = runs.map { run in
      state.className(run.label).excerpt
        + (run.mistaken.map { "▸" + state.className($0).excerpt } ?? "")
    }
    let step = state.step(of: tags)
    cursor = state.display.showsCursor ? runs.firstIndex { $0.steps.contains(step) } : nil
    isPredicted = tags.labels.isEmpty
  }

  /// Draws a title and the lines; where not all have room, those around the cursor.
  func draw(on canvas: inout Canvas, in rect: Rect) {
    guard rect.height >= 2 else { return }
    let theme = Theme(canvas.capabilities)
    canvas.put(
      isPredicted ? "predicted" : "true▸predicted", at: Point(x: rect.x, y: rect.y),
      style: theme.title, width: rect.width)
    let area = rect.inset(top: 1)
    let places = places(canvas, width: area.width)
    let row = cursor.map { places[$0].line } ?? 0
    let last = (places.last?.line ?? 0) + 1
    let first = max(0, min(row - area.height / 2, last - area.height))
    for (index, place) in places.enumerated() {
      let y = area.y + place.line - first
      guard place.line >= first, y < area.maxY else { continue }
      canvas.put(
        texts[index], at: Point(x: area.x + place.x, y: y),
        style: index == cursor
          ? theme.cursor : runs[index].mistaken == nil ? theme.text : theme.bad,
        width: max(1, area.maxX - area.x - place.x))
    }
  }

  /// Where each stands, with a space between them.
  private func places(_ canvas: Canvas, width: Int) -> [(line: Int, x: Int)] {
    var (line, x) = (0, 0)
    return texts.map { text in
      let columns = canvas.columns(shown: text)
      if x > 0, x + columns > width { (line, x) = (line + 1, 0) }
      defer { x += columns + 1 }
      return (line, x)
    }
  }
}
