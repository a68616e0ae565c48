import ExplorerUI
import HighwayNetworks
import TensorFiles

/// What `analyze` prints of the codes of a variational autoencoder: how much they say, unit by unit, and lines between
/// two of them.
struct CodeReport {
  let codes: CodeStatistics
  /// The way between two lines; nil where nobody asked for one.
  var walk: CodeWalk?

  /// Below the table of layers.
  var table: String {
    let order = codes.divergence.indices.sorted { codes.divergence[$0] > codes.divergence[$1] }
    let rows = order.map { unit in
      [
        String(unit), NumberFormat.fixed(codes.divergence[unit], 3),
        NumberFormat.fixed(codes.variance[unit], 3), codes.isActive(unit) ? "active" : "-",
      ]
    }
    return "\n\(codes.words)\n"
      + alignedTable([["unit", "KL, nats", "variance of the mean", ""]] + rows)
      + (walk.map(text) ?? "")
  }

  private func text(_ walk: CodeWalk) -> String {
    func gates(_ layers: [Int], _ means: [Float]) -> String {
      zip(layers, means).map { "layer \($0) \(NumberFormat.fixed($1, 3))" }.joined(separator: ", ")
    }
    let ends = zip(["from", "to"], zip(walk.ends, walk.meanTBefore)).map { name, end in
      let means = gates(walk.layersBefore, end.1)
      return "\(name): \(CodeWalk.line(end.0))" + (means.isEmpty ? "" : " (mean T: \(means))")
        + "\n"
    }
    let rows = walk.stops.map { stop in
      [NumberFormat.fixed(stop.place, 2)] + stop.meanT.map { NumberFormat.fixed($0, 3) }
        + [CodeWalk.line(stop.tokens)]
    }
    let header = ["place"] + walk.layers.map { "mean T, layer \($0)" } + ["line"]
    return "\n" + ends.joined() + "\n" + alignedTable([header] + rows, lastIsText: true)
  }

  /// The member of the object that `--json` prints.
  var member: (String, JSON) {
    let units = codes.divergence.indices.map { unit -> JSON in
      .members([
        ("kl", .real(codes.divergence[unit])), ("variance", .real(codes.variance[unit])),
        ("isActive", .bool(codes.isActive(unit))),
      ])
    }
    return (
      "code",
      .members([
        ("kl", .real(codes.kl)), ("activeUnits", .integer(codes.activeUnits)),
        ("isCollapsed", .bool(codes.isCollapsed)), ("units", .array(units)),
        ("walk", walk.map(document) ?? .null),
      ])
    )
  }

  private func document(_ walk: CodeWalk) -> JSON {
    func means(_ values: [Float]) -> JSON { .array(values.map { .real($0) }) }
    func words(_ tokens: [String]) -> JSON { .array(tokens.map { .string($0) }) }
    return .members([
      ("ends", .array(walk.ends.map(words))),
      ("layersBefore", .array(walk.layersBefore.map { .integer($0) })),
      ("meanTBefore", .array(walk.meanTBefore.map(means))),
      ("layers", .array(walk.layers.map { .integer($0) })),
      (
        "stops",
        .array(
          walk.stops.map {
            .members([
              ("place", .real($0.place)), ("tokens", words($0.tokens)), ("meanT", means($0.meanT)),
              ("meanTBefore", means($0.meanTBefore)),
            ])
          })
      ),
    ])
  }
}
