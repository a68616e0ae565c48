package import HighwayNetworks
package import TensorFiles

/// What the explorer remembers from one session to the next.
package struct Preferences: Hashable, Sendable {
  /// For which ground texts and lines are coloured.
  package var theme: ThemeChoice
  /// The colours of values from low to high.
  package var colorMap: ColorMap
  /// Whether colours span the values that are there.
  package var fitsScale: Bool
  /// What counts as carried and as transformed.
  package var thresholds: Thresholds
  /// The view that was open last.
  package var view: View
  /// Whether the tour was offered or taken.
  package var knowsTour: Bool

  /// Takes what is worth remembering of how things are shown.
  package init(_ display: ExplorerState.Display, knowsTour: Bool = false) {
    theme = display.theme
    colorMap = display.colorMap
    fitsScale = display.fitsScale
    thresholds = display.thresholds
    view = display.view
    self.knowsTour = knowsTour
  }

  /// Shows things in this way.
  package func apply(to display: inout ExplorerState.Display) {
    display.theme = theme
    display.colorMap = colorMap
    display.fitsScale = fitsScale
    display.thresholds = thresholds
    if thresholds.low < thresholds.high { display.threeWayThresholds = thresholds }
    display.view = view
  }
}

extension Preferences {
  /// Reads what ``json`` wrote; keys that are missing keep their defaults and unknown ones are passed
  /// over, so that an older program reads what a newer one wrote.
  ///
  /// - Throws: ``DescriptionError`` where it is no JSON or a value is not what it should be.
  package init(
    json text: String, defaults: ExplorerState.Display, views: [View]
  ) throws(DescriptionError) {
    self.init(defaults)
    let fields = try JSONField(parsing: text)
    if let field = try fields.optional("colorMap") {
      guard let map = ColorMap.sequential.first(where: { field.value == .string($0.rawValue) })
      else { throw field.mismatch(ColorMap.sequential.map(\.rawValue).joined(separator: ", ")) }
      colorMap = map
    }
    if let field = try fields.optional("theme") {
      let choices = ThemeChoice.allCases
      guard let choice = choices.first(where: { field.value == .string($0.rawValue) }) else {
        throw field.mismatch(choices.map(\.rawValue).joined(separator: ", "))
      }
      theme = choice
    }
    if let field = try fields.optional("fitsScale") { fitsScale = try field.bool() }
    if let field = try fields.optional("thresholds") {
      let low = try field.required("low").float()
      let high = try field.required("high").float()
      guard 0 <= low, low <= high, high <= 1 else {
        throw field.mismatch("0 ≤ low ≤ high ≤ 1")
      }
      thresholds = Thresholds(low: low, high: high)
    }
    if let field = try fields.optional("knowsTour") { knowsTour = try field.bool() }
    if let field = try fields.optional("view") {
      let title = try field.string()
      // A view of a newer program is none of this one.
      view = views.first { $0.title == title } ?? view
    }
  }

  /// The settings as JSON.
  package var json: String {
    JSON.object([
      .init("theme", .string(theme.rawValue)), .init("colorMap", .string(colorMap.rawValue)),
      .init("fitsScale", .bool(fitsScale)),
      .init(
        "thresholds",
        .object([.init("low", .real(thresholds.low)), .init("high", .real(thresholds.high))])),
      .init("view", .string(view.title)), .init("knowsTour", .bool(knowsTour)),
    ]).indentedText + "\n"
  }
}
