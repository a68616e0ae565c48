import HighwayNetworks
import TensorFiles

/// What `analyze` prints.
struct AnalysisReport {
  let subject: any AnalysisSubject
  let statistics: GateStatistics
  /// What is to be said of a network that reads a text; nil elsewhere.
  var text: TextReport?
  /// What is to be said of the codes of a variational autoencoder; nil elsewhere.
  var code: CodeReport?
  /// The gates by groups of steps, for people; nil where steps are grouped by their classes.
  var stepGroups: String?

  /// A table for people: a line for each highway layer.
  var table: String {
    let thresholds = statistics.thresholds
    let head =
      subject.heading
      + "loss \(words(statistics.loss)), accuracy \(words(statistics.accuracy)), mean path length "
      + "\(NumberFormat.fixed(statistics.meanPathLength, 2)) of \(statistics.layers.count) layers\n"
      + "cells per sample: carried T < \(thresholds.low), transformed T > \(thresholds.high), "
      + "open T > 0.5\n" + notes + "\n"
    let header = [
      "layer", "gating", "bias", "mean T", "std T", "carried", "mixed", "transf.", "open", "change",
      "class share",
    ]
    let rows = statistics.layers.map { layer in
      [
        String(layer.layer), layer.gating?.name ?? "-",
        layer.gateBias.map { NumberFormat.fixed(mean($0), 3) } ?? "-",
        NumberFormat.fixed(mean(layer.meanT), 4), NumberFormat.fixed(mean(layer.stdT), 4),
        NumberFormat.fixed(layer.cells.carried, 2),
        NumberFormat.fixed(layer.cells.mixed, 2), NumberFormat.fixed(layer.cells.transformed, 2),
        NumberFormat.fixed(layer.cells.open, 2),
        layer.change.isNaN ? "-" : NumberFormat.fixed(layer.change, 4),
        NumberFormat.fixed(mean(layer.classShare), 3),
      ]
    }
    return head + alignedTable([header] + rows) + (stepGroups ?? "") + (text?.table ?? "")
      + (code?.table ?? "")
  }

  /// What is to be known before the numbers are believed.
  private var notes: String {
    var notes = ""
    if statistics.isAtChance, subject.predictsGroups {
      notes +=
        "at chance level: right no more often than a guess among the classes; what the gates do says little\n"
    }
    let broken = statistics.unitsWithoutGates
    if broken > 0 {
      let cells = statistics.layers.reduce(0) { $0 + $1.cells.notANumber }
      notes +=
        "T of \(broken) units is not a number, in \(NumberFormat.fixed(cells, 1)) cells a sample\n"
    }
    return notes
  }

  private func words(_ value: Double?) -> String { value.map { NumberFormat.fixed($0, 4) } ?? "-" }

  /// A line for each unit of each highway layer; the mean of a class without samples is left out.
  var csv: String {
    let classes = statistics.samplesByClass.indices
    let header =
      [
        "layer", "unit", "gating", "gateBias", "meanT", "stdT", "minT", "maxT", "meanC",
        "classShare",
      ]
      + classes.map { "classMeanT\($0)" }
    let rows = statistics.layers.flatMap { layer in
      (0..<layer.units).map { unit in
        let values = [
          layer.meanT, layer.stdT, layer.minT, layer.maxT, layer.meanC, layer.classShare,
        ].map { "\($0[unit])" }
        return [
          String(layer.layer), String(unit), layer.gating?.name ?? "",
          layer.gateBias.map { "\($0[unit])" } ?? "",
        ] + values
          + classes.map {
            hasSamples($0) ? "\(layer.classMeanT[$0 * layer.units + unit])" : ""
          }
      }
    }
    return csvText([header] + rows)
  }

  /// One object with everything; what is said of a class without samples is null.
  var json: String {
    JSON.members(
      [
        ("checkpoint", .string(subject.path)),
        ("epoch", subject.epoch.map { .integer($0) } ?? .null),
        ("data", subject.dataDocument(samplesByClass: statistics.samplesByClass)),
        ("clamps", subject.heldDocument),
        ("loss", statistics.loss.map { .real($0) } ?? .null),
        ("accuracy", statistics.accuracy.map { .real($0) } ?? .null),
        (
          "thresholds",
          .members([
            ("low", .real(statistics.thresholds.low)), ("high", .real(statistics.thresholds.high)),
          ])
        ),
        ("layers", .array(statistics.layers.map(document))),
        (
          "pathLength",
          .members([
            ("mean", .real(statistics.meanPathLength)),
            ("distribution", .array(statistics.pathLengths.map { .real($0) })),
          ])
        ),
        ("stages", .array(statistics.runs.map(document))),
        ("carryProduct", .array(statistics.carryProduct.map { .real($0) })),
        (
          "estimationError",
          .array(
            statistics.layers.map { layer in
              .members([
                ("layer", .integer(layer.layer)), ("mean", .real(layer.estimationErrorMean)),
                ("std", .real(layer.estimationErrorStd)),
              ])
            })
        ),
        (
          "selectivity",
          .members([
            (
              "overUnits",
              .array(statistics.selectivityOverUnits.map { $0.map { .real($0) } ?? .null })
            ),
            ("overLayers", statistics.selectivityOverLayers.map { .real($0) } ?? .null),
          ])
        ),
      ] + (text?.members ?? []) + (code.map { [$0.member] } ?? [])
    ).text
  }

