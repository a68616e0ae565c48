import HighwayNetworks
package import TensorFiles

/// Numbers in rows and named columns.
package struct NumberTable: Sendable {
  /// The names of the columns; of our own, so that they need no quotes.
  package private(set) var columns: [String]
  /// The values; null where there is none. `[rows, columns]`
  package private(set) var rows: [[JSON]]

  init(columns: [String], rows: [[JSON]]) {
    self.columns = columns
    self.rows = rows
  }

  /// A header line and a line for each row; nothing between the commas where there is no value.
  ///
  /// Texts are sanitised, since a table may be printed on a terminal; ``json`` has them as they are.
  package var csv: String {
    let lines = rows.map { row in
      row.map { value in
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number.text
        case .string(let text): Self.quoted(text)
        // Rows hold single values.
        case .array, .object: ""
        }
      }.joined(separator: ",")
    }
    return ([columns.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// A text from outside as a cell: sanitised, in quotes, and behind an apostrophe where a spreadsheet would take
  /// it for a formula.
  package static func quoted(_ text: String) -> String {
    let text = sanitized(text)
    let isFormula = text.first.map { "=+-@".contains($0) } ?? false
    return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
  }

  /// A list of objects, one for each row.
  package var json: JSON {
    .array(rows.map { row in .object(zip(columns, row).map { JSON.Member($0, $1) }) })
  }
}

extension NumberTable {
  /// A table with a row for each unit of each highway layer, which begins with the numbers of both.
  static func units(
    _ state: ExplorerState, columns: [String], _ values: (_ layer: Int, _ unit: Int) -> [JSON]
  ) -> NumberTable {
    let rows = state.gatedLayers.indices.flatMap { index in
      (0..<state.units(at: index)).map { unit in
        layer(state, index) + [.integer(unit)] + values(index, unit)
      }
    }
    return NumberTable(columns: layerColumns(state) + ["unit"] + columns, rows: rows)
  }

  /// The columns that name a layer, and its micro-step where there are some.
  static func layerColumns(_ state: ExplorerState) -> [String] {
    ["layer"] + (state.hasMicroSteps ? ["microStep"] : [])
  }

  /// The values in these columns of a layer by its index; micro-steps count from 1.
  static func layer(_ state: ExplorerState, _ index: Int) -> [JSON] {
    let step = state.block(at: index)?.microStep.map { JSON.integer($0.number + 1) } ?? .null
    return [.integer(state.gatedLayers[index])] + (state.hasMicroSteps ? [step] : [])
  }

  /// A number, or null where there is none.
  static func real(
    _ value: (some BinaryFloatingPoint & LosslessStringConvertible)?
  ) -> JSON {
    value.map { JSON.real($0) } ?? .null
  }

  /// The numbers behind the view that is open; values that are not there yet, or not to be had, are null.
  package init(_ state: ExplorerState) { self = state.view.table(state) }
}
