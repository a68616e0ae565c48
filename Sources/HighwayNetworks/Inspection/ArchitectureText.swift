/// What a network is made of, in lines for people.
struct ArchitectureText {
  let lines: [String]

  /// Describes a network, runs of equal layers on one line.
  init(_ architecture: Architecture) {
    var lines = ["input \(architecture.input)"]
    var start = 0
    let layers = architecture.layers
    while start < layers.count {
      let end = layers[start...].firstIndex { $0 != layers[start] } ?? layers.count
      let numbers = end - start == 1 ? "layer \(start)" : "layers \(start)-\(end - 1)"
      lines.append("\(numbers): \(Self.text(layers[start]))")
      start = end
    }
    self.lines = Inspection.shortened(lines) + ["output \(architecture.classes) classes"]
  }

  private static func text(_ layer: Architecture.Layer) -> String {
    switch layer {
    case .dense(let units, let activation): "dense, \(units) units, \(activation.rawValue)"
    case .highway(let units, let activation, let gating, let gateBias):
      "highway, \(units) units, \(activation.rawValue), \(gating.name)"
        + (gateBias.map { ", gate bias from \($0)" } ?? "")
    }
  }
}