  private func document(_ layer: LayerStatistics) -> JSON {
    let gates = gates(layer)
    guard let response = layer.response, case .object(let members) = gates else { return gates }
    return .object(members + [JSON.Member("response", document(response))])
  }

  /// Layers of one shape that follow each other, through which what is carried can be followed.
  private func document(_ stage: Range<Int>) -> JSON {
    .members([
      ("layers", .array(statistics.layers[stage].map { .integer($0.layer) })),
      ("meanPathLength", .real(statistics.meanPathLength(of: stage))),
      ("carryProduct", .array(statistics.carryProducts[stage.upperBound - 1].map { .real($0) })),
    ])
  }

  private func document(_ response: ResponseStatistics) -> JSON {
    .members([
      ("mean", array(response.mean)), ("std", array(response.std)),
      ("overall", .real(response.overall)),
      ("relativeNorm", response.relativeNorm.map { .real($0) } ?? .null),
      ("cosine", response.cosine.map { .real($0) } ?? .null),
      ("scale", response.scale.map { .real($0) } ?? .null),
    ])
  }

  private func gates(_ layer: LayerStatistics) -> JSON {
    let classes = statistics.samplesByClass.indices
    return .members([
      ("layer", .integer(layer.layer)), ("gating", layer.gating.map { .string($0.name) } ?? .null),
      ("units", .integer(layer.units)), ("gateBias", layer.gateBias.map(array) ?? .null),
      ("meanT", array(layer.meanT)), ("stdT", array(layer.stdT)), ("minT", array(layer.minT)),
      ("maxT", array(layer.maxT)), ("meanC", array(layer.meanC)),
      (
        "classMeanT",
        .array(
          classes.map {
            hasSamples($0)
              ? array(Array(layer.classMeanT[$0 * layer.units..<($0 + 1) * layer.units])) : .null
          })
      ),
      ("classShare", array(layer.classShare)), ("cells", document(layer.cells)),
      (
        "cellsByClass",
        .array(classes.map { hasSamples($0) ? document(layer.cellsByClass[$0]) : .null })
      ),
      ("signals", .array(layer.signals.map(document))),
      ("cellParts", layer.cellParts.map(document) ?? .null),
      ("memory", layer.memory.map { .array($0.map { .real($0) }) } ?? .null),
      (
        "histogram",
        .array((0..<layer.units).map { unit in .array(bins(of: unit, layer).map { .integer($0) }) })
      ), ("change", .real(layer.change)),
    ])
  }

  /// One of a layer's gates.
  private func document(_ gate: SignalStatistics) -> JSON {
    .members([
      ("name", .string(gate.signal.symbol)), ("role", .string(gate.signal.role.rawValue)),
      ("range", .array([.real(gate.range.lowerBound), .real(gate.range.upperBound)])),
      ("mean", array(gate.mean)), ("std", array(gate.std)), ("min", array(gate.minimum)),
      ("max", array(gate.maximum)), ("bias", gate.bias.map(array) ?? .null),
      ("cells", document(gate.cells)), ("classShare", array(gate.groupShare)),
      (
        "classMean",
        .array(
          statistics.samplesByClass.indices.map {
            hasSamples($0)
              ? array(Array(gate.groupMean[$0 * gate.mean.count..<($0 + 1) * gate.mean.count]))
              : .null
          })
      ),
    ])
  }

  /// What LSTM cells are made of: the mean magnitudes of f·c before, i·g and d·c below.
  private func document(_ parts: CellParts) -> JSON {
    .members([
      ("kept", .real(parts.kept)), ("new", .real(parts.new)), ("below", .real(parts.below)),
    ])
  }

  private func hasSamples(_ label: Int) -> Bool { statistics.samplesByClass[label] > 0 }

  private func bins(of unit: Int, _ layer: LayerStatistics) -> [Int] {
    let bins = LayerStatistics.histogramBins
    return layer.histogram[unit * bins..<(unit + 1) * bins].map(Int.init)
  }

  private func document(_ cells: CellCounts) -> JSON {
    let kinds: [(String, JSON)] = [
      ("carried", .real(cells.carried)), ("mixed", .real(cells.mixed)),
      ("transformed", .real(cells.transformed)), ("open", .real(cells.open)),
    ]
    return .members(
      kinds + (cells.notANumber > 0 ? [("notANumber", .real(cells.notANumber))] : []))
  }

  private func array(_ values: [Float]) -> JSON { .array(values.map { .real($0) }) }

  private func mean(_ values: [Float]) -> Double {
    values.reduce(0) { $0 + Double($1) } / Double(max(1, values.count))
  }
}
