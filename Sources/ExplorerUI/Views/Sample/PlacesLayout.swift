import HighwayNetworks

/// Where the small pictures of the layers lie, one for each layer of maps, in rows from left to right.
struct PlacesLayout {
  /// All that is used, with the title.
  let rect: Rect
  /// The layers that have room, by their indices, each with its title and its picture.
  let pictures: [(block: Int, title: Rect, geometry: HeatmapGeometry)]
  /// Whether no picture averages more than two rows and two columns.
  let isReadable: Bool

  /// The narrowest picture.
  private static let narrowest = 6
  /// The widest picture.
  private static let widest = 32

  init(_ state: ExplorerState, in area: Rect, capabilities: Capabilities) {
    let blocks = state.gatedLayers.indices.filter { state.extents(at: $0) != nil }
    let halfBlocks = capabilities.unicode && capabilities.colors >= .indexed256
    let offered = area.inset(left: 1, top: 1)
    func geometry(_ block: Int, in rect: Rect) -> HeatmapGeometry {
      let (rows, columns) = state.extents(at: block) ?? (1, 1)
      return HeatmapGeometry(
        rows: rows, columns: columns, in: rect, halfBlocks: halfBlocks, maximalScale: (16, 16),
        isPicture: true)
    }
    func step(_ geometry: HeatmapGeometry) -> Int { geometry.columnStep }
    var best: (across: Int, width: Int, height: Int, score: Double)?
    let most = max(1, min(blocks.count, (offered.width + 1) / (Self.narrowest + 1)))
    for across in 1...most {
      let width = min(Self.widest, (offered.width + 1) / across - 1)
      let down = (blocks.count + across - 1) / across
      let height = min((width + 1) / 2, offered.height / max(1, down) - 1)
      guard height >= 2 else { continue }
      let room = Rect(x: 0, y: 0, width: width, height: height)
      let all = blocks.map { geometry($0, in: room) }
      let sharp = all.reduce(0.0) { $0 + 1 / Double(step($1)) } / Double(max(1, all.count))
      let size = all.reduce(0) { $0 + $1.grid.width } / max(1, all.count)
      let score = sharp + Double(size) * 0.002
      if score > best?.score ?? -1 { best = (across, width, height, score) }
    }
    // Where not all layers have room, those around the cursor have.
    let fitted = best ?? (most, Self.narrowest, 3, 0)
    let rows = max(1, offered.height / (fitted.height + 1))
    let page = fitted.across * rows
    let place = blocks.firstIndex(of: state.selection.block) ?? 0
    let first = place / max(1, page) * page
    pictures = blocks.dropFirst(first).prefix(page).enumerated().map { offset, block in
      let cell = Rect(
        x: offered.x + offset % fitted.across * (fitted.width + 1),
        y: offered.y + offset / fitted.across * (fitted.height + 1), width: fitted.width,
        height: fitted.height + 1)
      return (block, cell.splitTop(1).top, geometry(block, in: cell.inset(top: 1)))
    }
    isReadable = best != nil && pictures.allSatisfy { step($0.geometry) <= 2 }
    let right = pictures.map { max($0.geometry.grid.maxX, $0.title.maxX) }.max() ?? area.x
    let bottom = pictures.map(\.geometry.grid.maxY).max() ?? area.y
    rect = Rect(
      x: area.x, y: area.y, width: min(area.width, max(right - area.x, 40)),
      height: bottom - area.y)
  }

  /// The layer whose picture or title a point lies in.
  func block(at point: Point) -> Int? {
    pictures.first { $0.title.contains(point) || $0.geometry.grid.contains(point) }?.block
  }
}
